// Draws public/icons/*.png from public/icon.svg, in Chromium. Run it when the icon changes:
//
//   WHAT_MATTERS_PACKAGES=... WHAT_MATTERS_CHROMIUM=... node .dev/icons.mjs
//
// Phones cut "maskable" icons into shapes of their own, anything outside a circle of 80 % may go (W3C, Web
// Application Manifest, "maskable"), and iOS rounds what it is given: those have their ground up to the edge.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, setting } from "../tests/e2e/house/packages.mjs";

const folder = fileURLToPath(new URL("../public/icons/", import.meta.url));
const icon = readFileSync(new URL("../public/icon.svg", import.meta.url), "utf8");
const [, ground] = /<rect [^>]*fill="([^"]+)"/.exec(icon);
/** The same drawing on a ground without corners, as much smaller as `scale` says. */
const square = (scale) =>
  icon.replace(/<rect [^>]*\/>(.*)<\/svg>/s, (_, drawing) => {
    const edge = 16 * (1 - scale);
    return `<rect width="32" height="32" fill="${ground}"/><g transform="translate(${edge} ${edge}) scale(${scale})">${drawing}</g></svg>`;
  });

const wanted = [
  ["180", 180, square(0.94)],
  ["192", 192, icon],
  ["512", 512, icon],
  ["maskable-512", 512, square(0.78)],
];
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: setting("WHAT_MATTERS_CHROMIUM"), args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
for (const [name, size, svg] of wanted) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${svg}`);
  writeFileSync(`${folder}${name}.png`, await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
