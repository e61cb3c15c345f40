// Languages: chosen on any page, changed half-way without losing anything, remembered, and never hiding help.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertGoodScreen } from "./house/checks.mjs";
import { built } from "./house/page_server.mjs";
import { say } from "./house/person.mjs";
import { ons4, REFUSED, startTown } from "./house/visit.mjs";

const LANGUAGES = ["en-GB", "pl", "ur", "ar", "bn", "pa"];
const name = (tag) => built(`words/${tag}.json`).about.name;

/** A sentence of the interface in a language, as it stands in its file. */
const said = (tag, key) => built(`words/${tag}.json`)[key];

/** Opens the languages and presses one, as somebody who cannot read the page does. */
async function speaks(person, tag) {
  const summary = person.tab.locator("header summary").filter({ hasText: "Language" }).first();
  if (!(await person.tab.getByRole("button", { name: name(tag), exact: true }).isVisible())) await summary.click();
  await person.tab.getByRole("button", { name: name(tag), exact: true }).click();
  await person.tab.locator(`html[lang="${tag}"]`).waitFor();
}

const html = (person, attribute) => person.tab.locator("html").getAttribute(attribute);

describe("languages", () => {
  let town;
  before(async () => {
    town = await startTown();
    town.configure({ languages: LANGUAGES });
  });
  after(() => town?.close());

  it("answers, the page and the focus stay when the language changes half-way", async () => {
    const person = await town.somebody();
    const [first, second, third, fourth] = ons4();
    await person.opens("?instrument=ons4");
    await person.sees(first.text);
    await person.chooses(7);
    await person.continues();
    await person.sees(second.text);
    await person.chooses(4);

    await speaks(person, "ur");
    assert.equal(await html(person, "dir"), "rtl");
    await person.sees(second.text);
    assert.ok(await person.option(4).isChecked(), "the answer on the page is still there");
    assert.equal(await person.tab.evaluate(() => document.activeElement?.tagName), "SUMMARY", "the focus is where it was");
    // A tested measure keeps its own words, marked as English, and the page says why.
    assert.equal(await person.tab.getByRole("heading", { level: 1 }).evaluate((heading) => heading.closest("[lang]").lang.slice(0, 2)), "en");
    await person.reads(said("ur", "language.untranslated").split("{")[0].trim());
    await person.presses(said("ur", "ask.continue"));
    await person.sees(third.text);
    await person.chooses(9);
    await person.reads(said("ur", "kept.saved"));
    await assertGoodScreen(person.tab, "a question in Urdu");

    await speaks(person, "pl");
    assert.equal(await html(person, "dir"), "ltr");
    await person.sees(third.text);
    assert.ok(await person.option(9).isChecked());
    await person.tab.reload();
    await person.sees(third.text);
    assert.equal(await html(person, "lang"), "pl", "the choice is remembered");
    assert.ok(await person.option(9).isChecked());
    await person.presses(said("pl", "ask.continue"));
    await person.sees(fourth.text);
    await person.presses(said("pl", "ask.skip"));
    await person.presses(said("pl", "ask.continue"));
    await person.sees(said("pl", "check.title"));
    for (const answer of ["7", "4", "9"]) await person.reads(new RegExp(`^${answer} na 10`));
    await assertGoodScreen(person.tab, "the check page in Polish");
    await person.presses(said("pl", "check.send"));
    await person.sees(said("pl", "done.sent"));

    const [kept] = await town.service.responses();
    const items = new Map();
    const walk = (list) => list?.forEach((item) => (items.set(item.linkId, item.answer), walk(item.item)));
    walk(kept.item);
    assert.deepEqual([first, second, third].map(({ linkId }) => items.get(linkId)[0].valueInteger), [7, 4, 9]);
    assert.equal(items.get("context.language")[0].valueString, "en-GB, ur, pl", "every language it was answered in is on record");
    assert.equal(kept.language, "en-GB", "the words of the questions were English");
    person.watch.assertClean();
    await person.leaves();
  });

  it("our own measure and the circumstances are asked in the language of the page, and their codes stay", async () => {
    const person = await town.somebody();
    await person.opens();
    await person.sees(say("start.title"));
    await speaks(person, "ur");
    await person.tab.goto(`${person.address}?instrument=what-matters-to-me`);
    const measure = built("instruments/what-matters-to-me.json");
    const inUrdu = (beside) => beside.extension.find(({ extension }) => extension?.[0]?.valueCode === "ur").extension[1].valueString;
    const [areas] = measure.item[0].item;
    const money = areas.answerOption.find(({ valueCoding }) => valueCoding.code === "money").valueCoding;
    await person.sees(inUrdu(areas._text));
    await person.doesNotRead(said("ur", "language.untranslated").split("{")[0].trim());
    await person.chooses(inUrdu(money._display));
    await assertGoodScreen(person.tab, "the areas of life in Urdu");
    await person.presses(said("ur", "ask.continue"));
    await person.tab.getByRole("textbox").waitFor();
    // All but the circumstances are skipped.
    const circumstances = built("instruments/context.json").item[0];
    const today = person.tab.getByRole("heading", { level: 1, name: inUrdu(circumstances._text) });
    for (let at = 0; at < 4; at += 1) {
      const heading = await person.tab.getByRole("heading", { level: 1 }).innerText();
      await person.presses(said("ur", "ask.skip"));
      await person.tab.waitForFunction((before) => document.querySelector("[data-app] h1")?.innerText !== before, heading);
    }
    await today.waitFor();
    const [place] = circumstances.item;
    await person.reads(inUrdu(place._text));
    await person.chooses(inUrdu(place.answerOption[0].valueCoding._display));
    await assertGoodScreen(person.tab, "the circumstances in Urdu");
    await person.presses(said("ur", "ask.continue"));
    await person.sees(said("ur", "check.title"));
    const known = (await town.service.responses()).map(({ id }) => id);
    await person.presses(said("ur", "check.send"));
    await person.sees(said("ur", "done.sent"));
    const [kept] = (await town.service.responses()).filter(({ id }) => !known.includes(id));
    const codes = JSON.stringify(kept.item).match(/"code":"[a-z-]+"/g);
    assert.ok(codes.includes('"code":"money"') && codes.includes('"code":"home"'), codes.join());
    person.watch.assertClean();
    await person.leaves();
  });

  it("a draft says so in its language and in English, and help now has the English numbers", async () => {
    const person = await town.somebody();
    await person.opens("?lang=bn");
    await person.sees(said("bn", "start.title"));
    assert.equal(await html(person, "lang"), "bn");
    assert.equal(await person.tab.title(), said("bn", "start.title"));
    await person.reads(said("bn", "language.draft"));
    await person.reads(said("en-GB", "language.draft"));
    await person.tab.getByText(said("bn", "shell.help-now")).first().click();
    await person.reads(said("en-GB", "help.emergency"));
    await person.reads(said("bn", "help.emergency"));
    await assertGoodScreen(person.tab, "help now in Bengali");
    person.watch.assertClean();
    await person.leaves();
  });

  it("a language that the practice does not offer is not spoken", async () => {
    const person = await town.somebody();
    await person.opens("?lang=ro");
    await person.sees(say("start.title"));
    assert.equal(await html(person, "lang"), "en-GB");
    assert.equal(await person.tab.getByRole("button", { name: name("ro") }).count(), 0);
    await person.leaves();
  });

  it("where the words of a language do not come, the page stays as it is and says so", async () => {
    // A worker would have the words that it kept.
    const person = await town.somebody({ allowed: [REFUSED], serviceWorkers: "block" });
    await person.opens();
    await person.sees(say("start.title"));
    await person.tab.route(/words\/ar\.json/, (route) => route.abort());
    await person.tab.locator("header summary").filter({ hasText: "Language" }).click();
    await person.tab.getByRole("button", { name: name("ar"), exact: true }).click();
    await person.reads(say("language.failed"));
    assert.equal(await html(person, "lang"), "en-GB");
    await person.leaves();
  });
});
