// "Need help now?" is on every screen, at the same place, whole, and without a network (WCAG 2.2, 3.2.6).

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { built } from "./house/page_server.mjs";
import { say } from "./house/person.mjs";
import { ons4, startTown } from "./house/visit.mjs";

const NUMBERS = ["tel:999", "tel:111", "tel:116123"];
const CONFIG = "/config/demonstration.json";

/** Help stands right after the practice's name and before everything that differs between pages; it opens. */
async function assertHelp(person, screen, more = []) {
  const { tab } = person;
  const place = await tab.evaluate(() => {
    const seen = (element) => element.checkVisibility();
    const [help, ...others] = [...document.querySelectorAll(".wm-help")].filter(seen);
    if (!help || others.length > 0) return `${others.length + (help ? 1 : 0)} help blocks`;
    const before = help.previousElementSibling?.className ?? "nothing";
    const main = document.querySelector("main:not([hidden] *)");
    const comesFirst = help.compareDocumentPosition(main) & Node.DOCUMENT_POSITION_FOLLOWING;
    return comesFirst ? before : "after the page";
  });
  assert.equal(place, "wm-header__name", `help is right after the name on ${screen}`);
  const summary = tab.getByText(say("shell.help-now"), { exact: true }).filter({ visible: true });
  assert.equal(await summary.count(), 1, screen);
  const [above] = [await summary.boundingBox()];
  assert.ok(above.y < 200, `help is at the top of ${screen}`);
  await summary.click();
  for (const href of [...NUMBERS, ...more]) {
    assert.ok(await tab.locator(`.wm-help a[href="${href}"]`).filter({ visible: true }).first().isVisible(), `${href} on ${screen}`);
  }
  await summary.click();
}

describe("help now", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());

  it("is at the same place on every screen", async () => {
    const person = await town.somebody();
    const [first, second] = ons4();
    await person.opens();
    await person.tab.getByRole("button", { name: say("start.begin") }).waitFor();
    await assertHelp(person, "the start page");
    await person.presses(say("start.begin"));
    await person.sees(first.text);
    await assertHelp(person, "a question");
    await person.reads(say("start.not-watched"));
    await person.chooses(7);
    await person.continues();
    await person.sees(second.text);
    await person.presses(say("shell.stop"));
    await person.sees(say("stop.title"));
    await assertHelp(person, "the stop page");
    await person.presses(say("stop.cancel"));
    for (const { text } of ons4().slice(1)) {
      await person.sees(text);
      await person.presses(say("ask.skip"));
    }
    await person.sees("About today");
    await assertHelp(person, "the circumstances");
    const note = person.tab.getByRole("textbox");
    const described = await note.evaluate((box) => box.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).innerText).join(" "));
    assert.ok(described.includes(say("ask.not-watched")), "a box for words says that nobody reads along");
    await person.continues();
    await person.sees(say("check.title"));
    await assertHelp(person, "the check page");
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));
    await assertHelp(person, "the last page");
    person.watch.assertClean();
    await person.leaves();
  });

  it("is there on an explanation, on one long page, and when something is in the way", async () => {
    const person = await town.somebody({ allowed: [/./] });
    await person.opens("?instrument=ons4&layout=all");
    await person.tab.getByText(ons4()[0].text).first().waitFor();
    await assertHelp(person, "the whole form on one page");
    await person.presses(say("start.explain-link"));
    await person.sees("What is social prescribing?");
    await assertHelp(person, "an explanation");
    await person.opens("?instrument=nobody-offers-this");
    await person.sees(say("trouble.title"));
    await assertHelp(person, "a page of trouble");
    town.page.replace(CONFIG, { status: 404 });
    await person.opens();
    await person.sees(say("trouble.title"));
    await assertHelp(person, "a page without a configuration");
    town.page.replace(CONFIG);
    await person.leaves();
  });

  it("is there without JavaScript, without WASM, and without a network", async () => {
    const still = await town.somebody({ javaScriptEnabled: false });
    await still.opens();
    await still.tab.getByText(say("shell.help-now")).click();
    for (const href of NUMBERS) assert.ok(await still.tab.locator(`a[href="${href}"]`).isVisible(), href);
    await still.leaves();

    const person = await town.somebody({ allowed: [/./] });
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await person.reads(say("shell.help-now"));
    await person.tab.context().setOffline(true);
    await assertHelp(person, "a question without a network");
    await person.leaves();
  });

  it("has what the region adds, and the built-in numbers alone where that is broken", async () => {
    const config = built(CONFIG.slice(1));
    const card = { heading: "If you would rather text", text: { keyword: "CALMER", number: "85258" } };
    const person = await town.somebody({ allowed: [/preload/] });
    town.page.replace(CONFIG, { body: { ...config, help: { cards: [card] } } });
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await assertHelp(person, "a page with a region's card", ["sms:85258"]);
    town.page.replace(CONFIG, { body: { ...config, help: { cards: [card, { heading: "Nobody" }] } } });
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await assertHelp(person, "a page with a broken region block");
    assert.equal(await person.tab.locator('a[href="sms:85258"]').count(), 0, "none of a broken block is shown");
    town.page.replace(CONFIG);
    await person.leaves();
  });
});
