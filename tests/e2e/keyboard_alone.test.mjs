// From the first page to Sent without ever pointing: with a keyboard, and with two switches that are Tab and Space.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { checkedIn, reach } from "./house/keyboard.mjs";
import { say } from "./house/person.mjs";
import { ons4, startTown } from "./house/visit.mjs";

/** Counts every use of a pointer. */
const watchPointers = () => {
  window.pointed = 0;
  for (const type of ["pointerdown", "mousedown", "touchstart"]) addEventListener(type, () => (window.pointed += 1), true);
};

describe("without pointing", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());

  const somebody = () => town.somebody({ prepare: (context) => context.addInitScript(watchPointers) });
  const button = (person, key) => person.tab.locator("[data-app]").getByRole("button", { name: say(key), exact: true }).first();

  /** Goes to a button with Tab, presses a key there, and waits for the focus on the next page's heading. */
  async function turns(person, wanted, key, way = "Tab") {
    await reach(person.tab, wanted, way);
    await person.tab.evaluate(() => {
      for (const heading of document.querySelectorAll("h1")) heading.wasHere = true;
    });
    await person.tab.keyboard.press(key);
    await person.tab.waitForFunction(() => document.activeElement?.localName === "h1" && !document.activeElement.wasHere);
  }

  async function arrivesOnce(person) {
    await person.reads(say("done.removed"));
    assert.equal(await person.tab.evaluate(() => window.pointed), 0, "nothing was pointed at");
    person.watch.assertClean();
  }

  it("somebody with a keyboard gets help, answers, goes back, says how, changes an answer and sends", async () => {
    const before = (await town.service.responses()).length;
    const person = await somebody();
    const { tab } = person;
    const press = (key) => tab.keyboard.press(key);
    const [satisfied, worthwhile, happy, anxious] = ons4();
    const scale = (question) => tab.getByRole("group", { name: question.text });
    const numbers = async (question) => (await checkedIn(scale(question))).map((words) => words.split(/\s/)[0]);

    await person.opens();
    await button(person, "start.begin").waitFor();
    await press("Tab");
    assert.equal(await tab.evaluate(() => document.activeElement.textContent), say("shell.skip-link"), "the skip link comes first");
    await press("Enter");
    assert.equal(await tab.evaluate(() => document.activeElement.localName), "main", "and leads past the header");

    // Help is behind, opens and closes by key, and its numbers come next.
    const help = tab.locator("[data-app] header summary").filter({ hasText: say("shell.help-now") });
    await reach(tab, help, "Shift+Tab");
    await press("Enter");
    await press("Tab");
    assert.equal(await tab.evaluate(() => document.activeElement.getAttribute("href")), "tel:999");
    await press("Shift+Tab");
    await press("Space");
    assert.equal(await help.evaluate((summary) => summary.parentElement.open), false);

    await turns(person, button(person, "start.begin"), "Enter");
    await person.sees(satisfied.text);
    await reach(tab, scale(satisfied).getByRole("radio").first());
    await press("Space");
    for (let at = 0; at < 7; at += 1) await press("ArrowRight");
    assert.deepEqual(await numbers(satisfied), ["7"]);
    await person.reads(say("kept.saved"));
    await turns(person, button(person, "ask.continue"), "Enter");
    await person.sees(worthwhile.text);
    await turns(person, button(person, "shell.back"), "Enter", "Shift+Tab");
    await person.sees(satisfied.text);
    assert.deepEqual(await numbers(satisfied), ["7"], "the answer is still there");
    await turns(person, button(person, "ask.continue"), "Space");
    await turns(person, button(person, "ask.skip"), "Enter");
    await person.sees(happy.text);
    await reach(tab, scale(happy).getByRole("radio").first());
    // Up from the first number goes round to the last.
    await press("ArrowUp");
    assert.deepEqual(await numbers(happy), ["10"]);
    await turns(person, button(person, "ask.continue"), "Enter");
    await person.sees(anxious.text);
    await turns(person, button(person, "ask.rather-talk"), "Space");

    await person.sees("About today");
    const how = (name) => tab.locator("[data-app]").getByRole("radio", { name: new RegExp(`^${name}`) });
    await reach(tab, how("At home"));
    await press("Space");
    await reach(tab, how("On my own"));
    await press("Space");
    await press("ArrowDown");
    assert.ok(await how("With someone beside me").isChecked());
    await reach(tab, tab.locator("[data-app]").getByRole("textbox").first());
    await tab.keyboard.type("My hands shake today");
    await turns(person, button(person, "ask.continue"), "Enter");

    await person.sees(say("check.title"));
    const change = { name: new RegExp(`${say("check.change")}.*${happy.short}`, "is") };
    const link = tab.getByRole("button", change).or(tab.getByRole("link", change)).first();
    await turns(person, link, "Enter");
    await person.sees(happy.text);
    await reach(tab, scale(happy).getByRole("radio", { checked: true }));
    await press("ArrowLeft");
    assert.deepEqual(await numbers(happy), ["9"]);
    await turns(person, button(person, "ask.continue"), "Enter");
    await person.sees(say("check.title"));
    await turns(person, button(person, "check.send"), "Enter");
    await arrivesOnce(person);

    const [kept, ...more] = (await town.service.responses()).slice(before);
    assert.deepEqual(more, []);
    const sent = JSON.stringify(kept);
    for (const answer of ['{"valueInteger":7}', '{"valueInteger":9}', "My hands shake today"]) assert.ok(sent.includes(answer), answer);
    await person.leaves();
  });

  it("somebody with two switches, Tab and Space, reads help, answers, says how, and sends", async () => {
    const before = (await town.service.responses()).length;
    const person = await somebody();
    const { tab } = person;
    await person.opens();
    await button(person, "start.begin").waitFor();
    const help = tab.locator("[data-app] header summary").filter({ hasText: say("shell.help-now") });
    for (const isOpen of [true, false]) {
      await reach(tab, help);
      await tab.keyboard.press("Space");
      assert.equal(await help.evaluate((summary) => summary.parentElement.open), isOpen);
      // The way on goes through the numbers, once round the page.
      await tab.keyboard.press("Tab");
    }
    await turns(person, button(person, "start.begin"), "Space");
    for (const [at, { text }] of ons4().entries()) {
      await person.sees(text);
      if (at === 0) {
        await reach(tab, tab.locator("[data-app]").getByRole("radio").first());
        await tab.keyboard.press("Space");
        await person.reads(say("kept.saved"));
      }
      await turns(person, button(person, at === 0 ? "ask.continue" : "ask.rather-talk"), "Space");
    }
    await person.sees("About today");
    await turns(person, button(person, "ask.alone-at-home"), "Space");
    await person.sees(say("check.title"));
    await turns(person, button(person, "check.send"), "Space");
    await arrivesOnce(person);
    assert.equal((await town.service.responses()).length, before + 1);
    await person.leaves();
  });
});
