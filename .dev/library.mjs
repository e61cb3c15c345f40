// The library as the linker left it, with its relocations: which function names which constant data.
//
// Format: WebAssembly tool conventions, Linking.md (sections "linking" and "reloc.*", symbol kinds and relocation
// types by number).

import { lasting } from "./wat.mjs";

const FUNCTION_SYMBOLS = 0;
const DATA_SYMBOLS = 1;
const SYMBOL_TABLE = 8;
const [UNDEFINED, EXPLICIT_NAME] = [0x10, 0x40];
/** Relocations that name an address in memory. */
const ADDRESSES = new Set([3, 4, 5, 11]);
/** Relocations that name a function's place in the table. */
const PLACES = new Set([1, 2, 12]);
/** Relocations that an addend follows. */
const WITH_ADDEND = new Set([3, 4, 5, 8, 9, 11, 14, 15, 16, 17, 18, 19, 21]);

class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  number() {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      scale *= 128;
      if (byte < 128) return value;
    }
  }
  signed() {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      scale *= 128;
      if (byte < 128) return byte & 64 ? value - scale : value;
    }
  }
  text() {
    const length = this.number();
    const text = this.bytes.toString("utf8", this.at, this.at + length);
    this.at += length;
    return text;
  }
}

function sections(bytes) {
  const found = [];
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const length = reader.number();
    const [start, end] = [reader.at, reader.at + length];
    const name = id === 0 ? reader.text() : undefined;
    found.push({ id, name, start, body: reader.at, end });
    reader.at = end;
  }
  return found;
}

function importedFunctions(bytes, { body }) {
  const reader = new Reader(bytes, body);
  let functions = 0;
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.text();
    reader.text();
    const kind = reader.byte();
    if (kind === 0) functions += 1;
    if (kind === 0 || kind === 3) reader.number();
    if (kind === 3) throw new Error("The library imports a global, which this does not read.");
    if (kind === 1) reader.byte();
    if (kind === 1 || kind === 2) {
      const limits = reader.byte();
      reader.number();
      if (limits & 1) reader.number();
    }
  }
  return functions;
}

/** Where each function's code begins, from the start of the section, in order. */
function codeStarts(bytes, { start }) {
  const reader = new Reader(bytes, start);
  const starts = [];
  for (let left = reader.number(); left > 0; left -= 1) {
    const length = reader.number();
    starts.push(reader.at - start);
    reader.at += length;
  }
  return starts;
}

/** Data segments: their place in the section, their address and length. */
function dataSegments(bytes, { start }) {
  const reader = new Reader(bytes, start);
  const found = [];
  for (let left = reader.number(); left > 0; left -= 1) {
    if (reader.number() !== 0) throw new Error("A data segment has no fixed place.");
    if (reader.byte() !== 0x41) throw new Error("A data segment's place is no constant.");
    const address = reader.signed();
    reader.byte();
    const length = reader.number();
    found.push({ from: reader.at - start, address, length });
    reader.at += length;
  }
  return found;
}

/** Symbols by number: `{ at, size }` for data, `{ called }` for functions, nothing for others. */
function symbolsIn(bytes, { body, end }, segments, names) {
  const reader = new Reader(bytes, body);
  if (reader.number() !== 2) throw new Error("The linking section is of another version.");
  while (reader.at < end) {
    const kind = reader.byte();
    const length = reader.number();
    if (kind !== SYMBOL_TABLE) {
      reader.at += length;
      continue;
    }
    const symbols = [];
    for (let left = reader.number(); left > 0; left -= 1) {
      const what = reader.byte();
      const flags = reader.number();
      if (what === DATA_SYMBOLS) {
        reader.text();
        if (flags & UNDEFINED) symbols.push(undefined);
        else {
          const segment = segments[reader.number()];
          symbols.push({ at: segment.address + reader.number(), size: reader.number() });
        }
      } else {
        const index = reader.number();
        if (what !== 3 && (!(flags & UNDEFINED) || flags & EXPLICIT_NAME)) reader.text();
        symbols.push(what === FUNCTION_SYMBOLS ? { called: lasting(names.get(index)) } : undefined);
      }
    }
    return symbols;
  }
  throw new Error("The library has no symbols.");
}

/** Relocations of some types: the place in the section, and the symbol. */
function relocations(bytes, { body }, types, symbols) {
  const reader = new Reader(bytes, body);
  reader.number();
  const found = [];
  for (let left = reader.number(); left > 0; left -= 1) {
    const type = reader.byte();
    const at = reader.number();
    const symbol = reader.number();
    if (WITH_ADDEND.has(type)) reader.signed();
    if (types.has(type) && symbols[symbol]) found.push({ at, symbol: symbols[symbol] });
  }
  return found;
}

function functionNames(bytes, { body, end }) {
  const reader = new Reader(bytes, body);
  const names = new Map();
  while (reader.at < end) {
    const kind = reader.byte();
    const length = reader.number();
    const next = reader.at + length;
    if (kind === 1) for (let left = reader.number(); left > 0; left -= 1) names.set(reader.number(), reader.text());
    reader.at = next;
  }
  return names;
}

/**
 * What the library says of its data: `objects` (`{ at, size }`), `uses`, the objects each function names, by the
 * function's lasting name, `links`, the objects that data points to: `{ from, to }`, `from` an address, and of
 * functions whose place in the table is named, by their lasting names: `takes` by each function, `places` by data.
 */
export function readLibrary(bytes) {
  const all = sections(bytes);
  const numbered = (id) => all.find((section) => section.id === id);
  const named = (name) => all.find((section) => section.name === name);
  for (const name of ["linking", "reloc.CODE", "name"]) if (!named(name)) throw new Error(`The library has no section ${name}.`);
  const segments = dataSegments(bytes, numbered(11));
  const names = functionNames(bytes, named("name"));
  const symbols = symbolsIn(bytes, named("linking"), segments, names);
  const starts = codeStarts(bytes, numbered(10));
  const first = importedFunctions(bytes, numbered(2));

  // Functions that differ in no more than a hash share what they name.
  const byFunction = (types, what) => {
    const found = new Map([...names.values()].map((name) => [lasting(name), new Set()]));
    let current = 0;
    for (const { at, symbol } of relocations(bytes, named("reloc.CODE"), types, symbols).sort((a, b) => a.at - b.at)) {
      while (current + 1 < starts.length && starts[current + 1] <= at) current += 1;
      found.get(lasting(names.get(first + current))).add(what(symbol));
    }
    return found;
  };
  const inData = (types, what) =>
    named("reloc.DATA")
      ? relocations(bytes, named("reloc.DATA"), types, symbols).map(({ at, symbol }) => {
          const segment = segments.find(({ from, length }) => at >= from && at < from + length);
          return { from: segment.address + at - segment.from, to: what(symbol) };
        })
      : [];
  return {
    objects: symbols.filter((symbol) => symbol?.size > 0),
    uses: byFunction(ADDRESSES, (symbol) => symbol),
    links: inData(ADDRESSES, (symbol) => symbol),
    takes: byFunction(PLACES, ({ called }) => called),
    places: inData(PLACES, ({ called }) => called),
    readOnlyEnd: segments[0].address + segments[0].length,
  };
}
