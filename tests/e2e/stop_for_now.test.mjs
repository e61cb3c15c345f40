// Stopping for now and coming back; and reading on after the answers are sent.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertGoodScreen } from "./house/checks.mjs";
import { say } from "./house/person.mjs";
import { ons4, reachesCircumstances, startTown } from "./house/visit.mjs";

describe("stopping for now", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());

  /** Somebody who gave one answer, passed the others over, and has them read back. */
  async function atTheCheckPage() {
    const person = await town.somebody();
    await person.opens("?instrument=ons4");
    await reachesCircumstances(person, [6]);
    await person.presses(say("ask.alone-at-home"));
    await person.sees(say("check.title"));
    return person;
  }

  it("says what is kept, until when and how to come back, and coming back finds the answer", async () => {
    const person = await town.somebody();
    const [first, second] = ons4();
    await person.opens("?instrument=ons4");
    await person.sees(first.text);
    await person.presses(say("shell.later"));
    await person.sees(say("later.title"));
    await person.reads(say("check.nothing"));
    await person.doesNotRead(say("later.then"));
    await person.presses(say("pause.carry-on"));
    await person.sees(first.text);
    await person.chooses(6);
    await person.reads(say("kept.saved"));
    await person.continues();
    await person.sees(second.text);
    await person.presses(say("shell.later"));
    await person.sees(say("later.title"));
    await person.reads(/kept on this device until \d{1,2} \w+ \d{4}/);
    await person.reads(say("later.back"));
    await person.reads(say("later.unsent"));
    await assertGoodScreen(person.tab, "stopping for now");
    await person.tab.goto("about:blank");
    await person.tab.goto(person.address);
    await person.sees(say("start.title"));
    await person.presses(say("start.resume"));
    await person.sees(second.text);
    assert.match(await person.onTheDevice(), /ons4\.satisfied/, "the answer is still there");
    await person.presses(say("shell.back"));
    await person.sees(say("start.title"));
    person.watch.assertClean();
    await person.leaves();
  });

  it("after sending, what happens first can be read, and Back leads to the last page with its answers", async () => {
    const person = await atTheCheckPage();
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));
    await person.reads(/^6 out of 10/);
    await person.presses(say("explain.what-first"));
    await person.sees("What happens first?");
    await person.presses(say("shell.back"));
    await person.sees(say("done.sent"));
    await person.reads(/^6 out of 10/);
    await person.presses(say("trouble.go-to-start"));
    await person.sees(say("start.title"));
    assert.equal((await person.words()).includes("6 out of 10"), false, "the answers are gone with the page");
    await person.tab.goBack();
    await person.sees(say("start.title"));
    person.watch.assertClean();
    await person.leaves();
  });

  it("after sending, the same address begins anew, with the first question", async () => {
    const person = await atTheCheckPage();
    await person.tab.reload();
    await person.sees(say("check.title"));
    await person.reads(/^6 out of 10/);
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    assert.equal(await person.tab.getByRole("radio", { checked: true }).count(), 0);
    person.watch.assertClean();
    await person.leaves();
  });
});
