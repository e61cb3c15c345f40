// Pictures of parts of a page, compared: what changed so that an eye can see it.

import { inflateSync } from "node:zlib";

/** A PNG as Chromium makes them (8 bits a channel, not interlaced): `{ width, height, light }`, `light` row by row. */
export function readPicture(bytes) {
  const chunks = [];
  let width = 0;
  let height = 0;
  let channels = 0;
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString("latin1", at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (kind === "IHDR") {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      channels = { 2: 3, 6: 4 }[body[9]];
      if (body[8] !== 8 || !channels || body[12] !== 0) throw new Error("not a picture of the kind that Chromium makes");
    }
    if (kind === "IDAT") chunks.push(body);
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(chunks));
  const stride = width * channels;
  const lines = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const left = x < channels ? 0 : lines[y * stride + x - channels];
      const up = y === 0 ? 0 : lines[(y - 1) * stride + x];
      const corner = x < channels || y === 0 ? 0 : lines[(y - 1) * stride + x - channels];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      lines[y * stride + x] = raw[y * (stride + 1) + 1 + x] + guess;
    }
  }
  const light = Float64Array.from({ length: width * height }, (_, at) => luminance(lines.subarray(at * channels, at * channels + 3)));
  return { width, height, light };
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((one) => Math.abs(guess - one));
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** Relative luminance (WCAG 2.2, "relative luminance"). */
function luminance([red, green, blue]) {
  const linear = (value) => (value <= 0.04045 * 255 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** How many pixels differ between two pictures of one size by at least this contrast ratio. */
export function changedPixels(one, other, ratio = 3) {
  if (one.width !== other.width || one.height !== other.height) throw new Error("the pictures differ in size");
  let changed = 0;
  for (let at = 0; at < one.light.length; at += 1) {
    const [dark, bright] = one.light[at] < other.light[at] ? [one.light[at], other.light[at]] : [other.light[at], one.light[at]];
    if ((bright + 0.05) / (dark + 0.05) >= ratio) changed += 1;
  }
  return changed;
}
