// Starts the patient's door: the page names the WASM once, with its integrity, and this fetches that.
import init from "./what_matters.js";

const wasm = document.querySelector('link[data-build="wasm"]');
const options = { credentials: "same-origin", ...(wasm.integrity && { integrity: wasm.integrity }) };
await init({ module_or_path: fetch(wasm.href, options) });
