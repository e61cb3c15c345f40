// Starts the set-up page. Its code is a program of its own: what patients load holds none of it.
import init from './setup.js';

const files = { code: { name: './setup_bg.wasm', integrity: '' } };
const { name, integrity } = files.code;

try {
  const code = fetch(new URL(name, import.meta.url), integrity ? { integrity } : {});
  await init({ module_or_path: await code });
} catch {
  for (const part of document.querySelectorAll('[data-fallback]')) part.hidden = false;
  for (const part of document.querySelectorAll('[data-loading]')) part.hidden = true;
}
