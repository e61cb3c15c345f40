// The same questions open in two and three windows, each written into at full speed: no last word is lost.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { forget, newProfile, startBrowser } from "./house/browser.mjs";
import { say } from "./house/person.mjs";
import { startTown } from "./house/visit.mjs";

const EDITS = 1_000;
const QUESTIONS = 6;

/** A page of boxes; each window writes into two of its own, and all of them into one they share. */
const PAPER = {
  resourceType: "Questionnaire",
  url: "https://elsewhere.example/Questionnaire/paper",
  version: "1",
  status: "active",
  title: "A sheet of paper",
  item: [...Array(QUESTIONS + 1).keys()].map((n) => ({ linkId: `q${n}`, type: "text", text: `Box ${n}` })),
};

/** In the page: so many edits, some at once and some after a breath; gives what each box held at the end. */
async function writes({ window: name, own, shared, edits }) {
  const boxes = [...document.querySelectorAll("main textarea")];
  const last = {};
  for (let edit = 1; edit <= edits; edit += 1) {
    const at = edit % 5 === 0 ? shared : own[edit % own.length];
    boxes[at].value = last[at] = `${name} ${edit}`;
    boxes[at].dispatchEvent(new InputEvent("input", { bubbles: true }));
    if (edit % 3 === 0) await new Promise((done) => setTimeout(done, 1));
  }
  return last;
}

describe("several windows", () => {
  let town;
  before(async () => (town = await startTown({ instead: { "/paper.json": { body: PAPER } } })));
  after(() => town?.close());

  it("a window that is looked at again shows what another has written, and goes on from there", async () => {
    const person = await town.somebody({ allowed: [/preload/] });
    const opens = async (tab) => {
      await tab.goto(`${town.page.address}?questionnaire=paper.json&layout=all`);
      const boxes = tab.locator("main textarea");
      await boxes.first().waitFor();
      return boxes;
    };
    const one = await opens(person.tab);
    await one.nth(0).fill("from the first");
    await person.reads(say("kept.saved"));
    const other = await opens(await person.tab.context().newPage());
    await other.nth(1).fill("from the other");
    await other.page().getByText(say("kept.saved")).waitFor();
    // As the browser says it when the first comes to the front again, or out of the back-forward cache.
    await person.tab.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await person.tab.waitForFunction(() => document.querySelectorAll("main textarea")[1].value === "from the other");
    await one.nth(2).fill("and on");
    await person.reads(say("kept.saved"));
    const third = await opens(await person.tab.context().newPage());
    const seen = await Promise.all([0, 1, 2].map((at) => third.nth(at).inputValue()));
    assert.deepEqual(seen, ["from the first", "from the other", "and on"]);
    await person.leaves();
  });

  for (const windows of [2, 3]) {
    it(`${windows} of them, ${EDITS} edits in each: every box has the last of its words, and all windows agree`, async (context) => {
      const profile = newProfile();
      // A process each, so that they do not share one view of local storage.
      const browser = await startBrowser({ profile, switches: ["--process-per-tab"] });
      context.after(async () => {
        await browser.close();
        forget(profile);
      });
      const opens = async () => {
        const tab = await browser.context.newPage();
        await tab.goto(`${town.page.address}?questionnaire=paper.json&layout=all`);
        await tab.locator("main textarea").first().waitFor({ timeout: 15_000 });
        return tab;
      };
      // The first word makes the draft that the others then find.
      const first = await opens();
      await first.locator("main textarea").nth(QUESTIONS).fill("begun");
      await first.getByText(say("kept.saved")).waitFor();
      const tabs = [first];
      while (tabs.length < windows) tabs.push(await opens());

      const began = Date.now();
      const last = await Promise.all(
        tabs.map((tab, at) => tab.evaluate(`(${writes})(${JSON.stringify({ window: `window${at}`, own: [at * 2, at * 2 + 1], shared: QUESTIONS, edits: EDITS })})`)),
      );
      const took = Date.now() - began;
      for (const tab of tabs) await tab.getByText(say("kept.saved")).waitFor({ timeout: 30_000 });

      const holds = async (tab) => {
        const boxes = await tab.locator("main textarea").all();
        return Promise.all(boxes.map((box) => box.inputValue()));
      };
      // Another window, opened now, and one that is loaded again.
      const seen = await holds(await opens());
      await tabs[0].reload();
      await tabs[0].locator("main textarea").first().waitFor();
      assert.deepEqual(await holds(tabs[0]), seen, "the windows agree");
      for (const [at, words] of last.entries()) {
        for (const own of [at * 2, at * 2 + 1]) assert.equal(seen[own], words[own], `box ${own} of window ${at}`);
      }
      assert.ok(last.some((words) => words[QUESTIONS] === seen[QUESTIONS]), `the shared box has somebody's last words: ${seen[QUESTIONS]}`);
      context.diagnostic(`${windows * EDITS} edits in ${took} ms, 0 lost`);
    });
  }
});
