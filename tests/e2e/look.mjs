// Goes every walk of house/screens.mjs and keeps a picture of every screen, and all of a size on one sheet.
//
//   ./dev look FOLDER                 every screen at three sizes, and sheets of them
//   ./dev look FOLDER ur ar           the walks that are gone in these languages, on a phone

import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { MADE, WALKS } from "./house/screens.mjs";
import { startTown } from "./house/visit.mjs";
import { setsOut } from "./house/walker.mjs";

const SIZES = { phone: { width: 320, height: 640 }, tablet: { width: 820, height: 1180 }, desktop: { width: 1280, height: 800 } };
const COLUMNS = { phone: 12, tablet: 11, desktop: 8 };
const MOTIONLESS = { reducedMotion: "reduce" };

const [folderName = "screens", ...languages] = process.argv.slice(2);
const folder = resolve(folderName);
mkdirSync(folder, { recursive: true });
const town = await startTown({ instead: MADE });
const file = (name) => join(folder, `${name}.png`);

/** The pictures of one walk, as `<before>-<screen>`. */
async function pictures(walk, size, { language = "en-GB", before = size } = {}) {
  const names = [];
  const touch = size !== "desktop";
  const look = async (screen) => {
    names.push(`${before}-${screen}`);
    await person.tab.screenshot({ path: file(`${before}-${screen}`), fullPage: true });
  };
  const person = await setsOut(town, walk, { language, look, viewport: SIZES[size], isMobile: touch, hasTouch: touch, ...MOTIONLESS });
  await walk.go(person);
  await person.leaves();
  return names;
}

/** One screen as people who see less well have it. */
async function settled(size) {
  const name = `${size}-dark-largest`;
  const touch = size !== "desktop";
  const [walk] = WALKS;
  const person = await setsOut(town, walk, { look() {}, viewport: SIZES[size], isMobile: touch, hasTouch: touch, ...MOTIONLESS });
  await person.opens("?instrument=ons4");
  await person.opensInHeader("settings.label");
  for (const key of ["settings.largest", "settings.dark"]) await person.presses(key);
  await person.opensInHeader("settings.label");
  await person.tab.screenshot({ path: file(name), fullPage: true });
  await person.leaves();
  return [name];
}

/** The set-up page, which is for practices. */
async function setUp(size) {
  const name = `${size}-set-up`;
  const person = await town.somebody({ viewport: SIZES[size] });
  await person.tab.goto(`${person.address}setup.html`);
  await person.tab.getByRole("heading", { level: 2 }).first().waitFor();
  await person.tab.screenshot({ path: file(name), fullPage: true });
  await person.leaves();
  return [name];
}

/** Every picture of one size on one sheet, small, each with its name. */
async function sheet(size, names) {
  const context = await town.browser.visitor({ viewport: { width: 1400, height: 800 } });
  const tab = await context.newPage();
  const picture = (name) => {
    const data = readFileSync(file(name)).toString("base64");
    return `<figure><figcaption>${name.slice(size.length + 1)}</figcaption><img src="data:image/png;base64,${data}"></figure>`;
  };
  const style = `body { margin: 10px; font: 9px sans-serif; display: grid; grid-template-columns: repeat(${COLUMNS[size]}, 1fr); gap: 8px }
    figure { margin: 0 } img { inline-size: 100%; max-block-size: 420px; object-fit: cover; object-position: top; border: 1px solid #999 }`;
  await tab.setContent(`<!doctype html><style>${style}</style>${names.map(picture).join("")}`);
  await tab.screenshot({ path: file(`sheet-${size}`), fullPage: true });
  await context.close();
}

try {
  for (const language of languages) {
    for (const walk of WALKS.filter((walk) => walk.languages?.includes(language))) await pictures(walk, "phone", { language, before: language });
  }
  for (const size of languages.length ? [] : Object.keys(SIZES)) {
    const names = [];
    for (const walk of WALKS) names.push(...(await pictures(walk, size)));
    names.push(...(await settled(size)), ...(await setUp(size)));
    await sheet(size, names);
    console.log(`${size}: ${names.length} screens`);
  }
} finally {
  await town.close();
}
console.log(`The pictures are in ${folder}`);
