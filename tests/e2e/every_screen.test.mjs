// Every screen of the patient's door, in every state, looked at in every way a machine can (docs/accessibility.md).

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { lookAtEverything } from "./house/every_look.mjs";
import { built } from "./house/page_server.mjs";
import { errorSummary } from "./house/screen_checks.mjs";
import { MADE, WALKS } from "./house/screens.mjs";
import { assertNoStrangers, compareTree, isWriting, treeOf } from "./house/trees.mjs";
import { startTown } from "./house/visit.mjs";
import { setsOut } from "./house/walker.mjs";

/** Proper names, which are in no language. */
const NAMES = ["Demonstration Surgery", "Information Commissioner’s Office"];

describe("every screen", { concurrency: 2 }, () => {
  let town;
  const seenStops = new Set();
  before(async () => (town = await startTown({ instead: MADE })));
  after(() => town?.close());

  for (const walk of WALKS) {
    for (const language of ["en-GB", ...(isWriting() ? [] : (walk.languages ?? []).filter((tag) => tag !== "en-GB"))]) {
      it(`of ${walk.title} is accessible${language === "en-GB" ? "" : ` in ${built(`words/${language}.json`).about.name}`}`, async () => {
        const wrong = [];
        const looked = [];
        const look = async (screen, { mistakes = false } = {}) => {
          looked.push(screen);
          const note = (found) => wrong.push(...found.map((what) => `${screen}: ${what}`));
          if (language === "en-GB") note(compareTree(screen, await treeOf(person.tab)).map((line) => `tree ${line}`));
          if (isWriting()) return;
          if (mistakes) note(await errorSummary(person.tab));
          note(await lookAtEverything(person.tab, { language, names: [...NAMES, ...(walk.names ?? [])], seenStops }));
        };
        const person = await setsOut(town, walk, { language, look });
        try {
          await walk.go(person).catch((error) => wrong.push(`${looked.at(-1)}, and then: ${error.message}`));
          assert.ok(wrong.length === 0, `\n${wrong.join("\n")}`);
          if (language === "en-GB") assert.deepEqual(looked, walk.screens, "the screens that the walk shows");
          person.watch.assertClean();
        } finally {
          await person.leaves();
        }
      });
    }
  }
});

describe("the trees", () => {
  it("are of screens that there are", () => assertNoStrangers(WALKS.flatMap(({ screens }) => screens)));

  it("have each screen once", () => {
    const names = WALKS.flatMap(({ screens }) => screens);
    assert.deepEqual(names, [...new Set(names)]);
  });
});
