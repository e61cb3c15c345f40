// Lists the functions that run until the first question is shown, for `./dev first-question`: a page built with
// a counter in every function is opened in Chromium, and the rest of the code is never sent.
//
//   node tests/e2e/first_question.mjs NAMES.json LIST.txt

import { readFileSync, writeFileSync } from "node:fs";
import { digestOf } from "../../.dev/split.mjs";
import { startBrowser } from "./house/browser.mjs";
import { startPage } from "./house/page_server.mjs";

const [names, list] = process.argv.slice(2);
const page = await startPage();
const browser = await startBrowser();
try {
  const tab = await (await browser.visitor()).newPage();
  await tab.route(/what_matters_rest.*\.wasm$/, () => {});
  await tab.goto(`${page.address}?instrument=ons4`);
  await tab.getByRole("radio").first().waitFor();
  // What follows the first paint by itself: effects, timers, the stores' last answers.
  await new Promise((done) => setTimeout(done, 1_500));
  const ran = await tab.evaluate(() => [...globalThis.counted]);
  const all = JSON.parse(readFileSync(names, "utf8"));
  const digests = [...new Set(ran.map((at) => digestOf(all[at])))].sort();
  const head = "# Digests of the names of the functions that run until the first question is shown: ./dev first-question";
  writeFileSync(list, `${[head, ...digests].join("\n")}\n`);
  console.log(`${ran.length} of ${all.length} functions run until the first question is shown.`);
} finally {
  await browser.close();
  await page.stop();
}
