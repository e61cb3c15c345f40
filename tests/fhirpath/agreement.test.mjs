// The scores as an engine that is not ours computes them: fhirpath.js evaluates the SDC calculatedExpression
// that each measure declares, over random responses, and must agree with our own rules on every one.
// Responses come from a seed, so that a disagreement comes back; WHAT_MATTERS_SEED gives another.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const packages = process.env.WHAT_MATTERS_FHIRPATH ?? here;
const program = process.env.WHAT_MATTERS_NATIVE ?? join(root, "target/debug/what-matters");
const require = createRequire(join(packages, "package.json"));
const fhirpath = require("fhirpath");
const r4 = require("fhirpath/fhir-context/r4");
const Ajv = require("ajv/dist/2020");

const RESPONSES = 1000;
const SEED = Number(process.env.WHAT_MATTERS_SEED ?? 20261122);
const CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";

const folder = mkdtempSync(join(tmpdir(), "what-matters-scores-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function itemsOf(element) {
  return (element.item ?? []).flatMap((item) => [item, ...itemsOf(item)]);
}

/** Each score's link id and declared expression. */
function scoresOf(questionnaire) {
  return itemsOf(questionnaire).flatMap(({ linkId, extension = [] }) => {
    const declared = extension.find(({ url }) => url === CALCULATED);
    return declared ? [{ linkId, expression: declared.valueExpression.expression }] : [];
  });
}

/**
 * A response with the codes of random options. Words are left out, in another language, or those of another
 * option: scores go by codes. Some questions are open; some codes are of another system and count nothing.
 */
function response(questionnaire, random) {
  const gaps = [0, 0, 0.08, 0.3, 1][Math.floor(random() * 5)];
  const pick = (list) => list[Math.floor(random() * list.length)];
  const answered = (item) => {
    if (item.type === "group") {
      const below = (item.item ?? []).flatMap(answered);
      return below.length ? [{ linkId: item.linkId, item: below }] : [];
    }
    if (!item.answerOption || item.linkId.startsWith("context") || random() < gaps) return [];
    const { system, code } = pick(item.answerOption).valueCoding;
    const display = pick([undefined, "Przez kilka dni", pick(item.answerOption).valueCoding.display]);
    const coding = { system: random() < 0.01 ? "urn:another" : system, code, ...(display && { display }) };
    return [{ linkId: item.linkId, answer: [{ valueCoding: coding }] }];
  };
  const item = questionnaire.item.flatMap(answered);
  return { resourceType: "QuestionnaireResponse", status: "completed", ...(item.length && { item }) };
}

/** A pack with made-up words for a scoring file: scores do not depend on them. */
function madeUpPack(scoring) {
  const questions = itemsOf(scoring).filter(({ answerOption, linkId }) => answerOption && !linkId.startsWith("context"));
  const items = Object.fromEntries(questions.map(({ linkId }) => [linkId, `words of ${linkId}`]));
  const codes = questions.flatMap(({ answerOption }) => answerOption.map(({ valueCoding }) => valueCoding.code));
  const options = Object.fromEntries(codes.map((code) => [code, `answer ${code}`]));
  const licence = { statement: "Made up for a test.", holder: "A test" };
  return { whatMattersPack: 1, measure: scoring.id, language: "en-GB", licence, words: { title: "Made up", items, options } };
}

/** What our own program says of each response. */
function ours(form, responses) {
  const lines = join(folder, "responses.ndjson");
  writeFileSync(lines, responses.map((one) => JSON.stringify(one)).join("\n"));
  const printed = execFileSync(program, ["score", "--json", form, lines], { encoding: "utf8", maxBuffer: 1e9 });
  return printed.trim().split("\n").map((line) => JSON.parse(line).scores);
}

/** What fhirpath.js says of each response: a number, or null for nothing. */
function theirs(expression, responses) {
  const evaluate = fhirpath.compile(expression, r4);
  return responses.map((one) => {
    const found = evaluate(one, { resource: one });
    assert.ok(found.length <= 1, `${expression} gives ${found.length} values`);
    return found.length ? Number(found[0]) : null;
  });
}

function compare(file) {
  const questionnaire = JSON.parse(readFileSync(file, "utf8"));
  const scores = scoresOf(questionnaire);
  let form = file;
  if (file.includes("/scoring/")) {
    form = join(folder, basename(file));
    writeFileSync(form, JSON.stringify(madeUpPack(questionnaire)));
  }
  const random = numbers(SEED);
  const responses = Array.from({ length: RESPONSES }, () => response(questionnaire, random));
  const native = ours(form, responses);
  assert.equal(native.length, RESPONSES);
  const differing = scores.flatMap(({ linkId, expression }) =>
    theirs(expression, responses).flatMap((value, at) => {
      const own = native[at][linkId];
      assert.notEqual(own, undefined, `${linkId} is no score of ours`);
      return own === value ? [] : [{ linkId, at, ours: own, theirs: value, response: responses[at] }];
    }),
  );
  const given = scores.map(({ linkId }) => native.filter((line) => line[linkId] !== null).length);
  return { scores, given, differing };
}

const files = ["public/instruments", "public/packs/who5", "public/scoring", "tests/fhirpath"]
  .flatMap((below) => readdirSync(join(root, below)).map((name) => join(root, below, name)))
  .filter((file) => file.endsWith(".json") && !/package(-lock)?\.json$/.test(file))
  .filter((file) => scoresOf(JSON.parse(readFileSync(file, "utf8"))).length > 0);

test("there are scores to compare in nine measures and in the form with every rule", () => {
  assert.equal(files.length, 10, files.join("\n"));
});

let agreed = 0;
for (const file of files) {
  test(`${basename(file, ".json")}: fhirpath.js and our rules agree on ${RESPONSES} random responses`, () => {
    const { scores, given, differing } = compare(file);
    assert.deepEqual(differing.slice(0, 3), [], `${differing.length} disagreements`);
    scores.forEach(({ linkId }, at) => {
      assert.ok(given[at] > RESPONSES / 10, `${linkId} is given too seldom to say anything: ${given[at]}`);
      assert.ok(given[at] < RESPONSES, `${linkId} is always given, so open questions were not tried`);
      console.log(`  ${linkId}: ${RESPONSES} of ${RESPONSES} agreed, ${given[at]} with a score`);
    });
    agreed += scores.length * RESPONSES;
  });
}

test("an expression that is off by one is found out", () => {
  const questionnaire = JSON.parse(readFileSync(join(root, "public/instruments/gad7.json"), "utf8"));
  const random = numbers(SEED);
  const responses = Array.from({ length: RESPONSES }, () => response(questionnaire, random));
  const native = ours(join(root, "public/instruments/gad7.json"), responses);
  const [{ linkId, expression }] = scoresOf(questionnaire);
  const wrong = expression.replaceAll("'LA6570-1', 2", "'LA6570-1', 3");
  assert.notEqual(wrong, expression);
  const differing = theirs(wrong, responses).filter((value, at) => value !== native[at][linkId]);
  assert.ok(differing.length > RESPONSES / 4, `${differing.length} found`);
});

test("the published schema of packs says what our reader says", () => {
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(root, "public/schema/pack.json"), "utf8")));
  const change = (path, value) => (pack) => {
    const [last, ...above] = path.split(".").reverse();
    const parent = above.reverse().reduce((part, name) => part[name], pack);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  };
  const broken = [
    ["licence"], ["licence.statement"], ["licence.holder"], ["licence.holder", " "], ["licence.more", "x"], ["words.title"],
    ["words.items"], ["words.options"], ["language"], ["measure"], ["measure", "phq9"], ["whatMattersPack", 2], ["bands", []],
  ].map(([path, value]) => change(path, value));
  for (const name of ["djg6", "lsns6", "swemwbs", "wemwbs"]) {
    const scoring = JSON.parse(readFileSync(join(root, `public/scoring/${name}.json`), "utf8"));
    [() => {}, ...broken].forEach((change, at) => {
      const pack = madeUpPack(scoring);
      change(pack);
      const file = join(folder, "pack.json");
      writeFileSync(file, JSON.stringify(pack));
      let accepted = true;
      try {
        execFileSync(program, ["check", file], { stdio: "pipe" });
      } catch {
        accepted = false;
      }
      assert.equal(accepted, at === 0, `our reader: ${name}, change ${at}`);
      assert.equal(validate(pack), at === 0, `the schema: ${name}, change ${at}`);
    });
  }
});

after(() => console.log(`Scores compared: ${agreed} agreed (seed ${SEED})`));
