// Splits the WASM in two: what the first question runs, and the rest, which comes while the person reads it.
//
//   node .dev/split.mjs --wat whole.wat --library what_matters.wasm --list .dev/first-question.txt --out DIR     first.wat, rest.wat
//
// The list holds what ran until the first question was shown, in a real browser (`./dev first-question`,
// .dev/counting.mjs). A function that is not on it goes into the rest, and so does what .dev/outline.mjs takes out
// of those that are. The first module calls it through the table, where the rest puts it when it arrives; a call
// before that asks the loader (public/loader.js, `need_rest`) to fetch the rest at once. So a list that is out of
// date costs speed and nothing else.

import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readList } from "./counting.mjs";
import { divide } from "./data.mjs";
import { readLibrary } from "./library.mjs";
import { outline } from "./outline.mjs";
import { isList, parse, printFunction } from "./pieces.mjs";
import { callsOf, exportedBy, forms, importedBy, lasting, listedIn, nameOf, plain, signatureOf, unnamed, written } from "./wat.mjs";

/** Names the module that wasm-bindgen's imports come from. */
const GLUE = "./what_matters_bg.js";

/** Functions in the order that compresses best: the few called most have the shortest numbers, then like stands beside like. */
function inOrder(functions) {
  const called = new Map();
  for (const text of functions) for (const name of callsOf(text)) called.set(name, (called.get(name) ?? 0) + 1);
  const uses = (text) => called.get(nameOf(text)) ?? 0;
  const shape = new Map(functions.map((text) => [text, unnamed(signatureOf(text))]));
  const [often, others] = [[...functions].sort((a, b) => uses(b) - uses(a)), []];
  others.push(...often.splice(OFTEN));
  others.sort((a, b) => (shape.get(a) === shape.get(b) ? a.length - b.length : shape.get(a) < shape.get(b) ? -1 : 1));
  return [...often, ...others];
}
/** How many functions are sorted by their calls. */
const OFTEN = 20;

/**
 * Two modules from one. `isFirst` says whether a function, by its name, belongs in the first, `isNever` whether a
 * piece of one, by its key, does not; `library` is what readLibrary says.
 */
export function split(wat, library, isFirst, isNever) {
  const all = forms(outline(wat, isFirst, isNever));
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

  // Every function of the rest that the first module may reach has a place in the table, behind the program's own.
  const listed = listedIn(elements);
  const exported = of("export").map(exportedBy);
  const place = new Map(listed.map((name, at) => [name, at + 1]));
  const reached = new Set([...listed, ...first.flatMap(({ calls }) => calls), ...exported].filter((name) => later.has(name)));
  let places = listed.length + 1;
  for (const name of reached) if (!place.has(name)) place.set(name, places++);

  const shapes = new Map();
  const shape = (signature) => {
    const text = unnamed(signature);
    if (!shapes.has(text)) shapes.set(text, { name: `$shape${shapes.size}`, signature });
    return shapes.get(text).name;
  };
  const through = (name) => shape(signatureOf(bodies.get(name))).replace("shape", "through");
  // A call of the rest gives the place as well to a function that knows whether the rest is there.
  const rerouted = (node) => {
    if (!isList(node)) return node;
    const [what, name, ...given] = node.map(rerouted);
    if (what !== "call" || !later.has(name)) return [what, ...(name === undefined ? [] : [name]), ...given];
    return ["call", through(name), ...given, ["i32.const", String(place.get(name))]];
  };
  const stays = first.map(({ text, calls }) => (calls.some((name) => later.has(name)) ? printFunction(rerouted(parse(text))) : text));

  // Where the first module may take a function's place in the table, or JavaScript its export, a stub stands in.
  const taken = new Set(first.flatMap(({ name }) => [...(library.takes.get(lasting(plain(name))) ?? [])]));
  for (const { from, to } of library.places) if (data.isFirst(from)) taken.add(to);
  const isTaken = (name) => !library.takes.has(lasting(plain(name))) || taken.has(lasting(plain(name)));
  const stubbed = new Set([...listed.filter(isTaken), ...exported].filter((name) => later.has(name)));
  const given = ({ params }) => params.map((_, at) => ` (local.get $${at})`).join("");
  const stubs = [...stubbed].map((name) => {
    const signature = signatureOf(bodies.get(name));
    return ` (func ${name}${written(signature)}\n  (call ${through(name)}${given(signature)} (i32.const ${place.get(name)}))\n )`;
  });
  const throughs = [...shapes.values()].map(({ name, signature }) => {
    const { params, result } = signature;
    const head = ` (func ${name.replace("shape", "through")}${written({ params: [...params, "i32"], result })}`;
    const wait = "(if (i32.eqz (global.get $here)) (then (call $need_rest) (global.set $here (i32.const 1))))";
    return `${head}\n  ${wait}\n  (call_indirect ${nameOf(table)} (type ${name})${given(signature)} (local.get $${params.length}))\n )`;
  });
  const filled = listed.map((name) => (later.has(name) && !stubbed.has(name) ? "$nobody" : name));
  const ordered = inOrder([...stays, ...stubs]);

  // What the rest calls of the first module stands in the table behind all others: the loader gives it by its place.
  const imports = new Map(of("import").map((text) => [importedBy(text), text]));
  const fromFirst = [...new Set(rest.flatMap(({ calls }) => calls))].filter((name) => !later.has(name));
  const asked = new Set(fromFirst.filter((name) => !imports.has(name)));
  const lent = ordered.map(nameOf).filter((name) => asked.has(name));
  const lentAt = new Map(lent.map((name, at) => [name, places + at]));
  const borrow = (name) =>
    imports.get(name) ?? ` (import "first" "${lentAt.get(name)}" (func ${name}${unnamed(signatureOf(bodies.get(name)))}))`;
  const size = places + lent.length;
  const grown = (text) => text.replace(/ \d+( \d+)? funcref/, ` ${size} ${size} funcref`);
  const shared = (text, name) => text.replace(/^ \((\w+) (\S+) (.*)\)$/, ` (import "first" "${name}" ($1 $2 $3))`);
  const globalFrom = (text, at) => text.replace(/^ \(global (\S+) \(mut i32\).*$/, ` (import "first" "global${at}" (global $1 (mut i32)))`);
  const putAt = (at, names) => ` (elem (table ${nameOf(table)}) (i32.const ${at}) func ${names.join(" ")})`;

  return {
    first: [
      "(module",
      ...of("type"),
      ...[...shapes].map(([text, { name }]) => ` (type ${name} (func${text}))`),
      ...of("import"),
      ` (import "${GLUE}" "need_rest" (func $need_rest))`,
      ...globals,
      " (global $here (mut i32) (i32.const 0))",
      memory,
      ...data.first,
      grown(table),
      ...(references ? [references] : []),
      putAt(1, filled),
      ...(lent.length ? [putAt(places, lent)] : []),
      ...of("export"),
      ` (export "table" (table ${nameOf(table)}))`,
      ...globals.map((text, at) => ` (export "global${at}" (global ${nameOf(text)}))`),
      ...ordered,
      ...throughs,
      " (func $nobody\n  (unreachable)\n )",
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
      ...[...reached].map((name) => putAt(place.get(name), [name])),
      ...rest.map(({ text }) => text),
      ")",
    ].join("\n"),
    counts: { first: first.length, rest: rest.length, stubs: stubs.length, lent: lent.length, movedData: data.moved },
  };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const text = { type: "string" };
  const { values } = parseArgs({ options: { wat: text, library: text, list: text, out: text } });
  const { ran, isNever } = readList(readFileSync(values.list, "utf8"));
  const two = split(readFileSync(values.wat, "utf8"), readLibrary(readFileSync(values.library)), ran, isNever);
  writeFileSync(join(values.out, "first.wat"), two.first);
  writeFileSync(join(values.out, "rest.wat"), two.rest);
  console.log(JSON.stringify(two.counts));
}
