// Splits the WASM in two: what the first question runs, and the rest, which comes while the person reads it.
//
//   node .dev/split.mjs --wat whole.wat --library what_matters.wasm --list .dev/first-question.txt --out DIR     first.wat, rest.wat
//   node .dev/split.mjs --wat whole.wat --count counted.wat --names names.json       to make the list anew
//
// The list holds a digest of the name of every function that ran until the first question was shown, in a real
// browser (`./dev first-question`). A function that is not on it goes into the rest. In its place the first module
// has a stub that calls it through the table, where the rest puts it when it arrives; a stub that is called
// before that asks the loader (public/embed.js, `need_rest`) to fetch the rest at once. So a list that is out of
// date costs speed and nothing else.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { divide } from "./data.mjs";
import { readLibrary } from "./library.mjs";
import { outline } from "./outline.mjs";
import { callsOf, exportedBy, forms, importedBy, lasting, listedIn, nameOf, plain, signatureOf, unnamed, written } from "./wat.mjs";

/** Names the module that wasm-bindgen's imports come from. */
const GLUE = "./what_matters_bg.js";

export const digestOf = (name) => createHash("sha256").update(lasting(name)).digest("hex").slice(0, 10);

/** The module with a call to `counted` at the start of every function, and the functions' names in order. */
export function count(wat) {
  const names = [];
  const out = ["(module", ` (import "${GLUE}" "counted" (func $counted (param i32)))`];
  const all = forms(wat);
  const order = [...all.filter(({ kind }) => kind === "type"), ...all.filter(({ kind }) => kind !== "type")];
  out.splice(1, 0, ...order.filter(({ kind }) => kind === "type").map(({ text }) => text));
  for (const { kind, text } of order) {
    if (kind === "type") continue;
    if (kind !== "func") {
      out.push(text);
      continue;
    }
    const lines = text.split("\n");
    let at = 1;
    while (lines[at]?.startsWith("  (local ")) at += 1;
    lines.splice(at, 0, `  (call $counted (i32.const ${names.length}))`);
    names.push(nameOf(text));
    out.push(lines.join("\n"));
  }
  return { wat: [...out, ")"].join("\n"), names };
}

/** Two modules from one. `isFirst` says whether a function, by its name, belongs in the first; `library` what readLibrary says of its data. */
export function split(wat, library, isFirst) {
  const all = forms(outline(wat, isFirst));
  const of = (wanted) => all.filter(({ kind }) => kind === wanted).map(({ text }) => text);
  const functions = of("func").map((text) => ({ name: nameOf(text), text, calls: callsOf(text) }));
  const bodies = new Map(functions.map(({ name, text }) => [name, text]));
  const first = functions.filter(({ name }) => isFirst(name));
  const rest = functions.filter(({ name }) => !isFirst(name));
  const later = new Set(rest.map(({ name }) => name));
  const data = divide(of("data"), library, first.map(({ name }) => plain(name)));

  const [elements, ...more] = of("elem");
  const [table, references] = [of("table").find((text) => text.includes("funcref")), of("table").find((text) => text.includes("externref"))];
  const [memory] = of("memory");
  const globals = of("global");
  if (more.length || !/\(i32\.const 1\) func /.test(elements)) throw new Error("The table is not filled by one segment from 1 on.");
  if (globals.some((text) => !/^ \(global \$\S+ \(mut i32\)/.test(text))) throw new Error("A global is not what it was.");
  if (/\(ref\.func /.test(wat)) throw new Error("The code takes a function's reference, which this cannot split.");

  // Every function of the rest that the first module may reach has a place in the table.
  const listed = listedIn(elements);
  const place = new Map(listed.map((name, at) => [name, at + 1]));
  const reached = new Set([...listed, ...first.flatMap(({ calls }) => calls), ...of("export").map(exportedBy)].filter((name) => later.has(name)));
  let places = listed.length + 1;
  for (const name of reached) if (!place.has(name)) place.set(name, places++);
  const grown = (text) => text.replace(/ \d+( \d+)? funcref/, ` ${places} ${places} funcref`);

  const shapes = new Map();
  const shape = (signature) => {
    const text = unnamed(signature);
    if (!shapes.has(text)) shapes.set(text, `$shape${shapes.size}`);
    return shapes.get(text);
  };
  const stubs = [...reached].map((name) => {
    const signature = signatureOf(bodies.get(name));
    const given = signature.params.map((_, at) => ` (local.get $${at})`).join("");
    const call = `(call_indirect ${nameOf(table)} (type ${shape(signature)})${given} (i32.const ${place.get(name)}))`;
    return ` (func ${name}${written(signature)}\n  (call $need_rest)\n  ${call}\n )`;
  });
  // Alike ones side by side: they compress to little.
  stubs.sort((a, b) => a.split("\n")[2].localeCompare(b.split("\n")[2]));

  const imports = new Map(of("import").map((text) => [importedBy(text), text]));
  const fromFirst = [...new Set(rest.flatMap(({ calls }) => calls))].filter((name) => !later.has(name));
  const lent = fromFirst.filter((name) => !imports.has(name));
  const lend = (name) => ` (export "_${lent.indexOf(name).toString(36)}" (func ${name}))`;
  const borrow = (name) =>
    imports.get(name) ?? ` (import "first" "_${lent.indexOf(name).toString(36)}" (func ${name}${unnamed(signatureOf(bodies.get(name)))}))`;
  const shared = (text, name) => text.replace(/^ \((\w+) (\S+) (.*)\)$/, ` (import "first" "${name}" ($1 $2 $3))`);
  const globalFrom = (text, at) => text.replace(/^ \(global (\S+) \(mut i32\).*$/, ` (import "first" "global${at}" (global $1 (mut i32)))`);

  return {
    first: [
      "(module",
      ...of("type"),
      ...[...shapes].map(([text, name]) => ` (type ${name} (func${text}))`),
      ...of("import"),
      ` (import "${GLUE}" "need_rest" (func $need_rest))`,
      ...globals,
      memory,
      ...data.first,
      grown(table),
      ...(references ? [references] : []),
      elements,
      ...of("export"),
      ...lent.map(lend),
      ` (export "table" (table ${nameOf(table)}))`,
      ...globals.map((text, at) => ` (export "global${at}" (global ${nameOf(text)}))`),
      ...first.map(({ text }) => text),
      ...stubs,
      ")",
    ].join("\n"),
    rest: [
      "(module",
      ...of("type"),
      ...fromFirst.map(borrow),
      shared(memory, "memory"),
      shared(grown(table), "table"),
      ...(references ? [shared(references, "__wbindgen_externrefs")] : []),
      ...globals.map(globalFrom),
      ...data.rest,
      ...[...reached].map((name) => ` (elem (table ${nameOf(table)}) (i32.const ${place.get(name)}) func ${name})`),
      ...rest.map(({ text }) => text),
      ")",
    ].join("\n"),
    counts: { first: first.length, rest: rest.length, stubs: stubs.length, lent: lent.length, movedData: data.moved },
  };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { wat: { type: "string" }, library: { type: "string" }, list: { type: "string" }, out: { type: "string" }, count: { type: "string" }, names: { type: "string" } },
  });
  if (values.wat && values.count) {
    const counted = count(readFileSync(values.wat, "utf8"));
    writeFileSync(values.count, counted.wat);
    writeFileSync(values.names, JSON.stringify(counted.names));
  } else if (values.wat && values.out) {
    const listed = new Set(readFileSync(values.list, "utf8").split("\n").filter((line) => /^[0-9a-f]{10}$/.test(line)));
    const two = split(readFileSync(values.wat, "utf8"), readLibrary(readFileSync(values.library)), (name) => listed.has(digestOf(name)));
    writeFileSync(join(values.out, "first.wat"), two.first);
    writeFileSync(join(values.out, "rest.wat"), two.rest);
    console.log(JSON.stringify(two.counts));
  }
}
