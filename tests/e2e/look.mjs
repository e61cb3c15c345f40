// Walks through the first journeys and keeps a picture of every screen at three sizes, and all of a size on one sheet.
//
//   ./dev look FOLDER                 every screen at three sizes, and sheets of them
//   ./dev look FOLDER ur ar           the screens with the most words, on a phone, in these languages

import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { built } from "./house/page_server.mjs";
import { say } from "./house/person.mjs";
import { WORRY } from "./house/screens.mjs";
import { ons4, startTown } from "./house/visit.mjs";

const SIZES = { phone: { width: 320, height: 640 }, tablet: { width: 820, height: 1180 }, desktop: { width: 1280, height: 800 } };

const [folderName = "screens", ...languages] = process.argv.slice(2);
const folder = resolve(folderName);
mkdirSync(folder, { recursive: true });
const town = await startTown({ offers: ["ons4", "loneliness", "what-matters-to-me"], instead: { "/worry.json": { body: WORRY } } });

/** The start page, help now, a question, an explanation and the check page in one language. */
async function inLanguage(language) {
  const person = await town.somebody({ viewport: SIZES.phone, isMobile: true, hasTouch: true });
  const said = (key) => built(`words/${language}.json`)[key];
  const keep = (name) => person.tab.screenshot({ path: join(folder, `${language}-${name}.png`), fullPage: true });
  await person.tab.goto(`${person.address}?lang=${language}`);
  await person.sees(said("start.title"));
  await person.tab.getByRole("button", { name: new RegExp(`^${said("start.begin")}`) }).first().waitFor();
  await keep("start");
  await person.tab.locator("header summary").filter({ hasText: said("shell.help-now") }).click();
  await keep("help");
  await person.tab.goto(`${person.address}?lang=${language}&instrument=ons4`);
  await person.tab.locator("[data-app] h1").waitFor();
  const begin = person.tab.getByRole("button", { name: said("start.begin"), exact: true });
  if (await begin.isVisible()) await begin.click();
  await person.sees(ons4()[0].text);
  await person.chooses(7);
  await person.reads(said("kept.saved"));
  await person.tab.locator("header summary").filter({ hasText: said("language.label") }).click();
  await keep("question");
  await person.leaves();
}

/** Every picture of one size on one sheet, small, each with its name. */
async function sheet(size, names) {
  const context = await town.browser.visitor({ viewport: { width: 1200, height: 800 } });
  const tab = await context.newPage();
  const picture = (name) => {
    const data = readFileSync(join(folder, `${size}-${name}.png`)).toString("base64");
    return `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${data}"></figure>`;
  };
  const style = `body { margin: 12px; font: 11px sans-serif; columns: ${COLUMNS[size]}; column-gap: 10px }
    figure { margin: 0 0 12px; break-inside: avoid } img { inline-size: 100%; border: 1px solid #999 }`;
  await tab.setContent(`<style>${style}</style>${names.map(picture).join("")}`);
  await tab.screenshot({ path: join(folder, `sheet-${size}.png`), fullPage: true });
  await context.close();
}

const COLUMNS = { phone: 9, tablet: 6, desktop: 5 };

/** Every screen at one size. */
async function everyScreen(size) {
  const viewport = SIZES[size];
  const touch = { viewport, isMobile: size !== "desktop", hasTouch: size !== "desktop" };
  const names = [];
  const keep = async (person, name) => {
    names.push(name);
    await person.tab.screenshot({ path: join(folder, `${size}-${name}.png`), fullPage: true });
  };
  const [first, ...rest] = ons4();
  const settings = (person) => person.tab.locator("header summary").filter({ hasText: say("settings.label") });
  town.configure({});
  const person = await town.somebody(touch);
  await person.opens();
  await settings(person).waitFor();
  await person.reads(say("start.choose"));
  await keep(person, "start");
  await settings(person).click();
  await keep(person, "settings");
  await settings(person).click();
  await person.tab.getByRole("button", { name: new RegExp(`^${say("start.begin")}`) }).first().click();
  await person.reads(say("before.why"));
  await keep(person, "before");
  await person.presses(say("start.begin"));
  await person.sees(first.text);
  await keep(person, "scale");
  await person.presses(say("start.explain-link"));
  await person.sees("What is social prescribing?");
  await keep(person, "explanation");
  await person.presses(say("explain.easy"));
  await person.tab.locator(".wm-easy").waitFor();
  await keep(person, "easy-read");
  // The two versions are two entries in the browser's history, or one: Back until the question is there.
  const asked = person.tab.getByRole("heading", { level: 1, name: first.text });
  while (!(await asked.isVisible())) await person.presses(say("shell.back"));
  await person.chooses(7);
  await person.reads(say("kept.saved"));
  await person.presses(say("shell.later"));
  await person.sees(say("later.title"));
  await keep(person, "stop-for-now");
  await person.presses(say("pause.carry-on"));
  await person.sees(first.text);
  await person.presses(say("shell.stop"));
  await person.sees(say("stop.title"));
  await keep(person, "stop");
  await person.presses(say("stop.cancel"));
  await person.sees(first.text);
  await person.continues();
  for (const { text } of rest) {
    await person.sees(text);
    await person.presses(say("ask.skip"));
  }
  await person.sees("About today");
  await keep(person, "circumstances");
  await person.presses(say("ask.alone-at-home"));
  await person.sees(say("check.title"));
  await keep(person, "check");
  await person.presses(say("check.send"));
  await person.sees(say("done.sent"));
  await person.presses(say("copy.keep"));
  await person.reads(/A copy is kept on this device until \d/);
  await keep(person, "sent");

  // The second visit, with the copy of the first.
  await person.opens("?instrument=ons4");
  await person.sees(first.text);
  await person.chooses(4);
  await person.continues();
  for (const { text } of rest) {
    await person.sees(text);
    await person.presses(say("ask.skip"));
  }
  await person.sees("About today");
  await person.presses(say("ask.alone-at-home"));
  await person.sees(say("check.title"));
  await person.presses(say("check.send"));
  await person.sees(say("done.sent"));
  await person.reads(say("answered.lead"));
  await keep(person, "second-visit");

  // Our own measure: pictures beside words, and a box to write in.
  await person.opens("?instrument=what-matters-to-me");
  await person.sees("What matters to you most right now?");
  await keep(person, "areas");
  await person.chooses("My home and where I live");
  await person.continues();
  await person.sees("Would you like to say more, in your own words?");
  await keep(person, "own-words");
  await person.leaves();

  // Help now, and help before the next question.
  const worried = await town.somebody(touch);
  await worried.opens("?questionnaire=worry.json");
  await worried.sees(WORRY.item[0].text);
  await worried.tab.getByText(say("shell.help-now")).filter({ visible: true }).click();
  await keep(worried, "help-now");
  await worried.tab.getByText(say("shell.help-now")).filter({ visible: true }).click();
  await worried.chooses("Often");
  await worried.continues();
  await worried.sees(say("pause.title"));
  await keep(worried, "help-first");
  await worried.presses(say("pause.skip-rest"));
  await worried.sees(say("check.title"));
  await worried.presses(say("check.send"));
  await worried.sees(say("done.sent"));
  await keep(worried, "sent-with-help");
  await worried.opens("?questionnaire=missing.json");
  await worried.sees(say("trouble.title"));
  await keep(worried, "trouble");
  await worried.leaves();

  // The languages with the tallest letters and the longest words.
  for (const language of ["ur", "ar", "pa"]) {
    const reader = await town.somebody(touch);
    const said = (key) => built(`words/${language}.json`)[key];
    await reader.tab.goto(`${reader.address}?lang=${language}`);
    await reader.sees(said("start.title"));
    await reader.reads(said("start.choose"));
    await keep(reader, `start-${language}`);
    await reader.tab.goto(`${reader.address}?lang=${language}&instrument=what-matters-to-me`);
    await reader.tab.getByRole("checkbox").first().waitFor();
    await keep(reader, `areas-${language}`);
    await reader.leaves();
  }

  // A device that many people use, and the dark colours with the largest letters.
  const dark = await town.somebody(touch);
  await dark.opens("?instrument=ons4");
  await dark.sees(first.text);
  await settings(dark).click();
  for (const key of ["settings.largest", "settings.dark"]) await dark.presses(say(key));
  await settings(dark).click();
  await keep(dark, "dark-largest");
  await dark.leaves();
  await sheet(size, names);
}

try {
  if (languages.length) town.configure({ languages: ["en-GB", ...languages] });
  for (const language of languages) await inLanguage(language);
  if (languages.length === 0) for (const size of Object.keys(SIZES)) await everyScreen(size);
} finally {
  await town.close();
}
console.log(`The pictures are in ${folder}`);
