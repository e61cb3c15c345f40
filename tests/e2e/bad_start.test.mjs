// A configuration or a questionnaire that is missing, unreadable or not for us: a sentence that says what is
// safe and what to do, the details for the surgery, and nothing half shown.

import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { assertGoodScreen } from "./house/checks.mjs";
import { built } from "./house/page_server.mjs";
import { say } from "./house/person.mjs";
import { ONS4, ons4, REFUSED, startTown } from "./house/visit.mjs";

const CONFIGURATION = "/config/demonstration.json";
const QUESTIONNAIRE = "/made.json";

const question = (more) => ({
  resourceType: "Questionnaire",
  url: "https://elsewhere.example/Questionnaire/made",
  version: "2",
  status: "active",
  item: [{ linkId: "a", type: "string", text: "What is your favourite walk?", ...more }],
});

const CONFIGURATIONS = [
  ["is not there", { status: 404, type: "text/plain", body: "no" }, "trouble.configuration-missing"],
  ["does not come", "drop", "trouble.configuration-network"],
  ["comes from a server that is not working", { status: 500, type: "text/plain", body: "no" }, "trouble.configuration-network"],
  ["is a page", { type: "text/html", body: "<h1>Hello</h1>" }, "trouble.configuration-unreadable"],
  ["is half of one", { body: '{ "version": 1, "practice": {' }, "trouble.configuration-unreadable"],
  ["has a setting nobody knows", () => ({ body: { ...built("config/demonstration.json"), collct: {} } }), "trouble.configuration-unreadable", "collct"],
];

const QUESTIONNAIRES = [
  ["is not there", { status: 404, type: "text/plain", body: "no" }, "trouble.questionnaire-missing"],
  ["does not come", "drop", "trouble.questionnaire-network"],
  ["comes from a server that is not working", { status: 503, type: "text/plain", body: "no" }, "trouble.questionnaire-network"],
  ["is a page", { type: "text/html", body: "<h1>Sign in</h1>" }, "trouble.questionnaire-unreadable"],
  ["is empty", { body: "" }, "trouble.questionnaire-unreadable"],
  ["is half of one", { body: JSON.stringify(question()).slice(0, 120) }, "trouble.questionnaire-unreadable"],
  ["is another kind of resource", { body: { resourceType: "Patient", id: "a" } }, "trouble.questionnaire-unreadable"],
  ["nests without end", { body: '{"resourceType":"Questionnaire","status":"active","item":['.concat('{"linkId":"a","type":"group","item":['.repeat(20_000)) }, "trouble.questionnaire-unreadable"],
  ["asks for a file", { body: question({ type: "attachment" }) }, "trouble.questionnaire-refused", "a"],
  ["has a modifier nobody knows", { body: question({ modifierExtension: [{ url: "https://elsewhere.example/not", valueBoolean: true }] }) }, "trouble.questionnaire-refused", "https://elsewhere.example/not"],
];

describe("a bad start", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());
  afterEach(() => {
    for (const path of [CONFIGURATION, QUESTIONNAIRE]) town.page.replace(path, undefined);
  });

  for (const [name, other, sentence, detail] of CONFIGURATIONS) {
    it(`the configuration ${name}`, async () => {
      town.page.replace(CONFIGURATION, typeof other === "function" ? other() : other);
      const person = await town.somebody({ allowed: [REFUSED, /preload/] });
      await person.opens();
      await person.sees(say("trouble.title"));
      await person.reads(say(sentence));
      if (detail) await showsDetail(person, detail);
      await assertGoodScreen(person.tab, `a configuration that ${name}`);
      assert.equal(await person.tab.getByText(say("shell.help-now")).filter({ visible: true }).count(), 1, "help is there all the same");
      person.watch.assertClean();
      await person.leaves();
    });
  }

  for (const [name, other, sentence, detail] of QUESTIONNAIRES) {
    it(`the questionnaire ${name}`, async () => {
      town.page.replace(QUESTIONNAIRE, other);
      const person = await town.somebody({ allowed: [REFUSED, /preload/] });
      await person.opens(`?questionnaire=${QUESTIONNAIRE.slice(1)}`);
      await person.sees(say("trouble.title"));
      await person.reads(say(sentence));
      if (detail) await showsDetail(person, detail);
      await assertGoodScreen(person.tab, `a questionnaire that ${name}`);
      person.watch.assertClean();
      await person.leaves();
    });
  }

  async function showsDetail(person, detail) {
    const staff = person.tab.getByText(say("trouble.for-staff"));
    await staff.click();
    await person.reads(detail);
  }

  for (const path of ["?questionnaire=https://elsewhere.example/q.json", "?questionnaire=//elsewhere.example/q.json", "?instrument=unknown", "?questionnaire=data:application/json,{}"]) {
    it(`${path} is not opened`, async () => {
      const person = await town.somebody({ allowed: [/preload/] });
      await person.opens(path);
      await person.sees(say("trouble.title"));
      await person.reads(say("trouble.questionnaire-elsewhere"));
      person.watch.assertClean();
      await person.leaves();
    });
  }

  it("what failed for want of signal works when it is tried again", async () => {
    town.page.replace(QUESTIONNAIRE, "drop");
    const person = await town.somebody({ allowed: [REFUSED, /preload/] });
    await person.opens(`?questionnaire=${QUESTIONNAIRE.slice(1)}`);
    await person.reads(say("trouble.questionnaire-network"));
    town.page.replace(QUESTIONNAIRE, { body: question() });
    await person.presses(say("trouble.try-again"));
    await person.sees("What is your favourite walk?");
    await person.leaves();
  });

  it("a new version of the questions does not change a question under an answer", async () => {
    const person = await town.somebody({ allowed: [/preload/] });
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await person.chooses(6);
    await person.reads(say("kept.saved"));
    const changed = JSON.parse(JSON.stringify(built(ONS4)).replaceAll(ons4()[0].text, "Are you happy?"));
    town.page.replace(`/${ONS4}`, { body: changed });
    await person.tab.reload();
    await person.sees(ons4()[0].text);
    assert.ok(await person.option(6).isChecked());
    town.page.replace(`/${ONS4}`, undefined);
    await person.leaves();
  });
});
