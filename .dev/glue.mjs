// What happens to wasm-bindgen's glue besides esbuild.
//
//   node .dev/glue.mjs open GLUE.js                     before bundling: what public/loader.js needs of it is exported
//   node .dev/glue.mjs count GLUE.js                    the counter that counting.mjs puts in, in globalThis.counted
//   node .dev/glue.mjs shorten GLUE.js FIRST.wat REST.wat    after it: names of imports and exports become short
//
// Leptos brings server_fn, and that wasm-streams, whose JavaScript classes are exported and never used: they are
// taken out here, because esbuild keeps a class that something was assigned to.

import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const OWN = new Set(["Mounted"]);

/** The glue without classes that are not ours, its way of making imports and taking an instance exported. */
export function open(glue) {
  let out = glue;
  for (const [, name] of glue.matchAll(/^export class (\w+) \{$/gm)) {
    if (OWN.has(name)) continue;
    out = out
      .replace(new RegExp(`^export class ${name} \\{\\n[\\s\\S]*?^\\}\\n`, "m"), "")
      .replace(new RegExp(`^if \\(Symbol\\.dispose\\) ${name}\\..*\\n`, "m"), "")
      .replace(new RegExp(`^const ${name}Finalization = [\\s\\S]*?;\\n`, "m"), "");
  }
  return `${out}\nexport { __wbg_get_imports as imports, __wbg_finalize_init as finish };\n`;
}

/** The glue with a counter among its imports. */
export function count(glue) {
  const counter = "counted:(at)=>{(globalThis.counted??=new Set).add(at)},";
  const counted = glue.replace('"./what_matters_bg.js":{__proto__:null,', (start) => start + counter);
  if (counted === glue) throw new Error("The glue's imports do not begin as they did.");
  return counted;
}

/** The names the glue and the modules know each other by, made short on both sides. */
export function shorten(glue, wats) {
  const given = new Set(wats.flatMap((wat) => [...wat.matchAll(/^ \(import "\.\/what_matters_bg\.js" "(\w+)"/gm)].map(([, name]) => name)));
  const taken = new Set(wats.flatMap((wat) => [...wat.matchAll(/^ \(export "(\w{8,})"/gm)].map(([, name]) => name)));
  given.delete("need_rest");
  const short = new Map([...given, ...taken].map((name, at) => [name, `$${at.toString(36)}`]));
  const inGlue = (text) => text.replace(/\b\w+\b/g, (word) => short.get(word) ?? word);
  const inWat = (text) => text.replace(/^( \((?:import "[^"]*"|export) ")(\w+)"/gm, (whole, before, name) => `${before}${short.get(name) ?? name}"`);
  // The module's name is written before every import.
  const module = (text) => text.replaceAll('"./what_matters_bg.js"', '"_"');
  return { glue: module(inGlue(glue)), wats: wats.map((wat) => module(inWat(wat))) };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [task, path, ...wats] = process.argv.slice(2);
  if (task === "open") writeFileSync(path, open(readFileSync(path, "utf8")));
  if (task === "count") writeFileSync(path, count(readFileSync(path, "utf8")));
  if (task === "shorten") {
    const made = shorten(readFileSync(path, "utf8"), wats.map((wat) => readFileSync(wat, "utf8")));
    writeFileSync(path, made.glue);
    wats.forEach((wat, at) => writeFileSync(wat, made.wats[at]));
  }
}
