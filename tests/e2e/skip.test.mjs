// Nobody is made to answer: every kind of question can be skipped, or left for the talk, and says so when it
// is read back.

import { after, before, describe, it } from "node:test";
import assert from "node:assert/strict";
import { say } from "./house/person.mjs";
import { startTown } from "./house/visit.mjs";

const coding = (code) => ({ valueCoding: { system: "https://elsewhere.example/codes", code, display: `Option ${code}` } });
const SLIDER = [
  { url: "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl", valueCodeableConcept: { coding: [{ system: "http://hl7.org/fhir/questionnaire-item-control", code: "slider" }] } },
  { url: "http://hl7.org/fhir/StructureDefinition/minValue", valueInteger: 0 },
  { url: "http://hl7.org/fhir/StructureDefinition/maxValue", valueInteger: 10 },
];
const KINDS = [
  ...["boolean", "integer", "decimal", "date", "dateTime", "time", "string", "text", "url", "quantity"].map((type) => ({ type })),
  { type: "integer", name: "scale", extension: SLIDER },
  { type: "choice", answerOption: [coding("a"), coding("b")] },
  { type: "choice", name: "several", repeats: true, answerOption: [coding("a"), coding("b")] },
  { type: "open-choice", answerOption: [coding("a")] },
].map(({ name, ...item }) => ({ ...item, linkId: name ?? item.type, text: `A question of kind ${name ?? item.type}?`, required: true }));

const FORM = { resourceType: "Questionnaire", url: "https://elsewhere.example/Questionnaire/kinds", status: "active", title: "Kinds", item: KINDS };

describe("skip", () => {
  let town;
  before(async () => (town = await startTown({ instead: { "/kinds.json": { body: FORM } } })));
  after(() => town?.close());

  for (const [way, readBack] of [["ask.skip", "check.skipped"], ["ask.rather-talk", "check.to-talk-about"]]) {
    it(`every kind of question, even a required one, takes "${way}"`, async () => {
      const person = await town.somebody({ allowed: [/preload/] });
      await person.opens("?questionnaire=kinds.json");
      for (const { text } of KINDS) {
        await person.sees(text);
        await person.presses(say(way));
      }
      await person.sees("About today");
      await person.continues();
      await person.sees(say("check.title"));
      assert.equal(await person.tab.getByRole("main").getByText(say(readBack), { exact: true }).count(), KINDS.length);
      person.watch.assertClean();
      await person.leaves();
    });
  }
});
