// Journey 5: months later. What somebody said last time is shown after they have answered, never before, and
// only to somebody who asked for a copy to be kept.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertGoodScreen } from "./house/checks.mjs";
import { say } from "./house/person.mjs";
import { ons4, startTown } from "./house/visit.mjs";

const FIRST = { answer: 4, words: "4 out of 10, where 0 is not at all satisfied and 10 is completely satisfied" };
const SECOND = { answer: 7, words: "7 out of 10, where 0 is not at all satisfied and 10 is completely satisfied" };

/** Answers the first question, skips the rest, says "at home alone", and sends. */
async function answers(person, { answer }, watch = async () => {}) {
  await person.opens();
  await person.sees(say("start.title"));
  await watch();
  await person.presses(say("start.begin"));
  const [first, ...rest] = ons4();
  await person.sees(first.text);
  await watch();
  await person.chooses(answer);
  await person.continues();
  for (const { text } of rest) {
    await person.sees(text);
    await watch();
    await person.presses(say("ask.skip"));
  }
  await person.sees("About today");
  await watch();
  await person.presses(say("ask.alone-at-home"));
  await person.sees(say("check.title"));
  await watch();
  await person.presses(say("check.send"));
  await person.sees(say("done.sent"));
}

describe("second visit", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());

  it("somebody who kept a copy reads both visits side by side, after answering and not before", async () => {
    const person = await town.somebody();
    await answers(person, FIRST);
    await person.reads(FIRST.words);
    assert.equal((await person.onTheDevice()).includes("out of 10"), false, "nothing is kept unless asked for");
    await person.presses(say("copy.keep"));
    await person.reads(/A copy is kept on this device until \d/);
    assert.ok(await person.tab.getByRole("button", { name: say("copy.delete") }).evaluate((button) => button.matches(":focus")), "the focus stays on the button");
    await assertGoodScreen(person.tab, "the last page with a copy kept");
    assert.ok((await person.onTheDevice()).includes(FIRST.words), "the copy is on the device");

    await answers(person, SECOND, async () => {
      const page = await person.words();
      assert.equal(page.includes("4 out of 10") || /before, on/i.test(page), false, `nothing of last time before answering: ${page}`);
      const checked = await person.tab.getByRole("radio", { checked: true }).count();
      assert.ok(checked <= 1, "nothing is filled in from last time");
    });
    await person.reads(say("answered.lead"));
    await person.reads(FIRST.words);
    await person.reads(SECOND.words);
    for (const [heading, ...both] of [["Satisfied with life", FIRST.words, SECOND.words], ["Where are you right now?", "At home", "At home"]]) {
      const row = person.tab.getByRole("main").getByRole("heading", { level: 3, name: heading }).locator("..");
      const said = await row.getByRole("definition").allInnerTexts();
      assert.deepEqual(said, both, heading);
    }
    const page = (await person.tab.getByRole("main").innerText()).toLowerCase();
    for (const judging of ["better", "worse", "improve", "score", "total", "average"]) {
      assert.equal(page.includes(judging), false, `no judgement: ${judging}`);
    }
    await assertGoodScreen(person.tab, "two visits side by side");
    const sent = await town.service.responses();
    assert.equal(sent.length, 2, "the copy was not sent");
    assert.equal(JSON.stringify(sent).includes("where 0 is"), false);

    await person.presses(say("trouble.go-to-start"));
    await person.sees(say("start.title"));
    assert.equal((await person.words()).includes("out of 10"), false, "nothing is left on the page");
    person.watch.assertClean();
    await person.leaves();
  });

  it("somebody who kept none is shown none, and a copy deleted at once is gone", async () => {
    const person = await town.somebody();
    await answers(person, FIRST);
    await person.presses(say("copy.keep"));
    await person.reads(/A copy is kept on this device until \d/);
    await person.presses(say("copy.delete"));
    await person.reads(say("copy.deleted"));
    assert.equal((await person.onTheDevice()).includes("out of 10"), false, "no word of it is left");
    await answers(person, SECOND);
    await person.reads(SECOND.words);
    await person.doesNotRead(FIRST.words);
    await person.doesNotRead(say("answered.lead"));
    await person.leaves();
  });

  it("no copy is offered before the service has the answers", async () => {
    const person = await town.somebody({ allowed: [/./] });
    await person.tab.route(/\/QuestionnaireResponse/, (route) => route.abort());
    await person.opens();
    await person.presses(say("start.begin"));
    for (const { text } of ons4()) {
      await person.sees(text);
      await person.presses(say("ask.skip"));
    }
    await person.presses(say("ask.alone-at-home"));
    await person.presses(say("check.send"));
    await person.reads(say("done.stays"));
    await person.doesNotRead(say("copy.title"));
    await person.leaves();
  });
});
