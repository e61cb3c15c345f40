// Makes a folder that any static host can serve from public/, style/ and the compiled WASM.
//
//   node .dev/assemble.mjs --wasm DIR --out dist        release: hashed names, integrity, .br and .gz
//   node .dev/assemble.mjs --staging DIR                Trunk's folder while watching: plain names
//
// WHAT THE PAGE MUST CONTAIN. `public/*.html` is an ordinary page with ordinary relative addresses, each
// element that names a built file marked `data-build` so that this script can put the hashed name and the
// integrity value in place (order of attributes does not matter, one element per line reads best):
//
//   <link data-build="style"  rel="stylesheet" href="what-matters.css">
//   <link data-build="glue"   rel="modulepreload" href="what_matters.js">
//   <link data-build="wasm"   rel="preload" as="fetch" type="application/wasm" crossorigin href="what_matters_bg.wasm">
//   <script data-build="script" type="module" src="door.js"></script>
//   <link data-trunk rel="rust" href="../Cargo.toml" ...>       for `./dev watch`; removed here
//
// what-matters.css is style/tokens.css + style/base.css + style/parts/*.css, in that order.
// what_matters.js and what_matters_bg.wasm are wasm-bindgen's. door.js stands for any script in public/:
// every .js directly in public/ gets a hashed name. Scripts import each other as "./name.js"; those names
// are rewritten too. A script finds the WASM by the page, so no name is written twice:
//
//   import init from "./what_matters.js";
//   const wasm = document.querySelector('link[data-build="wasm"]');
//   await init({ module_or_path: fetch(wasm.href, { integrity: wasm.integrity, credentials: "same-origin" }) });
//
// A page may preload data with a plain <link rel="preload" as="fetch" crossorigin href="instruments/ons4.json">:
// JSON keeps its name, because configurations and links name it.

import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const PRECOMPRESS = new Set([".html", ".css", ".js", ".wasm", ".json", ".txt", ".svg", ".webmanifest"]);

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Every file below a folder, as paths relative to it, in a stable order. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** The one style sheet: tokens, then base, then one file per part. */
export function styleSheet(styleFolder) {
  const parts = join(styleFolder, "parts");
  const named = ["tokens.css", "base.css"].map((name) => join(styleFolder, name)).filter((path) => existsSync(path));
  const rest = existsSync(parts)
    ? readdirSync(parts).filter((name) => name.endsWith(".css")).sort().map((name) => join(parts, name))
    : [];
  return [...named, ...rest].map((path) => readFileSync(path, "utf8")).join("\n");
}

/** Takes comments and the space around punctuation out of CSS. Strings and calc() keep theirs. */
export function lighterCss(css) {
  const kept = /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\/\*[\s\S]*?\*\//g;
  const strings = [];
  const bare = css.replace(kept, (_, string) => (string === undefined ? " " : `\u0001${strings.push(string) - 1}\u0002`));
  const light = bare
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .replace(/;}/g, "}")
    .trim();
  return light.replace(/\u0001(\d+)\u0002/g, (_, index) => strings[Number(index)]);
}

function integrity(bytes) {
  return `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
}

function hashedName(name, bytes) {
  const extension = extname(name);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  return `${basename(name, extension)}-${hash}${extension}`;
}

/** Puts hashed names where a script names a sibling: "./x.js", './x.js', new URL('x_bg.wasm', ...). */
function rewriteNames(text, renamed) {
  let out = text;
  for (const [plain, hashed] of renamed) {
    const quoted = plain.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    out = out.replace(new RegExp(`(["'\`](?:\\./)?)${quoted}(["'\`])`, "g"), `$1${hashed}$2`);
  }
  return out;
}

/** Fills the marked elements of a page and takes Trunk's own links out. */
export function fillPage(html, built, page) {
  const withoutTrunk = html.replace(/^[ \t]*<link\b[^>]*\bdata-trunk\b[^>]*>[ \t]*\n?/gm, "");
  return withoutTrunk.replace(/<(link|script)\b[^>]*\bdata-build="[^"]*"[^>]*>/g, (element) => {
    const address = /\b(?:href|src)="([^"]*)"/.exec(element)?.[1];
    const name = address?.replace(/^\.\//, "");
    const file = built.get(name);
    if (!file) fail(`${page} marks ${address ?? "nothing"} with data-build, and the build makes no such file.`);
    const renamed = element.replace(`"${address}"`, `"${file.name}"`).replace(/\s+integrity="[^"]*"/, "");
    return renamed.replace(/\s*\/?>$/, ` integrity="${file.integrity}">`);
  });
}

function write(folder, name, bytes) {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

function precompress(folder) {
  for (const name of filesBelow(folder)) {
    if (!PRECOMPRESS.has(extname(name))) continue;
    const bytes = readFileSync(join(folder, name));
    const text = extname(name) !== ".wasm";
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_MODE]: text ? constants.BROTLI_MODE_TEXT : constants.BROTLI_MODE_GENERIC,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, { params }));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

function lighterJson(path) {
  try {
    // serde_json keeps 12.50 as written and JSON.parse would not: only the space outside strings goes.
    const text = readFileSync(path, "utf8");
    JSON.parse(text);
    return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, string) => string ?? "");
  } catch (error) {
    return fail(`${relative(root, path)} is not valid JSON: ${error.message}`);
  }
}

/** The release folder. Built beside the old one and put in its place whole. */
function release(wasmFolder, out) {
  const source = join(root, "public");
  const fresh = `${out}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });

  const built = new Map();
  const renamed = [];
  const keep = (name, bytes) => {
    const hashed = hashedName(name, bytes);
    built.set(name, { name: hashed, integrity: integrity(bytes) });
    renamed.push([name, hashed]);
    write(fresh, hashed, bytes);
  };

  keep("what-matters.css", Buffer.from(lighterCss(styleSheet(join(root, "style")))));
  keep("what_matters_bg.wasm", readFileSync(join(wasmFolder, "what_matters_bg.wasm")));
  const glue = readFileSync(join(wasmFolder, "what_matters.js"), "utf8");
  keep("what_matters.js", Buffer.from(rewriteNames(glue, renamed)));

  const files = filesBelow(source);
  const isScript = (name) => !name.includes("/") && name.endsWith(".js");
  // A script that another imports must be named first; they are few, so go round until none is left.
  let waiting = files.filter(isScript);
  while (waiting.length) {
    const texts = new Map(waiting.map((name) => [name, readFileSync(join(source, name), "utf8")]));
    const ready = waiting.filter((name) => !waiting.some((other) => other !== name && texts.get(name).includes(`./${other}`)));
    if (!ready.length) fail(`The scripts ${waiting.join(", ")} in public/ import each other in a circle.`);
    for (const name of ready) keep(name, Buffer.from(rewriteNames(texts.get(name), renamed)));
    waiting = waiting.filter((name) => !ready.includes(name));
  }

  for (const name of files.filter((file) => !isScript(file))) {
    const path = join(source, name);
    if (name.endsWith(".html")) write(fresh, name, fillPage(readFileSync(path, "utf8"), built, `public/${name}`));
    else if (name.endsWith(".json")) write(fresh, name, lighterJson(path));
    else write(fresh, name, readFileSync(path));
  }
  precompress(fresh);

  const old = `${out}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(out)) renameSync(out, old);
  renameSync(fresh, out);
  rmSync(old, { recursive: true, force: true });
}

/** Trunk's staging folder: the same files under plain names, no integrity, nothing compressed. */
function staging(folder) {
  cpSync(join(root, "public"), folder, {
    recursive: true,
    filter: (from) => !from.endsWith(".html"),
  });
  write(folder, "what-matters.css", styleSheet(join(root, "style")));
  for (const page of filesBelow(folder).filter((name) => name.endsWith(".html"))) {
    const html = readFileSync(join(folder, page), "utf8");
    writeFileSync(join(folder, page), html.replace(/^[ \t]*<link\b[^>]*\bdata-trunk\b[^>]*>[ \t]*\n?/gm, ""));
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { wasm: { type: "string" }, out: { type: "string" }, staging: { type: "string" } },
  });
  if (values.staging) staging(resolve(values.staging));
  else if (values.wasm && values.out) release(resolve(values.wasm), resolve(values.out));
  else fail("Usage: node .dev/assemble.mjs --wasm DIR --out DIR | --staging DIR");
}
