// Defines <what-matters> for other people's pages: docs/embedding.md. What stands inside the element stays as it
// is until somebody starts; nothing else is fetched before that. It keeps to itself: a shadow root around it,
// nothing global but the element's name, nothing in the page's history, title or style.
const files = {
  loader: { name: './loader.js', integrity: '' },
  glue: { name: './what_matters.js', integrity: '' },
  sheet: { name: './what-matters-embedded.css', integrity: '' },
};
const folder = new URL('.', import.meta.url).href;

// A page may have changed how JSON is written (Prototype 1.6 did): by hand, for the plain values of a configuration.
const quoted = (words) => `"${words.replace(/["\\\u0000-\u001f\ud800-\udfff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
function written(value) {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${Array.from(value, written).join(',')}]`;
  if (value === null || typeof value !== 'object') return String(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${quoted(name)}:${written(member)}`).join(',')}}`;
}

// One of our files, by a <link> in the shadow root: its digest is checked, and the page's own head stays as it is.
function link(root, rel, { name, integrity }) {
  const element = document.createElement('link');
  element.rel = rel;
  element.href = new URL(name, folder).href;
  element.crossOrigin = 'anonymous';
  if (integrity) element.integrity = integrity;
  const came = new Promise((done, failed) => {
    element.addEventListener('load', done);
    element.addEventListener('error', () => failed(new Error(name)));
    if (!element.relList.supports(rel)) done();
  });
  root.append(element);
  return came;
}

const open = new Set();
// Our code has stopped half-way: until the page is loaded again, a link is only a link.
let broken = false;

class WhatMatters extends HTMLElement {
  #slot = document.createElement('slot');
  #config;
  #began;
  #mounted;
  #stopping = [];

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).append(this.#slot);
    this.addEventListener('click', (event) => {
      const pressed = event.target.closest?.('[data-start]');
      const plain = !event.defaultPrevented && !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
      if (!pressed || pressed === this || !this.contains(pressed) || !plain || broken) return;
      event.preventDefault();
      // What was pressed is no longer there: the focus goes on to the questions' heading.
      this.start().then(() => {
        const heading = this.#mounted && this.shadowRoot.querySelector('h1');
        if (!heading) return;
        heading.tabIndex = -1;
        heading.focus();
      });
    });
  }

  /** The configuration: an address, or the settings themselves. What is set here goes before the attribute. */
  get config() {
    return this.#config ?? this.getAttribute('config');
  }

  set config(settings) {
    this.#config = settings ?? undefined;
  }

  connectedCallback() {
    // Settings given before this script came are on the element itself.
    if (Object.hasOwn(this, 'config')) {
      const { config } = this;
      delete this.config;
      this.config = config;
    }
    if (this.#began) return;
    const when = this.getAttribute('start');
    if (when === 'now') this.start();
    if (when === 'visible') {
      const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.start(), { rootMargin: '200px' });
      watch.observe(this);
      this.#stopping.push(() => watch.disconnect());
    }
  }

  // Moving an element disconnects and connects it again at once: only a real removal stops.
  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.stop());
  }

  /** Opens the questions in the place of what stands inside. Resolves when they show; never rejects. */
  start() {
    if (!this.isConnected || broken) return Promise.resolve();
    if (!this.config) return Promise.resolve(this.#tell('error', { code: 'no-configuration' }));
    this.#began ??= this.#begin(this.#stopping).catch(() => this.#fail('load'));
    return this.#began;
  }

  /** Takes the questions away and shows again what stands inside. Answers stay kept, as when a page is closed. */
  stop() {
    open.delete(this);
    this.#began = undefined;
    try {
      this.#mounted?.free();
    } catch {
      // It has stopped half-way, and nothing more can be asked of it.
    }
    this.#mounted = undefined;
    for (const stop of this.#stopping.splice(0).reverse()) stop();
    this.#stopping = [];
    this.shadowRoot.replaceChildren(this.#slot);
    this.#slot.hidden = false;
  }

  // For scripts on this page, where the configuration names the page's own origin (docs/collecting.md).
  async #ask(question) {
    return JSON.parse(await this.#mounted.ask(written({ n: 0, ...question })));
  }

  /** What waits here to be collected. */
  async list() {
    return (await this.#ask({ type: 'LIST' })).items;
  }

  /** One response, for so many seconds; the person is asked first where it can be read. */
  async collect(id, seconds = 60) {
    const { lease } = await this.#ask({ type: 'LEASE', ids: [id], seconds });
    return { ...(await this.#ask({ type: 'GET', lease, id })), lease };
  }

  /** Says that what `collect` gave is stored: only then is it removed here. */
  acknowledge({ lease, id, sha256 }, receipt = '') {
    return this.#ask({ type: 'ACK', lease, id, sha256, receipt });
  }

  #tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  async #begin(stopping) {
    const root = document.createElement('div');
    root.className = 'wm-root';
    root.hidden = true;
    for (const name of ['instrument', 'language', 'layout']) {
      if (this.hasAttribute(name)) root.setAttribute(name, this.getAttribute(name));
    }
    const { config } = this;
    const settings = typeof config === 'object' ? written(config) : new URL(config, document.baseURI).href;
    root.addEventListener('what-matters', ({ detail }) => {
      const [type, id] = detail.split(' ');
      this.#tell(type, type === 'error' ? { code: id } : { id });
    });
    root.addEventListener('what-matters-waiting', ({ detail }) => this.#tell('waiting', detail));
    const lower = Math.min(Math.max(Number(this.getAttribute('heading-level')) || 2, 1), 4) - 1;
    const shown = new Promise((done) => {
      const watch = new MutationObserver(() => {
        if (root.firstElementChild) done();
        // The questions' first heading is of the level the page has for it, and those below it follow.
        for (const heading of root.querySelectorAll('h1, h2, h3, h4')) {
          const level = Number(heading.localName[1]) + lower;
          if (lower && Number(heading.ariaLevel) !== level) heading.ariaLevel = Math.min(level, 6);
        }
      });
      watch.observe(root, { childList: true, subtree: true });
      const size = new ResizeObserver(() => root.hidden || this.#tell('resize', { height: Math.ceil(root.getBoundingClientRect().height) }));
      size.observe(root);
      stopping.push(() => watch.disconnect(), () => size.disconnect());
    });
    const styled = link(this.shadowRoot, 'stylesheet', files.sheet);
    this.shadowRoot.append(root);
    const code = [files.loader, files.glue].map((file) => link(this.shadowRoot, 'modulepreload', file));
    await Promise.all([styled, ...code]);
    const loader = await import(files.loader.name);
    // Stopped meanwhile, and perhaps begun again.
    if (this.#stopping !== stopping) return;
    const { mounted, all } = await loader.open(root, settings, folder);
    if (this.#stopping !== stopping) return mounted.free();
    this.#mounted = mounted;
    open.add(this);
    await Promise.race([shown, all.then(() => shown)]);
    if (this.#stopping !== stopping) return;
    root.hidden = false;
    this.#slot.hidden = true;
    this.#tell('ready');
  }

  #fail(code) {
    this.stop();
    this.#tell('error', { code });
  }

  // Code that stops half-way leaves the page to what stands inside; answers are already kept.
  static stopped(event) {
    const fault = event.error ?? event.reason;
    if (!(fault instanceof WebAssembly.RuntimeError && String(fault.stack).includes(folder))) return;
    broken = true;
    for (const element of open) element.#fail('stopped');
  }
}

// A frame of ours: made as high as what is in it, and scrolled to when a page turns in it. Only what comes from that
// very frame, and from where this script comes from, counts.
const frames = () => [...document.querySelectorAll('iframe[data-what-matters]')];
function heard({ data, origin, source }) {
  const frame = frames().find(({ contentWindow }) => contentWindow && contentWindow === source);
  if (!frame || origin !== new URL(folder).origin || typeof data !== 'string' || data.length > 200) return;
  const height = /^{"type":"HEIGHT","height":(\d{1,6})}$/.exec(data)?.[1];
  if (height) frame.style.height = `${Math.min(Math.max(height, 100), 50000)}px`;
  if (data === '{"type":"TURNED"}' && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
  const [, type, id] = /^{"type":"EVENT","said":"([a-z]+) ([a-z0-9-]+)"}$/.exec(data) ?? [];
  if (type) frame.dispatchEvent(new CustomEvent(type, { detail: type === 'error' ? { code: id } : { id } }));
}

if (!customElements.get('what-matters')) {
  customElements.define('what-matters', WhatMatters);
  addEventListener('error', WhatMatters.stopped);
  addEventListener('unhandledrejection', WhatMatters.stopped);
  addEventListener('message', heard);
  // One that was there before this script tells its height again when its own changes.
  for (const frame of frames()) frame.style.height = `${frame.offsetHeight + 1}px`;
}
