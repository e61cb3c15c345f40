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
      if (!pressed || pressed === this || !this.contains(pressed) || !plain) return;
      event.preventDefault();
      this.start();
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
    if (!this.isConnected) return Promise.resolve();
    this.#began ??= this.#begin(this.#stopping).catch((fault) => this.#fail('load', fault));
    return this.#began;
  }

  /** Takes the questions away and shows again what stands inside. Answers stay kept, as when a page is closed. */
  stop() {
    open.delete(this);
    this.#began = undefined;
    this.#mounted?.free();
    this.#mounted = undefined;
    for (const stop of this.#stopping.splice(0).reverse()) stop();
    this.#stopping = [];
    this.shadowRoot.replaceChildren(this.#slot);
    this.#slot.hidden = false;
  }

  async #begin(stopping) {
    const root = document.createElement('div');
    root.className = 'wm-root';
    root.hidden = true;
    for (const name of ['instrument', 'language', 'layout']) {
      if (this.hasAttribute(name)) root.setAttribute(name, this.getAttribute(name));
    }
    const { config } = this;
    const settings = typeof config === 'object' && config ? written(config) : new URL(config ?? '', document.baseURI).href;
    const shown = new Promise((done) => {
      const watch = new MutationObserver(() => root.firstElementChild && done());
      watch.observe(root, { childList: true });
      stopping.push(() => watch.disconnect());
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
  }

  #fail(what, fault) {
    this.stop();
    console.debug(what, fault);
  }

  // Code that stops half-way leaves the page to what stands inside; answers are already kept.
  static stopped(event) {
    const fault = event.error ?? event.reason;
    if (!(fault instanceof WebAssembly.RuntimeError) || !String(fault.stack).includes(folder)) return;
    for (const element of open) element.#fail('stopped', fault);
  }
}

if (!customElements.get('what-matters')) {
  customElements.define('what-matters', WhatMatters);
  addEventListener('error', WhatMatters.stopped);
  addEventListener('unhandledrejection', WhatMatters.stopped);
}
