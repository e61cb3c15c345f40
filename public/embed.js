// Defines <what-matters>. Until the questions are ready, and if they never are, what stands inside the
// element stays as it is. The build puts the hashed file names here.
const files = { glue: './what_matters.js', wasm: './what_matters_bg.wasm', integrity: '' };

let loading;
function load() {
  // The module and its code are fetched side by side; a changed byte is refused (integrity).
  loading ??= (async () => {
    const options = files.integrity ? { integrity: files.integrity } : {};
    const code = fetch(new URL(files.wasm, import.meta.url), options);
    const glue = await import(files.glue);
    await glue.default({ module_or_path: code });
    return glue;
  })();
  return loading;
}

class WhatMatters extends HTMLElement {
  #mounted = null;
  #wanted = false;

  async connectedCallback() {
    this.#wanted = true;
    if (this.#mounted) return;
    try {
      const glue = await load();
      if (this.#wanted && !this.#mounted) this.#mounted = glue.mount(this, this.getAttribute('config') ?? '');
    } catch {
      this.#fallBack();
    }
  }

  // Moving an element disconnects and connects it again at once: only a real removal unmounts.
  disconnectedCallback() {
    this.#wanted = false;
    queueMicrotask(() => {
      if (this.#wanted || !this.#mounted) return;
      this.#mounted.free();
      this.#mounted = null;
    });
  }

  // For scripts on this page, where its configuration names the page's own origin (docs/service.md).
  async #ask(question) {
    return JSON.parse(await this.#mounted.ask(JSON.stringify({ n: 0, ...question })));
  }
  async list() {
    return (await this.#ask({ type: 'LIST' })).items;
  }
  async collect(id, seconds = 60) {
    const { lease } = await this.#ask({ type: 'LEASE', ids: [id], seconds });
    return { ...(await this.#ask({ type: 'GET', lease, id })), lease };
  }
  async acknowledge({ lease, id, sha256 }, receipt = '') {
    return this.#ask({ type: 'ACK', lease, id, sha256, receipt });
  }

  #fallBack() {
    for (const part of this.querySelectorAll('[data-static], [data-fallback]')) part.hidden = false;
    for (const part of this.querySelectorAll('[data-loading], [data-app]')) part.hidden = true;
  }

  // Code that stops half-way leaves the page to the text above; answers are already kept.
  static stopped(event) {
    if (!((event.error ?? event.reason) instanceof WebAssembly.RuntimeError)) return;
    for (const element of document.querySelectorAll('what-matters')) element.#fallBack();
  }
}

if (!customElements.get('what-matters')) {
  customElements.define('what-matters', WhatMatters);
  addEventListener('error', WhatMatters.stopped);
  addEventListener('unhandledrejection', WhatMatters.stopped);
}
