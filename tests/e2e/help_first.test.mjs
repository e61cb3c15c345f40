// Journey 7: an answer that has a safety rule is met with help before the next question, whichever way the
// person goes on, and again at the end.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertGoodScreen } from "./house/checks.mjs";
import { built } from "./house/page_server.mjs";
import { say } from "./house/person.mjs";
import { problems } from "./house/validators.mjs";
import { startTown } from "./house/visit.mjs";

const HELP_SHOWN = "https://what-matters.example/fhir/StructureDefinition/help-shown";
const [FIRST, ...OTHERS] = built("instruments/phq9.json").item[0].item.filter(({ type }) => type === "choice").map(({ text }) => text);
const LAST = OTHERS.at(-1);
/** The PHQ-9 as it is, but for the mark that somebody has to review it: here nobody is named. */
const { extension: _marks, ...ALONE } = built("instruments/phq9.json");
const NUMBERS = ["tel:999", "tel:111", "tel:116123"];

describe("help first", () => {
  let town;
  before(async () => {
    town = await startTown({ instead: { "/phq9-alone.json": { body: ALONE } } });
  });
  after(() => town?.close());

  /** Somebody at the last question of the PHQ-9, the others skipped. */
  async function atTheLastQuestion() {
    const person = await town.somebody({ allowed: [/preload/] });
    await person.opens("?questionnaire=phq9-alone.json");
    await person.sees(FIRST);
    for (const text of [FIRST, ...OTHERS.slice(0, -1)]) {
      await person.sees(text);
      await person.presses(say("ask.skip"));
    }
    await person.sees(LAST);
    return person;
  }

  async function meetsHelp(person) {
    await person.sees(say("pause.title"));
    await person.reads(say("pause.not-read"));
    await person.reads(say("pause.no-review"));
    const main = person.tab.getByRole("main");
    for (const number of NUMBERS) assert.ok(await main.locator(`a[href="${number}"]`).first().isVisible(), number);
    const state = await person.tab.evaluate(() => JSON.stringify(history.state));
    assert.doesNotMatch(state, /help|pause/i, "the history does not tell");
  }

  const sent = async (known) => {
    const fresh = (await town.service.responses()).filter(({ id }) => !known.includes(id));
    assert.equal(fresh.length, 1);
    return fresh[0];
  };
  const known = async () => (await town.service.responses()).map(({ id }) => id);
  const shownIn = ({ extension }) =>
    extension
      .filter(({ url }) => url === HELP_SHOWN)
      .map(({ extension: parts }) => Object.fromEntries(parts.map(({ url, valueDateTime, valueCode }) => [url, valueDateTime ?? valueCode])));

  it("comes before the next question by Continue, after Back, by Forward and after a reload; an answer taken back is not met at the end", async () => {
    const earlier = await known();
    const person = await atTheLastQuestion();
    await person.chooses("Not at all");
    await person.continues();
    await person.sees("About today");
    await person.presses(say("shell.back"));
    await person.sees(LAST);
    await person.chooses("Several days");
    await person.tab.goForward();
    await meetsHelp(person);
    await assertGoodScreen(person.tab, "help before the next question");
    await person.presses(say("shell.back"));
    await person.sees(LAST);
    assert.ok(await person.option("Several days").isChecked(), "nothing is lost by going back");
    // Two showings in one second are one: a showing is known by its second.
    const aSecondLater = () => person.tab.waitForTimeout(1_100);
    await aSecondLater();
    await person.continues();
    await meetsHelp(person);
    await person.reads(say("pause.title"));
    await aSecondLater();
    await person.tab.reload();
    await meetsHelp(person);
    await person.presses(say("pause.carry-on"));
    await person.sees("About today");
    await person.tab.goBack();
    await person.sees(LAST);
    await person.continues();
    await person.sees("About today");
    await person.presses(say("shell.back"));
    await person.sees(LAST);
    await person.chooses("Not at all");
    await person.continues();
    await person.sees("About today");
    await person.continues();
    await person.sees(say("check.title"));
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));
    await person.doesNotRead(say("pause.title"));
    await person.reads(say("done.not-watched"));
    const response = await sent(earlier);
    const shown = shownIn(response);
    assert.deepEqual(shown.map(({ occasion }) => occasion), ["question", "question", "question"]);
    for (const { at } of shown) assert.match(at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/);
    assert.deepEqual(problems(JSON.stringify(response)), []);
    person.watch.assertClean();
    await person.leaves();
  });

  it("is not in the way: the rest can be skipped, and the end has help again", async () => {
    const earlier = await known();
    const person = await atTheLastQuestion();
    await person.chooses("Nearly every day");
    await person.continues();
    await meetsHelp(person);
    await person.presses(say("pause.skip-rest"));
    await person.sees(say("check.title"));
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));
    await person.reads(say("pause.title"));
    await person.reads(say("pause.not-read"));
    const main = person.tab.getByRole("main");
    for (const number of NUMBERS) assert.ok(await main.locator(`a[href="${number}"]`).first().isVisible(), number);
    await assertGoodScreen(person.tab, "the last page with help");
    const response = await sent(earlier);
    assert.deepEqual(shownIn(response).map(({ occasion }) => occasion), ["question", "end"]);
    assert.deepEqual(problems(JSON.stringify(response)), []);
    person.watch.assertClean();
    await person.leaves();
  });

  it("names who reads the answers and how soon, where the practice says so, before the next question and at the end", async () => {
    town.configure({ review: { reviewer: "duty link worker", withinHours: 4, collectionMode: "immediate" } });
    const person = await town.somebody({ allowed: [/preload/] });
    await person.opens("?instrument=phq9");
    for (const text of [FIRST, ...OTHERS.slice(0, -1)]) {
      await person.sees(text);
      await person.presses(say("ask.skip"));
    }
    await person.sees(LAST);
    await person.chooses("Several days");
    await person.continues();
    await person.sees(say("pause.title"));
    const who = say("pause.review", { reviewer: "duty link worker", count: "4" });
    await person.reads(who);
    await person.doesNotRead(say("pause.no-review"));
    await person.presses(say("pause.skip-rest"));
    await person.sees(say("check.title"));
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));
    await person.reads(who);
    person.watch.assertClean();
    await person.leaves();
    town.configure({});
  });

  it("waits for somebody who left, whichever day they come back", async () => {
    const person = await atTheLastQuestion();
    await person.chooses("More than half the days");
    await person.continues();
    await meetsHelp(person);
    await person.presses(say("pause.leave"));
    await person.sees(say("start.title"));
    await person.tab.goto("about:blank");
    await person.opens("?questionnaire=phq9-alone.json");
    await meetsHelp(person);
    await person.presses(say("pause.carry-on"));
    await person.sees("About today");
    await person.leaves();
  });

  it("comes after the whole form where all of it is on one page, and says nothing while somebody is choosing", async () => {
    const person = await town.somebody({ allowed: [/preload/] });
    await person.opens("?questionnaire=phq9-alone.json&layout=all");
    await person.tab.getByText(LAST).first().waitFor();
    const group = person.tab.getByRole("group", { name: new RegExp(LAST.slice(0, 30)) });
    await group.getByRole("radio", { name: "Several days" }).click({ force: true });
    await person.doesNotRead(say("pause.title"));
    await person.continues();
    await meetsHelp(person);
    await person.presses(say("pause.carry-on"));
    await person.sees(say("check.title"));
    person.watch.assertClean();
    await person.leaves();
  });
});
