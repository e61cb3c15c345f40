// Fetches the code and opens the questions in an element. On a page of our own they open by themselves; until
// they are ready, and if they never are, the page's text stays as it is. On other people's pages embed.js asks
// for them. The build puts the hashed file names here.
//
// The code comes in two parts: what the first question needs, and the rest, fetched while it is being read.
const files = {
  glue: { name: './what_matters.js', integrity: '' },
  first: { name: './what_matters_bg.wasm', integrity: '' },
  rest: { name: './what_matters_rest.wasm', integrity: '' },
  more: { name: './what-matters-more.css', integrity: '' },
};
const address = ({ name }) => new URL(name, import.meta.url).href;
// The element of a page of our own.
const own = document.querySelector('what-matters[data-own-page]');
// A changed byte is refused (integrity). Whoever waits for the answer hears of that, though it be later.
function get(file) {
  const answer = fetch(address(file), file.integrity ? { integrity: file.integrity } : {});
  answer.catch(() => {});
  return answer;
}

async function instantiate(answer, imports) {
  const response = await answer;
  if (!response.ok) throw new Error(String(response.status));
  // Streaming needs the right type, which not every host sends.
  return response.headers.get('Content-Type') === 'application/wasm'
    ? WebAssembly.instantiateStreaming(response, imports)
    : WebAssembly.instantiate(await response.arrayBuffer(), imports);
}

let loading;
function load(whole) {
  loading ??= (async () => {
    const code = get(files.first);
    let early = whole && get(files.rest);
    // import() knows no digest; what was fetched with one it takes up.
    if (own) link('modulepreload', address(files.glue), files.glue);
    const glue = await import(files.glue.name);
    const imports = glue.imports();
    const shared = { ...imports };
    let rest;
    // Called where the first part lacks something before the rest has come: then it is fetched there and then.
    for (const given of Object.values(imports)) {
      given.need_rest = () => {
        rest ??= new WebAssembly.Instance(new WebAssembly.Module(atOnce(files.rest)), shared);
      };
    }
    const { instance } = await instantiate(code, imports);
    // What the rest calls of the first part stands in the table.
    const first = (shared.first = { ...instance.exports });
    for (let at = first.table?.length; at--; ) first[at] = first.table.get(at);
    glue.finish(instance);
    const ready = patiently(async () => {
      const answer = early || get(files.rest);
      early = undefined;
      const made = await instantiate(answer, shared);
      rest ??= made.instance;
    });
    return { mount: glue.mount, ready };
  })();
  loading.catch(() => (loading = undefined));
  return loading;
}

function link(rel, href, { integrity = '', ...more }) {
  document.head.append(Object.assign(document.createElement('link'), { rel, href, ...more }, integrity && { integrity }));
}

// Tries again for half a minute, and as soon as the network is said to be back.
async function patiently(act) {
  for (let wait = 1000; ; wait *= 2) {
    try {
      return await act();
    } catch (error) {
      if (wait > 16000) throw error;
      await new Promise((done) => {
        setTimeout(done, wait);
        addEventListener('online', done, { once: true });
      });
    }
  }
}

// A file fetched while the page waits. fetch() cannot do this, and XMLHttpRequest knows no integrity.
function atOnce(file) {
  const request = new XMLHttpRequest();
  request.open('GET', address(file), false);
  request.overrideMimeType('text/plain; charset=x-user-defined');
  request.send();
  const bytes = Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0));
  if (request.status !== 200 || (file.integrity && `sha256-${sha256(bytes)}` !== file.integrity)) {
    throw new WebAssembly.RuntimeError('The rest of the code did not come.');
  }
  return bytes;
}

// FIPS 180-4, in base64. crypto.subtle only answers later.
function sha256(bytes) {
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
  const fraction = (number) => Math.floor((number % 1) * 2 ** 32);
  const k = primes.map((prime) => fraction(Math.cbrt(prime)));
  const hash = Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
  const blocks = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  blocks.set(bytes);
  blocks[bytes.length] = 128;
  const view = new DataView(blocks.buffer);
  view.setBigUint64(blocks.length - 8, BigInt(bytes.length) * 8n);
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  const w = new Uint32Array(64);
  for (let at = 0; at < blocks.length; at += 64) {
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i += 1) {
      const [x, y] = [w[i - 15], w[i - 2]];
      w[i] = i < 16
        ? view.getUint32(at + i * 4)
        : w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
      const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i];
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, h] = [one + two, a, b, c, d + one, e, f, g].map((word) => word >>> 0);
    }
    hash.set([a, b, c, d, e, f, g, h].map((word, i) => hash[i] + word));
  }
  const out = new DataView(new ArrayBuffer(32));
  hash.forEach((word, i) => out.setUint32(i * 4, word));
  return btoa(String.fromCharCode(...new Uint8Array(out.buffer)));
}

// What a person does with the first question before the rest has come: the browser ticks and types as ever, and
// our code hears of it afterwards. Of what changed, the last counts; of what was pressed, the first.
let letGo = () => {};
function hold(host) {
  let kept = [];
  const keep = (event) => {
    event.stopImmediatePropagation();
    const { type } = event;
    const pressed = type === 'click' && event.target.closest('button, a:not([href^="tel:"])');
    if (pressed) event.preventDefault();
    else if (type !== 'input' && type !== 'change') return;
    const target = pressed || event.target;
    const others = kept.filter((one) => one.target !== target || one.type !== type);
    if (!pressed || others.length === kept.length) kept = [...others, { target, type }];
  };
  const heard = ['click', 'input', 'change', 'keydown', 'mousedown', 'focusout'];
  const stop = new AbortController();
  for (const type of heard) host.addEventListener(type, keep, { capture: true, signal: stop.signal });
  letGo = () => stop.abort();
  return {
    // What was done to one element was meant for another, or for none.
    pass: (on) => {
      for (const one of kept) one.target = on(one.target);
    },
    release: () => {
      stop.abort();
      for (const { target, type } of kept.sort((a, b) => (a.type === 'click') - (b.type === 'click'))) {
        if (!target?.isConnected) continue;
        if (type === 'click') target.click();
        else target.dispatchEvent(new Event(type, { bubbles: true }));
      }
    },
  };
}

// Somebody new, on a device that is theirs, in English and in our letters (others are wider): the first question
// stands in the page as it will be drawn, and can be answered before our code has come. Nothing of it is kept until then.
let late;
function early({ practice, languages = [], device = 'personal', theme }, url) {
  const template = own.querySelector('template');
  if (late || theme?.letters || url !== template.dataset.first || device !== 'personal' || !/^en/.test(languages[0] ?? 'en')) return;
  if (Object.keys(localStorage).some((key) => key.startsWith('wm/'))) return;
  const page = template.content.firstElementChild.cloneNode(true);
  const at = (selector) => page.querySelector(selector);
  at('.wm-header__name').textContent = practice.name;
  at('.wm-header__name').after(own.querySelector('.wm-help').cloneNode(true));
  if (!languages[1]) at('.wm-languages').remove();
  if (!practice.demonstration) at('.wm-banner').remove();
  const asked = at('.wm-items').innerHTML;
  own.querySelector('[data-static]').hidden = true;
  own.append(page);
  const held = hold(own);

  // Our code has drawn its own: what was done to this page is passed on to it, if it asks the same.
  const pass = (app) => {
    const isSame = app.querySelector('.wm-items')?.innerHTML === asked;
    const twin = ({ localName, id, textContent }) =>
      isSame && [...app.querySelectorAll(localName)].find((one) => one.id === id && one.textContent === textContent);
    for (const input of page.querySelectorAll(':checked')) Object.assign(twin(input), { checked: true });
    for (const summary of page.querySelectorAll('[open] > summary')) Object.assign(twin(summary)?.parentNode || {}, { open: true });
    held.pass(twin);
    const focused = page.contains(document.activeElement) && twin(document.activeElement);
    page.remove();
    if (focused) focused.focus({ preventScroll: true });
  };
  held.passed = new Promise((done) => {
    new MutationObserver((_, seen) => {
      const app = own.querySelector('[data-app]');
      if (!app) return;
      seen.disconnect();
      pass(app);
      done();
    }).observe(own, { childList: true });
  });
  return held;
}

// Fetches the settings, and the questionnaire that the address names, for our code to take up.
async function begin() {
  const answer = await fetch(own.getAttribute('config'), { signal: AbortSignal.timeout?.(8000) });
  const settings = (await answer.text()).trim();
  const read = JSON.parse(settings);
  const offer = read.questionnaires.find(({ id }) => location.search === `?instrument=${id}`);
  let held;
  if (offer) {
    link('preload', offer.url, { as: 'fetch', crossOrigin: '' });
    // Where the browser keeps nothing, or does not say what, this is refused.
    try {
      if (!(await indexedDB.databases()).length) held = early(read, offer.url);
    } catch {}
  }
  return { settings, held };
}

/**
 * Opens the questions in `host`. On somebody else's page `files` is the address of the folder our files are in.
 * Gives what `free()` takes away again, and a promise that all of the code has come.
 */
export async function open(host, config, files, begun) {
  // All questions on one page need what the first part lacks: fetched beside it, and waited for.
  const whole = host.hasAttribute('layout') || (!files && /[?&]layout=/.test(location.search));
  const { mount, ready } = await load(whole);
  const before = (await begun) || {};
  // So does asking for the settings again.
  if (whole || (begun && !before.settings)) await ready;
  const { settings = config, held = hold(host) } = before;
  const mounted = mount(host, settings, ready, files);
  // All of the code may be here before the first page is drawn.
  return { mounted, all: ready.then(() => held.passed).then(held.release) };
}

if (own) {
  const fallBack = () => {
    late = true;
    letGo();
    for (const part of own.querySelectorAll('[data-static], [data-fallback]')) part.hidden = false;
    for (const part of own.querySelectorAll('[data-loading], [data-app], [data-early]')) part.hidden = true;
  };
  // Code that stops half-way leaves the page to the text above; answers are already kept.
  const stopped = (event) => {
    if ((event.error ?? event.reason) instanceof WebAssembly.RuntimeError) fallBack();
  };
  addEventListener('error', stopped);
  addEventListener('unhandledrejection', stopped);
  const begun = begin().catch(() => {});
  const opened = open(own, own.getAttribute('config'), undefined, begun);
  // Held by the element: what nobody holds is taken away when memory is tidied up.
  opened.then(({ mounted }) => Object.assign(own, { mounted }), () => {});
  // The looks of what comes after the first question.
  const style = () => link('stylesheet', address(files.more), files.more);
  opened.then(style, style);
  opened.then(({ all }) => all).then(() => import('./offline-start.js').catch(() => {}), fallBack);
}
