// Journey 10: a Questionnaire that somebody else wrote is asked, answered, sent, and valid at the other end.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertGoodScreen } from "./house/checks.mjs";
import { say } from "./house/person.mjs";
import { problems } from "./house/validators.mjs";
import { startTown } from "./house/visit.mjs";

const THEIRS = {
  resourceType: "Questionnaire",
  url: "https://elsewhere.example/Questionnaire/walks",
  version: "3.1",
  status: "active",
  title: "Walks",
  item: [
    { linkId: "1", type: "boolean", text: "Do you walk for pleasure?", required: true },
    {
      linkId: "2",
      type: "choice",
      text: "Where do you walk?",
      repeats: true,
      enableWhen: [{ question: "1", operator: "=", answerBoolean: true }],
      answerOption: ["park", "coast", "hills"].map((code) => ({ valueCoding: { system: "https://elsewhere.example/places", code, display: `The ${code}` } })),
    },
    { linkId: "3", type: "decimal", text: "How many miles?", enableWhen: [{ question: "1", operator: "=", answerBoolean: true }] },
    { linkId: "4", type: "date", text: "When did you last walk?" },
    { linkId: "5", type: "text", text: "What do you like <script>alert(1)</script> about it?" },
  ],
};

describe("someone else's questionnaire", () => {
  let town;
  before(async () => (town = await startTown({ instead: { "/theirs.json": { body: THEIRS } } })));
  after(() => town?.close());

  it("is asked one question a page, follows its conditions, and arrives valid", async () => {
    const person = await town.somebody({ allowed: [/preload/] });
    await person.opens("?questionnaire=theirs.json");
    await person.sees("Do you walk for pleasure?");
    await person.continues();
    await person.reads(say("problem.title"));
    await assertGoodScreen(person.tab, "an error");
    await person.chooses("Yes");
    await person.continues();
    await person.sees("Where do you walk?");
    await assertGoodScreen(person.tab, "checkboxes");
    await person.chooses("The park");
    await person.chooses("The hills");
    await person.continues();
    await person.sees("How many miles?");
    await person.writes("2,5x");
    await person.continues();
    await person.reads(say("problem.not-a-number"));
    await person.writes("12.50");
    await person.continues();
    await person.sees("When did you last walk?");
    await assertGoodScreen(person.tab, "a date");
    await person.writes("29", say("item.day"));
    await person.writes("2", say("item.month"));
    await person.writes("2026", say("item.year"));
    await person.continues();
    await person.reads(say("problem.not-a-date"));
    await person.writes("28", say("item.day"));
    await person.continues();
    await person.sees("What do you like <script>alert(1)</script> about it?");
    await person.writes("Birds\nand \"quotes\", 🐦, <i>no markup</i>");
    await person.continues();
    await person.sees("About today");
    await person.continues();
    await person.sees(say("check.title"));
    await assertGoodScreen(person.tab, "the check page of someone else's questionnaire");
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));

    const [kept, ...more] = await town.service.responses();
    assert.deepEqual(more, []);
    assert.equal(kept.questionnaire, `${THEIRS.url}|${THEIRS.version}`);
    const answers = Object.fromEntries(kept.item.map(({ linkId, answer }) => [linkId, answer]));
    assert.deepEqual(answers[1], [{ valueBoolean: true }]);
    assert.deepEqual(answers[2].map(({ valueCoding }) => valueCoding.code), ["park", "hills"]);
    assert.deepEqual(answers[3], [{ valueDecimal: 12.5 }]);
    assert.deepEqual(answers[4], [{ valueDate: "2026-02-28" }]);
    assert.deepEqual(answers[5], [{ valueString: "Birds\nand \"quotes\", 🐦, <i>no markup</i>" }]);
    assert.equal(kept.item.some(({ linkId }) => !THEIRS.item.some((item) => item.linkId === linkId)), false, "nothing is added to their items");
    const sent = town.awkward.sent()[0].body;
    assert.match(sent, /"valueDecimal":\s*12\.50\b/, "a decimal keeps its digits on the way out");
    assert.deepEqual(problems(sent), []);
    assert.deepEqual(problems(JSON.stringify(kept)), []);
    person.watch.assertClean();
    await person.leaves();
  });

  it("answers that a condition hides again leave the response", async () => {
    const before = (await town.service.responses()).length;
    const person = await town.somebody({ allowed: [/preload/] });
    await person.opens("?questionnaire=theirs.json");
    await person.chooses("Yes");
    await person.continues();
    await person.sees("Where do you walk?");
    await person.chooses("The coast");
    await person.presses(say("shell.back"));
    await person.sees("Do you walk for pleasure?");
    await person.chooses("No");
    await person.continues();
    await person.sees("When did you last walk?");
    await person.presses(say("ask.skip"));
    await person.presses(say("ask.skip"));
    await person.sees("About today");
    await person.continues();
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));
    const responses = await town.service.responses();
    assert.equal(responses.length, before + 1);
    const latest = responses.sort((a, b) => a.authored.localeCompare(b.authored)).at(-1);
    const linkIds = latest.item.map(({ linkId }) => linkId);
    assert.equal(linkIds.includes("2"), false);
    assert.equal(JSON.stringify(latest).includes("coast"), false);
    await person.leaves();
  });
});
