// Puts a counter into every piece of every function, and makes the list of what the first question runs.
//
//   node .dev/counting.mjs --wat whole.wat --out counted.wat --places places.json

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { holdsStatements, isList, keyOf, parse, pieces, printFunction, startOf, weigh } from "./pieces.mjs";
import { forms, lasting, nameOf } from "./wat.mjs";

/** What a function is called in the list. */
export const digestOf = (name) => createHash("sha256").update(lasting(name)).digest("hex").slice(0, 10);

/** Fewer bytes than this are not worth a line of the list. */
const WORTH = 6;

/**
 * The module with a call to `counted` at the start of every function and of every piece, and what each number
 * stands for: `{ name }` of a function, `{ key, within, weight }` of a piece, `within` the number of what it is part of.
 */
export function count(wat) {
  const places = [];
  const counter = (place) => ["call", "$counted", ["i32.const", String(places.push(place) - 1)]];
  const all = forms(wat);
  const out = all.filter(({ kind }) => kind === "type").map(({ text }) => text);
  out.push(` (import "./what_matters_bg.js" "counted" (func $counted (param i32)))`);
  for (const { kind, text } of all) {
    if (kind === "type") continue;
    if (kind !== "func") {
      out.push(text);
      continue;
    }
    const name = nameOf(text);
    const walk = (node, within) => {
      if (!isList(node)) return node;
      if (!holdsStatements(node)) return node.map((kid) => walk(kid, within));
      const start = startOf(node);
      const counted = pieces(node.slice(start)).flatMap((piece) => {
        const call = counter({ key: keyOf(name, piece), within, weight: weigh(piece) });
        const own = places.length - 1;
        return [call, ...piece.map((kid) => walk(kid, own))];
      });
      return [...node.slice(0, start), ...counted];
    };
    const whole = parse(text);
    const call = counter({ name });
    const done = walk(whole, places.length - 1);
    done.splice(startOf(done), 0, call);
    out.push(printFunction(done));
  }
  return { wat: ["(module", ...out, ")"].join("\n"), places };
}

/** The lines of the list: the functions that ran, then the largest pieces of them that never did. `ran` holds numbers. */
export function listOf(places, ran) {
  const functions = places.filter(({ name }, at) => name && ran.has(at)).map(({ name }) => digestOf(name));
  // A function may hold one piece twice, and have run one of them.
  const done = new Set(places.filter(({ key }, at) => key && ran.has(at)).map(({ key }) => key));
  const never = places
    .filter(({ key, within, weight }, at) => key && !ran.has(at) && ran.has(within) && !done.has(key) && weight >= WORTH)
    .map(({ key }) => key);
  const sorted = (lines) => [...new Set(lines)].sort();
  return [
    "# What runs until the first question is shown: ./dev first-question. Digests of the names of functions that do,",
    ...sorted(functions),
    "# and the keys of the pieces of those functions that do not.",
    ...sorted(never),
  ];
}

/** Whether a function, by its name, is on the list as run, and whether a piece, by its key, as never run. */
export function readList(text) {
  const lines = new Set(text.split("\n"));
  return { ran: (name) => lines.has(digestOf(name)), isNever: (key) => lines.has(key) };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const text = { type: "string" };
  const { values } = parseArgs({ options: { wat: text, out: text, places: text } });
  const counted = count(readFileSync(values.wat, "utf8"));
  writeFileSync(values.out, counted.wat);
  writeFileSync(values.places, JSON.stringify(counted.places));
}
