// Makes a folder that any static host can serve from public/, style/ and the compiled WASM.
//
//   node .dev/assemble.mjs --wasm DIR --setup DIR --out dist        release: hashed names, integrity, .br and .gz; with
//                                                       --esbuild PATH, scripts minified
//   node .dev/assemble.mjs --staging DIR                Trunk's folder while watching: plain names
//   node .dev/assemble.mjs --sheet FILE                 the style sheet alone, for the gallery
//
// WHAT A PAGE MUST CONTAIN. `public/*.html` are ordinary pages with plain, relative names:
//
//   <link rel="stylesheet" href="what-matters.css">
//   <script type="module" src="loader.js"></script>
//   <link data-trunk rel="rust" href="../Cargo.toml" ...>       for `./dev watch`; removed here
//
// Every <link> or <script> that names a built file gets its hashed name and an integrity value. Before the
// first script, links are added that fetch the glue and the WASM beside it.
//
//   what-matters.css       style/tokens.css + base.css + screens.css + the parts of the first question, in that order
//   what-matters-more.css  style/themes.css + letters.css + later.css + the other parts + print.css
//   what-matters-embedded.css  all of it for a shadow root in somebody else's page, with style/embedded.css
//   what_matters.js        wasm-bindgen's glue
//   what_matters_bg.wasm   the part of the WASM that the first question needs
//   what_matters_rest.wasm the rest of it
//   pictures.svg           our drawings, which the style sheet names; scenes.svg, the large ones
//   <name>.js              every script directly in public/, but offline.js
//
// offline.js keeps its name, because browsers ask for it by that name for ever, and is told which files belong to
// the release (.dev/offline.mjs).
//
// In a script, names in quotes ('./what_matters.js') become the hashed ones, and an `integrity: ''` behind such a
// name becomes that of the file, for `fetch(name, { integrity })`. A script is kept under its plain name as well, because
// other people's pages name it; pages of our own use the hashed one. JSON keeps its name, because
// configurations and links name it.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { explanationPages } from "./explanations.mjs";
import { OFFLINE, listRelease } from "./offline.mjs";

import { open } from "./glue.mjs";

/** A module with nothing in it: the rest, where all is in the first. */
const EMPTY_MODULE = Buffer.from("\0asm\x01\0\0\0", "latin1");
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

/** The parts that the static page and the first question are made of. The others come with the rest of the code. */
const FIRST_PARTS = new Set(["back_link", "button", "details", "field", "fieldset", "hint", "label", "progress", "scale"].map((part) => `${part}.css`));

/** The style sheet: tokens, base, screens, what of them comes later, then one file per part. `which` is "first", "more", "embedded" or everything. */
export function styleSheet(styleFolder, which) {
  if (which === "embedded") {
    const own = styleSheet(styleFolder).replace(/:host\(([^)]*)\)/g, ".wm-root$1").replaceAll(":host", ".wm-root");
    return `${own}\n${readFileSync(join(styleFolder, "embedded.css"), "utf8")}`;
  }
  const parts = join(styleFolder, "parts");
  const fits = (isFirst) => !which || isFirst === (which === "first");
  const named = (...names) => names.map((name) => join(styleFolder, name)).filter((path) => existsSync(path));
  const first = fits(true) ? named("tokens.css", "base.css", "screens.css") : [];
  const [later, last] = fits(false) ? [named("themes.css", "letters.css", "later.css"), named("print.css")] : [[], []];
  const rest = existsSync(parts) ? readdirSync(parts).filter((name) => name.endsWith(".css")).sort() : [];
  const wanted = rest.filter((name) => fits(FIRST_PARTS.has(name))).map((name) => join(parts, name));
  return [...first, ...later, ...wanted, ...last].map((path) => readFileSync(path, "utf8")).join("\n");
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

// SHA-256 is shorter by sixteen bytes that do not compress, in each of what the first question needs.
function integrity(bytes, hash = "sha256") {
  return `${hash}-${createHash(hash).update(bytes).digest("base64")}`;
}

function hashedName(name, bytes) {
  const extension = extname(name);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  return `${basename(name, extension)}-${hash}${extension}`;
}

/** Puts hashed names where a script names a built file, and the WASM's integrity where it asks for it. */
export function fillScript(text, built) {
  let out = text;
  for (const [plain, { name, integrity }] of built) {
    const quoted = plain.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const named = new RegExp(`(["'\`](?:\\./)?)${quoted}(["'\`])(?:(, integrity: )(?:''|""))?`, "g");
    out = out.replace(named, (_, before, after, asked) => `${before}${name}${after}${asked ? `${asked}"${integrity}"` : ""}`);
  }
  return out;
}

/** Puts hashed names where the style sheet names a built file: `url(pictures.svg)`. */
export function fillSheet(css, built) {
  return css.replace(/\burl\(([^)"']+)\)/g, (whole, plain) => (built.has(plain) ? `url(${built.get(plain).name})` : whole));
}

const TRUNK_LINK = /^[ \t]*(?:<!--[^\n]*-->\s*\n[ \t]*)?<link\b[^>]*\bdata-trunk\b[^>]*>[ \t]*\n?/gm;

/** Fills in the names and integrity of built files, and takes Trunk's own links out. */
export function fillPage(html, built) {
  const named = html.replace(TRUNK_LINK, "").replace(/<(?:link|script)\b[^>]*>/g, (element) => {
    const address = /\b(?:href|src)="([^"]*)"/.exec(element)?.[1];
    const [, above, plain] = /^((?:\.\.?\/)*)(.*)$/.exec(address ?? "");
    const file = built.get(plain);
    if (!file) return element;
    return element.replace(`"${address}"`, `"${above.replace(/^\.\//, "")}${file.name}"`).replace(/\s*\/?>$/, ` integrity="${file.integrity}">`);
  });
  const wasm = built.get("what_matters_bg.wasm");
  // No integrity on the early fetch of the WASM: browsers ignore it there and warn. The script that takes the
  // bytes up asks for it, and gets it (Chromium 156: one request, and a changed byte is refused).
  const ahead = `<link rel="preload" as="fetch" type="application/wasm" crossorigin href="${wasm.name}">\n`;
  // Only for patients: the set-up page is another program.
  if (html.includes('src="setup-start.js"')) return named;
  return named.replace(/^[ \t]*<script\b[^>]*\bsrc=/m, (script) => ahead + script);
}

/** A page without comments and without the lines' beginnings and ends between its elements. */
export const lighterPage = (html) => html.replace(/[ \t]*<!--[\s\S]*?-->/g, "").replace(/\n\s+/g, "\n").replace(/>\n</g, "><");

function write(folder, name, bytes) {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

export function precompress(folder) {
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

/** JSON without the space between its parts. Digits stay as written: 12.50 is not 12.5 here. */
export function lighterJson(text) {
  JSON.parse(text);
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, string) => string ?? "");
}

function lighterJsonFile(path) {
  try {
    return lighterJson(readFileSync(path, "utf8"));
  } catch (error) {
    return fail(`${relative(root, path)} is not valid JSON: ${error.message}`);
  }
}

/** A script without comments and long names, where esbuild is at hand. */
function minified(script, esbuild) {
  if (!esbuild) return Buffer.from(script);
  const { status, stdout, stderr } = spawnSync(esbuild, ["--minify", "--format=esm", "--charset=utf8"], { input: script });
  if (status !== 0) fail(`esbuild could not make a script smaller: ${stderr}`);
  return stdout;
}

/** The release folder. Built beside the old one and put in its place whole. */
function release({ wasm: wasmFolder, setup, esbuild }, out) {
  const source = join(root, "public");
  const fresh = `${out}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });

  const built = new Map();
  const keep = (name, bytes, hash) => {
    const hashed = hashedName(name, bytes);
    built.set(name, { name: hashed, integrity: integrity(bytes, hash) });
    write(fresh, hashed, bytes);
  };

  for (const name of ["pictures.svg", "scenes.svg"]) keep(name, readFileSync(join(source, name)));
  for (const [name, which] of [["what-matters.css", "first"], ["what-matters-more.css", "more"], ["what-matters-embedded.css", "embedded"]]) {
    keep(name, Buffer.from(fillSheet(lighterCss(styleSheet(join(root, "style"), which)), built)));
  }
  keep("what_matters_bg.wasm", readFileSync(join(wasmFolder, "what_matters_bg.wasm")));
  keep("what_matters_rest.wasm", readFileSync(join(wasmFolder, "what_matters_rest.wasm")));
  keep("what_matters.js", Buffer.from(fillScript(readFileSync(join(wasmFolder, "what_matters.js"), "utf8"), built)));

  if (setup) {
    keep("setup_bg.wasm", readFileSync(join(setup, "setup_bg.wasm")));
    // What it would fetch by itself if it were not given its code.
    keep("setup.js", Buffer.from(fillScript(readFileSync(join(setup, "setup.js"), "utf8"), built)));
  }

  const files = filesBelow(source);
  const isScript = (name) => !name.includes("/") && name.endsWith(".js") && name !== OFFLINE;
  // A script that another imports must have its name first; they are few, so go round until none is left.
  let waiting = new Map(files.filter(isScript).map((name) => [name, readFileSync(join(source, name), "utf8")]));
  while (waiting.size) {
    const names = [...waiting.keys()];
    const ready = names.filter((name) => !names.some((other) => other !== name && waiting.get(name).includes(`./${other}`)));
    if (!ready.length) fail(`The scripts ${names.join(", ")} in public/ import each other in a circle.`);
    for (const name of ready) {
      const filled = minified(fillScript(waiting.get(name), built), esbuild);
      keep(name, filled, name === "embed.js" ? "sha384" : "sha256");
      write(fresh, name, filled);
      waiting.delete(name);
    }
  }

  // What a page needs to stay with this version of the element: docs/embedding.md.
  const element = built.get("embed.js");
  if (element) write(fresh, "embed.json", `${JSON.stringify({ script: element.name, integrity: element.integrity })}\n`);
  for (const name of files.filter((file) => !isScript(file) && !built.has(file))) {
    const path = join(source, name);
    if (name.endsWith(".html")) write(fresh, name, lighterPage(fillPage(readFileSync(path, "utf8"), built)));
    else if (name.endsWith(".json")) write(fresh, name, lighterJsonFile(path));
    else write(fresh, name, readFileSync(path));
  }
  for (const { path, html } of explanationPages(source)) write(fresh, path, lighterPage(fillPage(html, built)));
  write(fresh, OFFLINE, minified(listRelease(fresh, readFileSync(join(source, OFFLINE), "utf8")), esbuild));
  precompress(fresh);

  const old = `${out}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(out)) renameSync(out, old);
  renameSync(fresh, out);
  rmSync(old, { recursive: true, force: true });
}

/** Trunk's staging folder: the same files under plain names, no integrity, nothing compressed, the WASM whole. */
function staging(folder) {
  cpSync(join(root, "public"), folder, {
    recursive: true,
    filter: (from) => !from.endsWith(".html"),
  });
  write(folder, "what-matters.css", styleSheet(join(root, "style"), "first"));
  write(folder, "what-matters-more.css", styleSheet(join(root, "style"), "more"));
  write(folder, "what-matters-embedded.css", styleSheet(join(root, "style"), "embedded"));
  // Trunk names its files after the package; scripts name them as wasm-bindgen does.
  renameSync(join(folder, "what-matters.js"), join(folder, "what_matters.js"));
  renameSync(join(folder, "what-matters_bg.wasm"), join(folder, "what_matters_bg.wasm"));
  write(folder, "what_matters.js", open(readFileSync(join(folder, "what_matters.js"), "utf8")));
  write(folder, "what_matters_rest.wasm", EMPTY_MODULE);
  for (const page of filesBelow(folder).filter((name) => name.endsWith(".html"))) {
    const html = readFileSync(join(folder, page), "utf8");
    writeFileSync(join(folder, page), html.replace(TRUNK_LINK, ""));
  }
  for (const { path, html } of explanationPages(join(root, "public"))) write(folder, path, html);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { wasm: { type: "string" }, setup: { type: "string" }, out: { type: "string" }, staging: { type: "string" }, sheet: { type: "string" }, esbuild: { type: "string" } },
  });
  if (values.staging) staging(resolve(values.staging));
  else if (values.sheet) writeFileSync(resolve(values.sheet), styleSheet(join(root, "style")));
  else if (values.wasm && values.out) release(values, resolve(values.out));
  else fail("Usage: node .dev/assemble.mjs --wasm DIR --out DIR | --staging DIR | --sheet FILE");
}
