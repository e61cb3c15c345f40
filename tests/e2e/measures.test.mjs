// The measures, as people meet them and as the service receives them.

import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { assertGoodScreen } from "./house/checks.mjs";
import { built } from "./house/page_server.mjs";
import { say } from "./house/person.mjs";
import { problems } from "./house/validators.mjs";
import { ons4, reachesCircumstances, REFUSED, startTown } from "./house/visit.mjs";

/** Every item of a response by its link id, however deep. */
function flat(items, found = new Map()) {
  for (const item of items ?? []) {
    found.set(item.linkId, item);
    flat(item.item, found);
  }
  return found;
}

const ALGORITHM = "https://what-matters.example/fhir/StructureDefinition/score-algorithm";

describe("measures", () => {
  let town;
  before(async () => {
    town = await startTown({ offers: ["ons4", "loneliness", "what-matters-to-me"] });
  });
  after(() => town?.close());
  afterEach(() => town.configure({}));

  async function sends(person) {
    const earlier = new Set((await town.service.responses()).map(({ id }) => id));
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));
    const fresh = (await town.service.responses()).filter(({ id }) => !earlier.has(id));
    assert.equal(fresh.length, 1);
    assert.deepEqual(problems(JSON.stringify(fresh[0])), []);
    return flat(fresh[0].item);
  }

  async function isAlone(person) {
    await person.sees("About today");
    await person.presses(say("ask.alone-at-home"));
    const check = person.tab.getByRole("heading", { level: 1, name: say("check.title") });
    if (!(await check.isVisible())) await person.continues();
    await person.sees(say("check.title"));
  }

  it("the start page offers all three, in the practice's order", async () => {
    const person = await town.somebody();
    await person.opens();
    await person.reads(say("start.choose"));
    const words = await person.words();
    const places = ["ons4", "loneliness", "what-matters-to-me"].map((id) => words.indexOf(built(`instruments/${id}.json`).title));
    assert.ok(places.every((place, at) => place > (places[at - 1] ?? 0)), places.join());
    for (const id of ["ons4", "loneliness", "what-matters-to-me"]) {
      const name = `${say("start.begin")} ${built(`instruments/${id}.json`).title}`;
      assert.ok(await person.tab.getByRole("button", { name, exact: true }).isVisible(), `a button named "${name}"`);
    }
    await assertGoodScreen(person.tab, "a choice of three");
    person.watch.assertClean();
    await person.leaves();
  });

  it("what matters to me: areas, own words, how much each affects, and nothing added up", async () => {
    const person = await town.somebody();
    await person.opens("?instrument=what-matters-to-me");
    await person.sees("What matters to you most right now?");
    await assertGoodScreen(person.tab, "the areas of life");
    await person.chooses("Money, benefits or debt");
    await person.chooses("Getting out and about");
    await person.continues();
    await person.sees("Would you like to say more, in your own words?");
    await person.writes("The bus stopped coming.");
    await assertGoodScreen(person.tab, "one's own words");
    await person.continues();
    await person.sees("How much does this affect you now: money, benefits or debt?");
    await person.chooses(8);
    await assertGoodScreen(person.tab, "how much one area affects");
    await person.continues();
    await person.sees("How much does this affect you now: getting out and about?");
    await person.chooses(10);
    await person.continues();
    await person.sees("What would you like to be different?");
    await person.presses(say("ask.rather-talk"));
    await person.sees("What already helps you?");
    await person.writes("My neighbour.");
    await person.continues();
    await isAlone(person);
    await assertGoodScreen(person.tab, "the check page of one's own measure");
    const items = await sends(person);
    assert.deepEqual(items.get("wm.areas").answer.map(({ valueCoding }) => valueCoding.code), ["money", "travel"]);
    assert.equal(items.get("wm.affects.money").answer[0].valueInteger, 8);
    assert.equal(items.get("wm.affects.travel").answer[0].valueInteger, 10);
    assert.equal(items.has("wm.affects.family"), false, "only what was chosen is asked");
    assert.equal(items.get("wm.more").answer[0].valueString, "The bus stopped coming.");
    assert.equal(items.get("context.skipped").answer[0].valueString, "wm.different rather-talk");
    person.watch.assertClean();
    await person.leaves();
  });

  it("loneliness: the score is in the response with its algorithm, and on no screen", async () => {
    const person = await town.somebody();
    await person.opens("?instrument=loneliness");
    const group = built("instruments/loneliness.json").item[0];
    const said = ["Often", "Some of the time", "Hardly ever or never", "Occasionally"];
    let read = "";
    for (const [at, { text }] of group.item.slice(0, 4).entries()) {
      await person.sees(text);
      await person.chooses(said[at]);
      read += await person.words();
      await person.continues();
    }
    await isAlone(person);
    read += await person.words();
    assert.doesNotMatch(read, /UCLA three-item score|\bscore\b/i);
    const items = await sends(person);
    const score = items.get("loneliness.ucla3");
    assert.deepEqual(score.answer, [{ valueInteger: 6 }]);
    assert.deepEqual(score.extension, [{ url: ALGORITHM, valueString: "ucla3-total 1.0.0" }]);
    assert.equal(items.get("loneliness.lonely").answer[0].valueCoding.code, "occasionally");
    assert.doesNotMatch(await person.words(), /\bscore\b/i);
    person.watch.assertClean();
    await person.leaves();
  });

  it("loneliness with one of the three left out: no score at all", async () => {
    const person = await town.somebody();
    await person.opens("?instrument=loneliness");
    const group = built("instruments/loneliness.json").item[0];
    for (const [at, { text }] of group.item.slice(0, 4).entries()) {
      await person.sees(text);
      if (at === 1) await person.presses(say("ask.skip"));
      else {
        await person.chooses("Often");
        await person.continues();
      }
    }
    await isAlone(person);
    const items = await sends(person);
    assert.equal(items.has("loneliness.ucla3"), false);
    await person.leaves();
  });

  it("what needs review is refused until the practice says who reads it, and how soon", async () => {
    const person = await town.somebody();
    for (const id of ["phq4", "phq9", "gad7"]) {
      await person.opens(`?instrument=${id}`);
      await person.reads(say("trouble.questionnaire-review").split(". ")[0]);
    }
    await assertGoodScreen(person.tab, "questions that are not ready");
    assert.equal((await person.onTheDevice()).includes("phq"), false, "nothing was begun");
    town.configure({ review: { reviewer: "duty link worker", withinHours: 4, collectionMode: "immediate" } });
    await person.opens("?instrument=gad7");
    const { text, item } = built("instruments/gad7.json").item[0];
    for (const question of item.slice(0, 2)) {
      await person.sees(question.text);
      await person.reads(text);
      await person.chooses("Several days");
      await person.continues();
    }
    person.watch.assertClean();
    await person.leaves();
  });

  it("ONS4 answered for somebody else: the check page says so, and the answers are not sent", async () => {
    const person = await town.somebody();
    await person.opens("?instrument=ons4");
    await reachesCircumstances(person, [6, 6, 6, 6]);
    await person.chooses("At home");
    await person.chooses("Someone else answered for me");
    await person.chooses("Family or a friend");
    await person.continues();
    await person.sees(say("check.title"));
    await person.reads(say("check.only-you"));
    await assertGoodScreen(person.tab, "answers that are not sent");
    const items = await sends(person);
    for (const { linkId } of ons4()) assert.equal(items.has(linkId), false, linkId);
    const left = items.get("context.skipped").answer.map(({ valueString }) => valueString);
    assert.deepEqual(left, ons4().map(({ linkId }) => `${linkId} answered-for-me`));
    const [{ source }] = (await town.service.responses()).filter(({ item }) => flat(item).has("context.skipped") && flat(item).get("context.how").answer[0].valueCoding.code === "answered-for-me");
    assert.equal(source.type, "RelatedPerson");
    person.watch.assertClean();
    await person.leaves();
  });

  it("a licensed pack is asked with its licence open on every page; without its statement it is refused", async () => {
    const scoring = built("scoring/lsns6.json");
    const questions = scoring.item[0].item.filter(({ answerOption }) => answerOption);
    const pack = {
      whatMattersPack: 1,
      measure: "lsns6",
      language: "en-GB",
      licence: { statement: "Made-up words, used with permission.", holder: "Demonstration Surgery" },
      words: {
        title: "Six made-up questions",
        stem: "Think of the people you know.",
        items: Object.fromEntries(questions.map(({ linkId }, at) => [linkId, `Made-up question ${at + 1}?`])),
        options: Object.fromEntries(questions[0].answerOption.map(({ valueCoding }) => [valueCoding.code, `Answer ${valueCoding.code}`])),
      },
    };
    town.page.replace("/packs/made-up.json", { body: pack });
    const person = await town.somebody({ allowed: [REFUSED] });
    await person.opens("?questionnaire=packs/made-up.json");
    for (let at = 0; at < 6; at += 1) {
      await person.sees(`Made-up question ${at + 1}?`);
      await person.reads("Made-up words, used with permission. Licensed to: Demonstration Surgery.");
      if (at === 0) await assertGoodScreen(person.tab, "a page of a pack");
      await person.chooses(`Answer ${at}`);
      await person.continues();
    }
    await isAlone(person);
    await person.reads("Made-up words, used with permission. Licensed to: Demonstration Surgery.");
    const items = await sends(person);
    assert.deepEqual(items.get("lsns6.total").answer, [{ valueInteger: 15 }]);

    delete pack.licence.statement;
    town.page.replace("/packs/made-up.json", { body: pack });
    await person.opens("?questionnaire=packs/made-up.json");
    await person.tab.getByText(say("trouble.for-staff")).click();
    await person.reads("pack-unlicensed");
    await person.doesNotRead("Made-up question 1?");
    await person.opens("?questionnaire=scoring/lsns6.json");
    await person.tab.getByText(say("trouble.for-staff")).click();
    await person.reads("needs-pack");
    await person.leaves();
  });
});
