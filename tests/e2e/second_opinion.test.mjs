// LHC-Forms as a second opinion: the same forms, filled in the same way, asked of it and of us. What is
// asked, what is wanting and what is given out must be the same, but for what docs/second_opinion.md lists.
//
// WM_FORMS is how many forms are made up (60), WM_SEED what they are made from. A difference prints the seed
// and the form that shows it: WM_SEED=… WM_FORMS=… ./dev e2e 'second opinion'.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { KNOWN, explain, isKnownFailure } from "./house/known_disagreements.mjs";
import { Chance, form, response } from "./house/made_forms.mjs";
import { startNative } from "./house/native.mjs";
import { answersOf, differences } from "./house/opinions.mjs";
import { setting } from "./house/packages.mjs";
import { startRival } from "./house/rival.mjs";

const USUAL_SEED = 20261122;
const SEED = Number(process.env.WM_SEED ?? USUAL_SEED);
const FORMS = Number(process.env.WM_FORMS ?? 60);

/** Forms of the scenarios that LHC-Forms fails on, always or with some answers, each with what it says. */
const NOT_TAKEN = {
  "limits-quantity": /questionnaire-unit can only be used with types integer or decimal/,
  "when-open-choice-own-words": /reading 'system'/,
};

/** How often the form of each scenario is filled in. */
const TIMES = 4;

const seen = new Set();
const counts = { forms: 0, items: 0, answers: 0, explained: 0, failed: 0 };
let rival;
let native;

/** Asks both, and gives what is not known of their differences. */
async function compare(name, questionnaire, filled) {
  const [ours, theirs] = await Promise.all([native.opinion(questionnaire, filled), rival.opinion(questionnaire, filled)]);
  if (!ours.error && isKnownFailure(theirs.error, filled)) {
    counts.failed += 1;
    return [];
  }
  if (ours.error ?? theirs.error) return [`${name}: ${ours.error ? "we refuse it" : "LHC-Forms fails on it"}: ${ours.error ?? theirs.error}`];
  const found = differences(questionnaire, ours, theirs);
  const { names, news } = explain({ questionnaire, response: filled, ours, differences: found });
  names.forEach((known) => seen.add(known));
  counts.forms += 1;
  counts.items += ours.asked.length;
  counts.answers += answersOf(ours.response).length;
  counts.explained += found.length > 0 ? 1 : 0;
  return news.map((difference) => `${name}: ${JSON.stringify(difference)}`);
}

describe("a second opinion", () => {
  before(async () => {
    native = startNative();
    rival = await startRival();
  });
  after(async () => {
    await rival?.close();
    native?.close();
  });

  it("agrees on the forms of every scenario", async (t) => {
    const folder = setting("WHAT_MATTERS_SCENARIO_FORMS");
    const news = [];
    const files = readdirSync(folder).sort();
    assert.ok(files.length >= 60, `${files.length} forms`);
    for (const [at, file] of files.entries()) {
      const name = file.replace(/\.json$/, "");
      const questionnaire = JSON.parse(readFileSync(join(folder, file), "utf8"));
      for (let time = 0; time < TIMES; time += 1) {
        const filled = response(new Chance(SEED + at * TIMES + time), questionnaire);
        const found = await compare(name, questionnaire, filled);
        if (NOT_TAKEN[name] && found.some((difference) => NOT_TAKEN[name].test(difference))) seen.add(name);
        else news.push(...found);
      }
    }
    t.diagnostic(`seed ${SEED}: ${files.length} forms of scenarios, each filled in ${TIMES} times`);
    assert.deepEqual(news, [], `seed ${SEED}`);
  });

  it("agrees on forms made up by chance", async (t) => {
    const news = [];
    for (let at = 0; at < FORMS; at += 1) {
      const chance = new Chance(SEED * 1000 + at);
      const questionnaire = form(chance);
      news.push(...(await compare(`made form ${at}`, questionnaire, response(chance, questionnaire))));
    }
    t.diagnostic(`seed ${SEED}: ${FORMS} made forms; in all ${JSON.stringify(counts)}`);
    assert.deepEqual(news, [], `WM_SEED=${SEED} WM_FORMS=${FORMS}`);
  });

  it("differs still wherever a difference is said to be known", { skip: SEED !== USUAL_SEED || FORMS < 60 }, () => {
    const page = readFileSync(new URL("../../docs/second_opinion.md", import.meta.url), "utf8");
    const told = [...page.matchAll(/^### (.+)$/gm)].map(([, name]) => name);
    const known = KNOWN.map(({ name }) => name);
    assert.deepEqual([...told].sort(), [...known].sort(), "docs/second_opinion.md has one section for each");
    const listed = [...known, ...Object.keys(NOT_TAKEN)];
    assert.deepEqual(listed.filter((name) => !seen.has(name)), [], "known disagreements that no form shows any more");
  });
});
