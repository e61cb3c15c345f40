// The measure itself: it agrees with figures worked out by hand, and it fails on what it is there to catch.

import assert from "node:assert/strict";
import { it } from "node:test";
import { banned, everything, faults, isCommon, measure, sentences, words, wordsOf, wordsOfForm } from "../../.dev/words.mjs";

const lib = await words();
const page = (reader, ...texts) => [{ name: "a page", kind: "Explanations", reader, texts }];
const times = (count, text) => Array.from({ length: count }, () => text);

it("cuts words into sentences where a reader would", () => {
  assert.deepEqual(sentences("Call 999 if: no. Use “Need help now?” at the top. It is 14:30."), [
    "Call 999 if: no.",
    "Use “Need help now?” at the top.",
    "It is 14:30.",
  ]);
  assert.deepEqual(wordsOf("A&E isn’t a well-known place, 2.5 times."), ["A&E", "isn’t", "a", "well-known", "place", "2.5", "times"]);
});

it("gives the figures worked out by hand", () => {
  // 6 words, 1 sentence, 17 letters, 6 syllables, none of three.
  const { words, sentences, kincaid, ari, smog, fog } = measure(["The cat sat on the mat."], lib);
  assert.equal(words, 6);
  assert.equal(sentences, 1);
  assert.ok(Math.abs(kincaid - (0.39 * 6 + 11.8 - 15.59)) < 1e-9, kincaid);
  assert.ok(Math.abs(ari - (4.71 * (17 / 6) + 0.5 * 6 - 21.43)) < 1e-9, ari);
  assert.ok(Math.abs(fog - 0.4 * 6) < 1e-9, fog);
  assert.ok(Math.abs(smog - 3.1291) < 1e-3, smog);
});

it("knows a word by its common endings, and not a rare one", () => {
  for (const word of ["talk", "Talks", "talking", "takes", "stopped", "happier", "cat’s", "colour", "42", "book-keeper".slice(0, 4)]) {
    assert.ok(isCommon(word, lib.common), word);
  }
  for (const word of ["prescribing", "holistic", "GP", "wellbeing"]) assert.ok(!isCommon(word, lib.common), word);
});

it("fails a page that is too hard for its readers, and passes an easy one", () => {
  const hard = "Practitioners facilitate personalised collaborative conversations concerning individual psychosocial circumstances.";
  assert.match(faults(page("staff", ...times(12, hard)), lib)[0], /reading age \d/);
  const middling = times(20, "Your answers help the surgery to help you, and you can change them later on.");
  assert.deepEqual(faults(page("staff", ...middling), lib), []);
  for (const reader of ["patient", "easy"]) assert.match(faults(page(reader, ...middling), lib)[0], /reading age \d/);
  assert.deepEqual(faults(page("patient", ...times(20, "You can stop at any time.")), lib), []);
});

it("fails a sentence of twenty-one words and passes one of twenty", () => {
  const sentence = (count) => `${times(count, "go").join(" ")}.`;
  assert.equal(faults(page("patient", sentence(20)), lib).length, 0);
  assert.match(faults(page("patient", sentence(21)), lib)[0], /21 words/);
});

it("fails each word we do not use, however it is written, and not a word that only holds it", () => {
  for (const text of ["Holistic care", "in a community setting", "a referral pathway", "the VCSE sector", "Ring us", "a * mark", "co-produce it"]) {
    assert.notEqual(faults(page("staff", text), lib).length, 0, text);
  }
  assert.deepEqual(banned("Bring a friend to the exercise class during spring.", "patient"), []);
  assert.equal(banned("Ask your practice.", "patient").length, 1);
  assert.equal(banned("Ask your practice.", "staff").length, 0);
});

it("judges our own words in a questionnaire and exempts the validated ones", () => {
  const control = (code) => [
    { url: "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl", valueCodeableConcept: { coding: [{ code }] } },
  ];
  const hidden = [{ url: "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", valueBoolean: true }];
  const form = {
    title: "Ours",
    copyright: "Somebody",
    item: [
      { linkId: "a", text: "Theirs", answerOption: [{ valueCoding: { display: "Theirs too" } }], item: [{ linkId: "h", text: "Our help", extension: control("help") }] },
      { linkId: "x", text: "Nobody sees this", extension: hidden },
      { linkId: "context", text: "About today" },
    ],
  };
  assert.deepEqual(wordsOfForm(form), { ours: ["Ours", "Our help"], theirs: ["Theirs", "Theirs too"] });
  const why = [{ url: "https://what-matters.example/fhir/StructureDefinition/why-we-ask", valueString: "Why" }];
  assert.deepEqual(wordsOfForm({ ...form, extension: why, item: [] }).ours, ["Ours", "Why"]);
  assert.deepEqual(wordsOfForm({ ...form, copyright: "Questions: What Matters. MIT.", item: form.item.slice(0, 1) }).theirs, []);
  assert.deepEqual(wordsOfForm({ ...form, copyright: undefined, item: form.item.slice(0, 2) }).theirs, []);
});

it("looks at every kind of words we have", () => {
  const all = everything();
  for (const kind of ["Explanations", "Easy Read", "The interface", "Our words in questionnaires", "Validated questions"]) {
    assert.ok(all.some((row) => row.kind === kind), kind);
  }
  assert.deepEqual(new Set(all.filter(({ reader }) => reader === "staff").map(({ name }) => name)), new Set(["for-link-workers", "for-practices"]));
  const ons4 = all.find(({ name, kind }) => name === "ons4" && kind === "Validated questions");
  assert.ok(ons4.texts.some((text) => text.startsWith("Overall, how satisfied")));
});
