// Lists what runs until the first question is shown, for `./dev first-question`: a page built with a counter in
// every piece of every function is opened in Chromium, and the rest of the code is never sent.
//
//   node tests/e2e/first_question.mjs PLACES.json LIST.txt
//
// What one visit happens not to do, another may: so each questionnaire of the demonstration practice is opened, on
// a quick device and on a slow one, and by its address with a practice that has set other things; and once somebody
// comes back.
//
// Also writes that question into the template of public/index.html, as it was drawn.

import { readFileSync, writeFileSync } from "node:fs";
import { listOf } from "../../.dev/counting.mjs";
import { startBrowser } from "./house/browser.mjs";
import { firstPage, templateOf, withTemplate } from "./house/first_page.mjs";
import { built, startPage } from "./house/page_server.mjs";

const [places, list] = process.argv.slice(2);
/** The room that a first visit reserves (src/store/keys.rs). */
const KEPT = "wm/1/pad";
const CONFIGURATION = "config/demonstration.json";
const PAGE = new URL("../../public/index.html", import.meta.url);

/** A practice with the settings that most have. */
function ordinary() {
  const { version, questionnaires, whatHappensNext } = built(CONFIGURATION);
  return {
    version,
    practice: { name: "Beispiel & Söhne’s Surgery", phone: "0117 496 0123" },
    linkWorker: "social prescriber",
    whatHappensNext: whatHappensNext.slice(0, 1),
    questionnaires: questionnaires.map(({ id, url }) => ({ id, url })).reverse(),
    collect: { fhir: { base: "https://fhir.example/r4/" } },
  };
}

/** A new visitor's page, to whom the rest of the code is never sent. */
async function visitor(browser) {
  const tab = await (await browser.visitor()).newPage();
  await tab.route(/what_matters_rest.*\.wasm$/, () => {});
  return tab;
}

const ranIn = (tab) => tab.evaluate(() => [...globalThis.counted]);

/** The numbers of what one visit ran. */
async function visit(browser, address, slower) {
  const tab = await visitor(browser);
  if (slower > 1) {
    const session = await tab.context().newCDPSession(tab);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  }
  await tab.goto(address);
  await tab.locator("[data-app] :is(input, textarea, select)").first().waitFor();
  // What follows the first paint by itself: effects, timers, the stores' last answers.
  await new Promise((done) => setTimeout(done, 1_500 * slower));
  const ran = await ranIn(tab);
  await tab.context().close();
  return ran;
}

/** Writes the first question of the page's template into it. */
async function drawFirst(browser, address) {
  const html = readFileSync(PAGE, "utf8");
  const tab = await visitor(browser);
  await tab.goto(`${address}?instrument=${templateOf(html).id}`);
  await tab.locator("[data-app] input").first().waitFor();
  writeFileSync(PAGE, withTemplate(html, await firstPage(tab)));
  await tab.context().close();
}

/** The same where something of ours is on the device: the page waits for the rest, and must come so far. */
async function visitAgain(browser, address) {
  const tab = await visitor(browser);
  await tab.addInitScript((key) => localStorage.setItem(key, "0"), KEPT);
  await tab.goto(address);
  await new Promise((done) => setTimeout(done, 2_000));
  const ran = await ranIn(tab);
  await tab.context().close();
  return ran;
}

const browser = await startBrowser();
const practices = [await startPage(), await startPage({ instead: { [`/${CONFIGURATION}`]: { body: ordinary() } } })];
try {
  const ran = new Set();
  const [first, second] = practices.map(({ address }) => address);
  for (const { id, url } of built(CONFIGURATION).questionnaires) {
    for (const address of [`${first}?instrument=${id}`, `${second}?questionnaire=${url}`]) {
      for (const slower of [1, 4]) for (const at of await visit(browser, address, slower)) ran.add(at);
    }
  }
  for (const at of await visitAgain(browser, first)) ran.add(at);
  await drawFirst(browser, first);
  const all = JSON.parse(readFileSync(places, "utf8"));
  const lines = listOf(all, ran);
  writeFileSync(list, `${lines.join("\n")}\n`);
  const run = all.filter(({ name }, at) => name && ran.has(at));
  console.log(`${run.length} of ${all.filter(({ name }) => name).length} functions run until the first question is shown.`);
} finally {
  await browser.close();
  for (const page of practices) await page.stop();
}
