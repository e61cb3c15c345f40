// Which of the program's constant data the first of the two modules needs, by the linker's map.
//
// The linker's map says where each object lies. One is needed if a function of the first module names an address
// in it, or another that is needed points into it. What is written to while running, and what the linker put
// together itself, always is.

/**
 * Read-only objects, as `{ at, size }` in order. Lines: address, offset and size in hexadecimal, then what. The
 * tables of a `match` are left out, and so stay: the compiler may name an address before one and add to it.
 */
export function objectsIn(map) {
  const found = [];
  for (const line of map.split("\n")) {
    const match = /^\s*([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)\s+\S.*:\(\.rodata\.([^)]*)\)$/.exec(line);
    if (match && !match[3].includes("switch")) found.push({ at: parseInt(match[1], 16), size: parseInt(match[2], 16) });
  }
  return found.filter(({ size }) => size > 0).sort((a, b) => a.at - b.at);
}

const ESCAPES = { n: 10, t: 9, r: 13, '"': 34, "'": 39, "\\": 92 };

/** The bytes of a data segment and where they go. */
export function segmentIn(text) {
  const [, start, body] = /^ \(data (?:\$\S+ )?\(i32\.const (\d+)\) "((?:[^"\\]|\\.)*)"\)$/.exec(text) ?? [];
  if (body === undefined) throw new Error(`A data segment is not what it was: ${text.slice(0, 60)}`);
  const bytes = [];
  for (const [one, , hex, escape] of body.matchAll(/(\\([0-9a-f]{2})|\\(.)|[\s\S])/g)) {
    bytes.push(hex ? parseInt(hex, 16) : escape ? ESCAPES[escape] : one.charCodeAt(0));
  }
  return { at: Number(start), bytes: Uint8Array.from(bytes) };
}

const written = ({ at, bytes }) => {
  const text = Array.from(bytes, (byte) =>
    byte >= 32 && byte < 127 && byte !== 34 && byte !== 92 ? String.fromCharCode(byte) : `\\${byte.toString(16).padStart(2, "0")}`,
  );
  return ` (data (i32.const ${at}) "${text.join("")}")`;
};

/**
 * The data in two. `first` are the texts of the functions of the first module. What neither the map nor a
 * segment knows stays where it is.
 */
export function divide(segments, map, first) {
  const objects = objectsIn(map);
  const parts = segments.map(segmentIn);
  const end = Math.max(...parts.map(({ at, bytes }) => at + bytes.length));
  const begin = Math.min(...parts.map(({ at }) => at));
  const byteAt = new Uint8Array(end - begin);
  for (const { at, bytes } of parts) byteAt.set(bytes, at - begin);
  const view = new DataView(byteAt.buffer);

  const needed = new Array(objects.length).fill(false);
  const waiting = [];
  const indexOf = (address) => {
    let [low, high] = [0, objects.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (objects[middle].at + objects[middle].size <= address) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const need = (address) => {
    if (address < begin || address >= end) return;
    const index = indexOf(address);
    if (index === objects.length || objects[index].at > address || needed[index]) return;
    needed[index] = true;
    waiting.push(objects[index]);
  };
  const follow = (from, to) => {
    for (let at = Math.ceil(from / 4) * 4; at + 4 <= to; at += 4) need(view.getUint32(at - begin, true));
  };
  for (const text of first) {
    for (const [, number] of text.matchAll(/(?:i32\.const |offset=)(-?\d+)/g)) need(Number(number));
  }
  // Everything that is no read-only object of ours.
  let last = begin;
  for (const { at, size } of [...objects, { at: end, size: 0 }]) {
    if (at > last) follow(last, at);
    last = Math.max(last, at + size);
  }
  while (waiting.length) {
    const { at, size } = waiting.pop();
    follow(at, at + size);
  }

  const later = objects.filter((_, index) => !needed[index]);
  // Neighbours become one; few bytes alone are not worth a segment of their own.
  const runs = [];
  for (const { at, size } of later) {
    const run = runs[runs.length - 1];
    const isNext = run && objects.every((other, index) => !needed[index] || other.at + other.size <= run.end || other.at >= at);
    if (isNext) run.end = at + size;
    else runs.push({ at, end: at + size });
  }
  const moved = runs.filter((run) => run.end - run.at >= 24);
  const cut = (from, to) => written({ at: from, bytes: byteAt.subarray(from - begin, to - begin) });
  const stays = [];
  for (const { at, bytes } of parts) {
    let from = at;
    for (const run of moved.filter((one) => one.at >= at && one.end <= at + bytes.length)) {
      if (run.at > from) stays.push(cut(from, run.at));
      from = run.end;
    }
    if (from < at + bytes.length) stays.push(cut(from, at + bytes.length));
  }
  const inside = moved.filter((run) => parts.some(({ at, bytes }) => run.at >= at && run.end <= at + bytes.length));
  return { first: stays, rest: inside.map(({ at, end: to }) => cut(at, to)), moved: inside.reduce((sum, run) => sum + run.end - run.at, 0) };
}
