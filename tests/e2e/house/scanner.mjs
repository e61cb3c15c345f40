// A phone's scanner, as far as one can be had without a phone: a picture of the screen, perhaps blurred, cut or
// turned, read by a decoder that shares no code with what drew it.

import { jsQR, PNG } from "./packages.mjs";

/** A picture of an element with what is around it: what a camera sees. */
export async function picture(element) {
  return PNG.sync.read(await element.screenshot());
}

/** The text of the code in a picture, or null. */
export function scan({ data, width, height }) {
  const found = jsQR(new Uint8ClampedArray(data.buffer, data.byteOffset, data.length), width, height, { inversionAttempts: "dontInvert" });
  return found ? found.data : null;
}

/** Each point the mean of the points around it: a lens that is not in focus. */
export function blurred({ data, width, height }, radius) {
  const out = Buffer.alloc(data.length, 255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let colour = 0; colour < 3; colour += 1) {
        let sum = 0;
        let count = 0;
        for (let dy = -radius; dy <= radius; dy += 1) {
          for (let dx = -radius; dx <= radius; dx += 1) {
            const [atX, atY] = [x + dx, y + dy];
            if (atX < 0 || atY < 0 || atX >= width || atY >= height) continue;
            sum += data[(atY * width + atX) * 4 + colour];
            count += 1;
          }
        }
        out[(y * width + x) * 4 + colour] = sum / count;
      }
    }
  }
  return { data: out, width, height };
}

/** The picture with a white patch over a share of its width, from the bottom right: a thumb on the screen. */
export function covered({ data, width, height }, share) {
  const out = Buffer.from(data);
  for (let y = Math.floor(height * (1 - share)); y < height; y += 1) {
    for (let x = Math.floor(width * (1 - share)); x < width; x += 1) out.fill(255, (y * width + x) * 4, (y * width + x) * 4 + 4);
  }
  return { data: out, width, height };
}

/** Without the last share of its lines: a code that is half off the screen. */
export function cut({ data, width, height }, share) {
  const lines = Math.floor(height * (1 - share));
  return { data: Buffer.from(data.subarray(0, lines * width * 4)), width, height: lines };
}

/** Upside down: the person holds the phone towards the other. */
export function turned({ data, width, height }) {
  const out = Buffer.alloc(data.length);
  for (let at = 0; at < width * height; at += 1) data.copy(out, (width * height - 1 - at) * 4, at * 4, at * 4 + 4);
  return { data: out, width, height };
}
