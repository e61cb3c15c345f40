// Settings: text size and colours, one tap away on every page, and remembered.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertGoodScreen } from "./house/checks.mjs";
import { say } from "./house/person.mjs";
import { ons4, startTown } from "./house/visit.mjs";

const summary = (person) => person.tab.locator("header summary").filter({ hasText: say("settings.label") });
const choice = (person, group, name) =>
  person.tab.getByRole("group", { name: say(group) }).getByRole("button", { name: say(name), exact: true });

/** Opens the settings, unless they are open, and presses one. */
async function sets(person, group, name) {
  await summary(person).waitFor();
  if (!(await choice(person, group, name).isVisible())) await summary(person).click();
  await choice(person, group, name).click();
  await person.tab.waitForFunction((button) => button.getAttribute("aria-pressed") === "true", await choice(person, group, name).elementHandle());
}

/** The size of the letters and the colours of the page, as the browser draws them. */
const looks = (person) =>
  person.tab.evaluate(() => {
    const style = (element) => getComputedStyle(element);
    return { letters: parseFloat(style(document.querySelector("[data-app] main")).fontSize), paper: style(document.body).backgroundColor };
  });

describe("settings", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());

  it("larger letters and dark colours hold on every page, are remembered, and go back to the usual", async () => {
    const person = await town.somebody();
    await person.opens();
    await person.sees(say("start.title"));
    await summary(person).waitFor();
    const usual = await looks(person);
    await sets(person, "settings.text", "settings.largest");
    await sets(person, "settings.colours", "settings.dark");
    const large = await looks(person);
    assert.ok(large.letters > usual.letters * 1.5, `${usual.letters} → ${large.letters}`);
    assert.notEqual(large.paper, usual.paper);
    await person.reads(say("settings.kept"));
    await assertGoodScreen(person.tab, "the start page with the settings open, largest and dark");
    await summary(person).click();

    await person.presses(say("start.begin"));
    await person.sees(ons4()[0].text);
    assert.deepEqual(await looks(person), large, "on the next page too");
    await assertGoodScreen(person.tab, "a question, largest and dark");
    await person.chooses(7);
    await person.reads(say("kept.saved"));
    await person.tab.reload();
    await person.sees(ons4()[0].text);
    await summary(person).waitFor();
    assert.deepEqual(await looks(person), large, "and after a reload");

    await sets(person, "settings.colours", "settings.more");
    await assertGoodScreen(person.tab, "a question with the settings open, largest and with more contrast");
    await sets(person, "settings.colours", "settings.usual");
    await sets(person, "settings.text", "settings.usual");
    assert.deepEqual(await looks(person), usual);
    const kept = await person.onTheDevice();
    assert.doesNotMatch(kept, /wm\/1\/set\//, "the usual is not written down");
    person.watch.assertClean();
    await person.leaves();
  });

  it("the settings work by keyboard and say what is chosen", async () => {
    const person = await town.somebody();
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await summary(person).focus();
    await person.tab.keyboard.press("Enter");
    await choice(person, "settings.text", "settings.large").focus();
    await person.tab.keyboard.press("Space");
    await person.tab.getByRole("button", { name: say("settings.large"), pressed: true }).waitFor();
    assert.ok(await choice(person, "settings.text", "settings.large").evaluate((button) => button.matches(":focus")), "the focus stays");
    await person.leaves();
  });

  it("a device that asks for more contrast gets it unasked", async () => {
    const person = await town.somebody({ contrast: "more" });
    await person.opens();
    await person.sees(say("start.title"));
    const ink = await person.tab.evaluate(() => getComputedStyle(document.body).color);
    assert.equal(ink, "rgb(0, 0, 0)");
    await person.leaves();
  });
});
