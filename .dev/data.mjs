// Which of the program's constant data the first of the two modules needs.
//
// An object is needed if a function of the first module names it, or another that is needed points to it. What
// is written to while running always is, and what no symbol covers. Everything else may come with the rest.

import { lasting } from "./wat.mjs";

const ESCAPES = { n: 10, t: 9, r: 13, '"': 34, "'": 39, "\\": 92 };

/** The bytes of a data segment as text, and where they go. */
export function segmentIn(text) {
  const [, start, body] = /^ \(data (?:\$\S+ )?\(i32\.const (\d+)\) "((?:[^"\\]|\\.)*)"\)$/.exec(text) ?? [];
  if (body === undefined) throw new Error(`A data segment is not what it was: ${text.slice(0, 60)}`);
  const bytes = [];
  for (const [one, , hex, escape] of body.matchAll(/(\\([0-9a-f]{2})|\\(.)|[\s\S])/g)) {
    bytes.push(hex ? parseInt(hex, 16) : escape ? ESCAPES[escape] : one.charCodeAt(0));
  }
  return { at: Number(start), bytes: Uint8Array.from(bytes) };
}

const written = (at, bytes) => {
  const letters = Array.from(bytes, (byte) =>
    byte >= 32 && byte < 127 && byte !== 34 && byte !== 92 ? String.fromCharCode(byte) : `\\${byte.toString(16).padStart(2, "0")}`,
  );
  return ` (data (i32.const ${at}) "${letters.join("")}")`;
};

/** Fewer bytes are not worth a segment of their own. */
const WORTH = 16;

/** Segments as text in two. `library` is what readLibrary gives, `first` the names of the first module's functions. */
export function divide(segments, library, first) {
  const needed = new Set();
  const waiting = [];
  const need = (object) => {
    if (needed.has(object)) return;
    needed.add(object);
    waiting.push(object);
  };
  const links = [...library.links].sort((a, b) => a.from - b.from);
  const covered = (address) => library.objects.some(({ at, size }) => at < library.readOnlyEnd && address >= at && address < at + size);
  for (const name of first) {
    const objects = library.uses.get(lasting(name));
    // What wasm-bindgen puts around a function names no data of its own.
    if (!objects && !/ (externref|multivalue) shim$|^__wbindgen|^__externref/.test(name)) throw new Error(`The library has no function ${name}.`);
    for (const object of objects ?? []) need(object);
  }
  for (const { from, to } of links) if (!covered(from)) need(to);
  while (waiting.length) {
    const { at, size } = waiting.pop();
    for (const { from, to } of links) if (from >= at && from < at + size) need(to);
  }

  // Bytes that an object has which nothing needs, and no other object.
  const state = new Map();
  for (const object of library.objects) {
    if (object.at >= library.readOnlyEnd) continue;
    for (let at = object.at; at < object.at + object.size; at += 1) state.set(at, needed.has(object) || state.get(at) === true);
  }
  const texts = { first: [], rest: [], moved: 0, isFirst: (address) => state.get(address) !== false };
  for (const { at, bytes } of segments.map(segmentIn)) {
    const runs = [];
    for (let place = 0; place < bytes.length; place += 1) {
      const isRest = state.get(at + place) === false;
      const run = runs[runs.length - 1];
      if (run && run.isRest === isRest) run.end = place + 1;
      else runs.push({ isRest, start: place, end: place + 1 });
    }
    for (const run of runs) if (run.isRest && run.end - run.start < WORTH) run.isRest = false;
    for (const [index, run] of runs.entries()) {
      const before = runs[index - 1];
      if (before && before.isRest === run.isRest) run.start = before.start;
      if (runs[index + 1]?.isRest === run.isRest) continue;
      const cut = written(at + run.start, bytes.subarray(run.start, run.end));
      texts[run.isRest ? "rest" : "first"].push(cut);
      if (run.isRest) texts.moved += run.end - run.start;
    }
  }
  return texts;
}
