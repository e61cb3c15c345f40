// docs/developers.md, followed: the measure and the configuration in it are put where it says, and asked.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { startBrowser } from "./house/browser.mjs";
import { watchPage } from "./house/checks.mjs";
import { startPage } from "./house/page_server.mjs";
import { Person, say } from "./house/person.mjs";

const guide = readFileSync(new URL("../../docs/developers.md", import.meta.url), "utf8");
const samples = [...guide.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, text]) => JSON.parse(text));
const measure = samples.find(({ resourceType }) => resourceType === "Questionnaire");
const config = samples.find(({ questionnaires }) => questionnaires?.some(({ id }) => id === measure.id));

describe("the guide for developers", () => {
  let page;
  let browser;
  before(async () => {
    const { url } = config.questionnaires[0];
    page = await startPage({ instead: { [`/${url}`]: { body: measure }, "/config/demonstration.json": { body: config } } });
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await page?.stop();
  });

  it("adds a measure without Rust: it is on the first page, has an address, and its second question follows from the first", async () => {
    const context = await browser.visitor();
    const tab = await context.newPage();
    const person = new Person(tab, page.address);
    const watch = watchPage(tab, { origins: [new URL(page.address).origin], allowed: [/preload/] });
    await person.opens();
    await person.reads(config.practice.name);
    const [first, second] = measure.item.map(({ text }) => text);
    for (const path of [`?instrument=${measure.id}`, `?questionnaire=${config.questionnaires[0].url}`]) {
      await person.opens(path);
      await person.sees(first);
    }
    await person.chooses(say("item.yes"));
    await person.continues();
    await person.sees(second);
    watch.assertClean();
    await context.close();
  });

  it("its other addresses do what it says", async () => {
    const context = await browser.visitor();
    const person = new Person(await context.newPage(), page.address);
    const named = [...guide.matchAll(/^\| `\?([a-z]+)=/gm)].map(([, name]) => name);
    assert.deepEqual(named, ["instrument", "questionnaire", "layout", "lang"]);
    await person.opens(`?instrument=${measure.id}&layout=all`);
    await person.reads(measure.item[0].text);
    await context.close();
  });
});
