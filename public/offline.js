// A service worker that keeps the app's own files on the device, so that the page opens without a network. It keeps
// nothing of anybody's: answers are in local storage and IndexedDB, where this does not look.
//
// Everything a page was shown with belongs together. A page that came from the network asks the network first and
// falls back on what was kept with it. A page that was kept is given only what was kept with it: page, code and
// configuration that were on the server together. A page of another release than this worker's is left to the
// network. So no two releases mix.
//
// Only two kinds of request are looked at: pages below this file's folder, and public files that carry no name of
// anybody. What sends or asks for answers is never touched (`isOurs`).

/** What the build says of this release: its name, the files every visit needs, and those of other languages. */
const release = { name: 'unbuilt', shell: ['./'], more: [] };

const scope = registration.scope;
const at = (path) => new URL(path, scope).href;
const shell = new Set(release.shell.map(at));
const more = new Set(release.more.map(at));
const FAMILY = `what-matters ${scope} `;
const NAME = FAMILY + release.name;
/** Names with a digest of the bytes in them. */
const HASHED = /-([0-9a-f]{16})\.[a-z0-9]+$/;
/** How long a network is waited for before what is kept is shown, in milliseconds. */
const PATIENCE = 3000;
/** Left free on the device: answers come first. In bytes. */
const ROOM = 20e6;

const kept = () => caches.open(NAME);

/** An address without what differs from visit to visit. */
function plain(address) {
  const url = new URL(address, scope);
  url.search = url.hash = '';
  return url.href.replace(/\/index\.html$/, '/');
}

/** Every file of ours that a page names is of this release, and it names one. */
function isOfThisRelease(html) {
  const named = html.match(/[\w.-]+-[0-9a-f]{16}\.[a-z0-9]+/g) ?? [];
  return named.some((name) => shell.has(at(name))) && named.every((name) => shell.has(at(name)));
}

async function digest(bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Keeps an answer if it is what its address says. What comes through a hotel's sign-in page is not. */
async function keep(url, response) {
  if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
  const bytes = await response.arrayBuffer();
  const type = response.headers.get('Content-Type') ?? '';
  const [, named] = HASHED.exec(url) ?? [];
  if (named && !(await digest(bytes)).startsWith(named)) throw new Error(`${url} has other bytes`);
  const isPage = /^text\/html/.test(type);
  if (isPage !== /(\/|\.html)$/.test(url)) throw new Error(`${url} is ${type}`);
  if (isPage && !isOfThisRelease(new TextDecoder().decode(bytes))) throw new Error(`${url} is of another release`);
  const headers = new Headers(response.headers);
  // The bytes are no longer as they travelled.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  await (await kept()).put(url, new Response(bytes, { headers }));
  return bytes;
}

async function fetchAndKeep(url) {
  const response = await fetch(url, { cache: HASHED.test(url) ? 'default' : 'no-cache', priority: 'low' });
  return keep(url, response);
}

async function isRoom() {
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return quota - usage > ROOM;
}

/** All of the shell or, if one file does not come, none of it. */
async function keepShell() {
  if (!(await isRoom())) throw new Error('The device is full.');
  try {
    await Promise.all([...shell].map(fetchAndKeep));
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
}

/** What the releases before kept of the practice: asked for anew, or taken over as it is. */
async function takeOver() {
  const before = (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== NAME);
  for (const name of before) {
    const old = await caches.open(name);
    for (const { url } of await old.keys()) {
      if (shell.has(url) || HASHED.test(url) || url.startsWith(at('.client/'))) continue;
      const came = await fetchAndKeep(url).then(() => true, () => false);
      const response = !came && url.endsWith('.json') && (await old.match(url));
      if (response) await (await kept()).put(url, response);
    }
  }
}

addEventListener('install', (event) => event.waitUntil(keepShell().then(takeOver)));

addEventListener('activate', (event) => {
  const others = (name) => name.startsWith(FAMILY) && name !== NAME;
  const tidy = async () => {
    await Promise.all((await caches.keys()).filter(others).map((name) => caches.delete(name)));
    // The network is asked while this worker wakes up.
    await registration.navigationPreload?.enable();
    await clients.claim();
  };
  event.waitUntil(tidy());
});

// Where a window's page came from: "network" or "kept". Remembered on the device, because a worker is stopped
// after half a minute. A window that nothing is known of is left alone.
const windows = new Map();
const mark = (id) => at(`.client/${id}`);

async function remember(id, from) {
  windows.set(id, from);
  const of = await from;
  if (of) await (await kept()).put(mark(id), new Response(of));
}

async function cameFrom(id) {
  return (await windows.get(id)) ?? (await (await (await kept()).match(mark(id)))?.text());
}

async function forgetClosedWindows() {
  const open = new Set((await clients.matchAll({ includeUncontrolled: true })).map(({ id }) => mark(id)));
  const cache = await kept();
  for (const { url } of await cache.keys()) {
    if (url.startsWith(mark('')) && !open.has(url)) await cache.delete(url);
  }
}

const late = () => new Promise((done) => setTimeout(done, PATIENCE));
/** The network's answer, unless it is late, is no answer, or says that the server is in trouble. */
async function soon(network) {
  const response = await Promise.race([network.catch(() => undefined), late()]);
  return response && response.status < 500 ? response : undefined;
}

async function page(event, url) {
  const network = Promise.resolve(event.preloadResponse).then((ahead) => ahead ?? fetch(event.request));
  event.waitUntil(network.catch(() => {}));
  const id = event.resultingClientId;
  const response = await soon(network);
  if (response) {
    const checked = response.type === 'opaqueredirect' ? undefined : keep(url, response.clone());
    const from = Promise.resolve(checked).then((bytes) => bytes && 'network').catch(() => undefined);
    event.waitUntil(remember(id, from));
    return response;
  }
  const ours = await (await kept()).match(url);
  if (!ours) return network;
  event.waitUntil(remember(id, 'kept'));
  return ours;
}

async function file(event, url) {
  const { request, clientId } = event;
  const ours = await (await kept()).match(url, { ignoreVary: true });
  // Its name is its content: it is the same in every release.
  if (ours && HASHED.test(url)) return ours;
  const from = await cameFrom(clientId);
  if (from === 'kept' && ours) return ours;
  const network = fetch(request);
  if (from !== 'network' || !(ours || more.has(url))) return network;
  const response = await soon(network);
  if (!response) return ours ?? network;
  event.waitUntil(keep(url, response.clone()).catch(() => {}));
  return response;
}

/** Public files and no others: not what is sent, nor what is asked of the service that collects. */
function isOurs(request, url) {
  if (request.method !== 'GET' || request.headers.has('Authorization')) return false;
  if (request.mode === 'navigate') return url.startsWith(scope);
  if (/fhir/.test(request.headers.get('Accept') ?? '') || request.url.includes('?')) return false;
  // A practice's own questionnaires and configuration, wherever they are.
  return shell.has(url) || more.has(url) || url.endsWith('.json');
}

addEventListener('fetch', (event) => {
  const url = plain(event.request.url);
  if (!isOurs(event.request, url)) return;
  event.respondWith(event.request.mode === 'navigate' ? page(event, url) : file(event, url));
});

/** A configuration, the questionnaires it offers and the languages it has. Addresses are relative to the page. */
async function keepPractice(config, base) {
  const settings = JSON.parse(new TextDecoder().decode(await fetchAndKeep(config)));
  const json = (path) => [plain(new URL(path, base))].filter((url) => url.endsWith('.json'));
  const measures = (settings.questionnaires ?? []).flatMap(({ url }) => url ?? []);
  const spoken = (settings.languages ?? []).map((tag) => [at(`words/${tag}.json`), at(`content/${tag}/`)]);
  const languages = [...more].filter((url) => spoken.some(([words, pages]) => url === words || url.startsWith(pages)));
  const wanted = [...measures.flatMap(json), ...languages];
  await Promise.allSettled(
    wanted.map(async (url) => {
      const bytes = await fetchAndKeep(url);
      const words = new TextDecoder().decode(bytes);
      // A licensed pack has the words, and another file the measure.
      if (!words.includes('whatMattersPack')) return;
      const { measure } = JSON.parse(words);
      if (measure) await fetchAndKeep(at(`scoring/${measure}.json`));
    }),
  );
}

// A page says at each visit of which release it is and which configurations it names (offline-start.js).
addEventListener('message', (event) => {
  const { of, page, configs } = event.data ?? {};
  const { id } = event.source ?? {};
  if (!shell.has(of) || !id || !Array.isArray(configs)) return;
  const act = async () => {
    const url = plain(page);
    // Somebody may have deleted the files. The page itself has been kept anew by now; its script has not.
    if (!(await (await kept()).match(of))) await keepShell();
    // The configuration is kept only beside a page that was on the server with it.
    if ((await cameFrom(id)) !== 'network') await fetchAndKeep(url);
    if (!(await cameFrom(id))) await remember(id, 'network');
    await Promise.allSettled(configs.map((config) => keepPractice(plain(config), url)));
    await forgetClosedWindows();
  };
  event.waitUntil(act().catch(() => {}));
});
