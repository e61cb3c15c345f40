// The first question stands in the page itself, so that somebody new can answer it before our code has come. It must
// be the very question that our code then draws, in the same place, with the answer already given, and it must never
// stand in for another.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { lookAtEverything } from "./house/every_look.mjs";
import { firstPage, templateOf } from "./house/first_page.mjs";
import { built, dist } from "./house/page_server.mjs";
import { say } from "./house/person.mjs";
import { ONS4, ons4, REFUSED, sendsChangedWasm, startTown } from "./house/visit.mjs";

const CODE = /\.wasm$/;
const NOT_YET = "Getting ready to save …";
const PLAIN = "?instrument=ons4";
/** Something of ours that was kept before (src/store/keys.rs). */
const KEPT = "wm/1/pad";

describe("the first question in the page", { concurrency: false }, () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());

  /** Somebody to whom our code comes when `send` is called. */
  async function waiting({ prepare, ...options } = {}) {
    let send;
    const sent = new Promise((done) => (send = done));
    const person = await town.somebody({
      allowed: [/preload/],
      ...options,
      prepare: async (context) => {
        await context.route(CODE, async (route) => {
          await sent;
          return route.continue().catch(() => {});
        });
        await prepare?.(context);
      },
    });
    const tab = person.tab;
    return {
      person,
      codeComes: send,
      /** Our code comes; gives when it has drawn its page. */
      comes: async () => {
        send();
        await tab.locator("[data-app] h1").first().waitFor();
      },
    };
  }

  async function findsIt(person) {
    await person.tab.goto(person.address + PLAIN);
    await person.sees(ons4()[0].text);
  }

  const isEarly = (person) => person.tab.locator("[data-early]").count().then((count) => count === 1);

  it("is the one that our code draws, to the letter", async () => {
    const { person, comes } = await waiting();
    await findsIt(person);
    await comes();
    const { markup } = templateOf(readFileSync(join(dist(), "index.html"), "utf8"));
    assert.equal(markup, await firstPage(person.tab), "run ./dev first-question");
    assert.equal(await isEarly(person), false);
    person.watch.assertClean();
    await person.leaves();
  });

  for (const [width, height] of [[320, 640], [360, 740], [820, 1180], [1280, 800]]) {
    it(`stays where it is, ${width} pixels wide, when our code comes and when the rest of it does`, async () => {
      const { person, comes } = await waiting({ viewport: { width, height } });
      const places = () =>
        person.tab.evaluate(() =>
          ["h1", "input[value='7'] + label", "[data-ways] button", ".wm-foot"].map((selector) => {
            const { x, y, width, height } = document.querySelector(`main:not([data-static] *) ${selector}`).getBoundingClientRect();
            return { selector, x, y: y + scrollY, width, height };
          }),
        );
      await findsIt(person);
      const scrolled = await person.tab.evaluate(() => {
        scrollTo(0, 120);
        return scrollY;
      });
      const then = await places();
      await comes();
      assert.deepEqual(await places(), then);
      assert.equal(await person.tab.evaluate(() => scrollY), scrolled);
      await person.tab.getByRole("button", { name: say("aloud.read") }).waitFor();
      assert.deepEqual(await places(), then);
      await person.leaves();
    });
  }

  it("takes an answer, which our code keeps when it comes, with the focus and what was opened", async () => {
    const { person, comes } = await waiting();
    await findsIt(person);
    await person.tab.getByText(say("ask.explain")).click();
    await person.tab.getByText(say("shell.help-now")).filter({ visible: true }).click();
    await person.reads(/Samaritans/);
    // Of a change of mind the last counts.
    for (const answer of [3, 7, 3]) await person.chooses(answer);
    await person.reads(NOT_YET);
    await person.doesNotRead(say("kept.saved"));
    assert.doesNotMatch(await person.onTheDevice(), /ons4|wm\//, "nothing is kept before our code can keep it well");
    await comes();
    assert.equal(await isEarly(person), false);
    assert.ok(await person.option(3).isChecked());
    assert.ok(await person.option(3).evaluate((input) => input === document.activeElement && !!input.closest("[data-app]")));
    assert.ok(await person.tab.getByText("There is no right answer.").isVisible(), "what was opened is open");
    assert.ok(await person.tab.getByText(/Samaritans/).filter({ visible: true }).first().isVisible());
    await person.reads(say("kept.saved"));
    assert.ok(await person.option(3).isChecked());
    await person.continues();
    await person.sees(ons4()[1].text);
    await person.tab.reload();
    await person.sees(ons4()[1].text);
    await person.presses(say("shell.back"));
    await person.sees(ons4()[0].text);
    assert.ok(await person.option(3).isChecked());
    person.watch.assertClean();
    await person.leaves();
  });

  it("takes Continue once, with the answer as it was last", async () => {
    const { person, comes } = await waiting();
    await findsIt(person);
    await person.chooses(2);
    for (let presses = 0; presses < 3; presses += 1) await person.continues();
    await person.chooses(9);
    await person.sees(ons4()[0].text);
    await comes();
    await person.sees(ons4()[1].text);
    await person.tab.waitForTimeout(300);
    await person.sees(ons4()[1].text);
    await person.presses(say("shell.back"));
    await person.sees(ons4()[0].text);
    assert.ok(await person.option(9).isChecked());
    person.watch.assertClean();
    await person.leaves();
  });

  it("is waited for by what was done to it, where all of the code comes before the questionnaire does", async () => {
    let send;
    const sent = new Promise((done) => (send = done));
    const { person, codeComes } = await waiting({
      prepare: (context) => context.route(/ons4\.json$/, async (route) => (await sent, route.continue().catch(() => {}))),
    });
    const rest = person.tab.waitForResponse(/what_matters_rest/).then((response) => response.finished());
    await findsIt(person);
    await person.chooses(8);
    codeComes();
    await rest;
    await person.tab.waitForTimeout(500);
    await person.reads(NOT_YET);
    send();
    await person.reads(say("kept.saved"));
    assert.ok(await person.option(8).isChecked());
    await person.continues();
    await person.sees(ons4()[1].text);
    person.watch.assertClean();
    await person.leaves();
  });

  it("can be answered with the keyboard alone", async () => {
    const { person, comes } = await waiting();
    await findsIt(person);
    await person.option(0).focus();
    for (let step = 0; step < 4; step += 1) await person.tab.keyboard.press("ArrowRight");
    assert.ok(await person.option(4).isChecked());
    await comes();
    await person.tab.keyboard.press("ArrowRight");
    assert.ok(await person.option(5).isChecked(), "the focus is where it was");
    await person.reads(say("kept.saved"));
    assert.ok(await person.option(5).isChecked());
    person.watch.assertClean();
    await person.leaves();
  });

  it("is accessible before our code comes", async () => {
    const { person } = await waiting();
    await findsIt(person);
    assert.ok(await isEarly(person));
    const names = ["Demonstration Surgery"];
    assert.deepEqual(await lookAtEverything(person.tab, { language: "en-GB", names, seenStops: new Set() }), []);
    person.watch.assertClean();
    await person.leaves();
  });

  it("wears the practice's name and only what its settings have", async () => {
    const { practice, ...others } = built("config/demonstration.json");
    town.configure({ practice: { name: "Beispiel & Söhne’s Surgery" }, languages: undefined });
    try {
      const { person, comes } = await waiting();
      await findsIt(person);
      assert.ok(await isEarly(person));
      await person.reads("Beispiel & Söhne’s Surgery");
      await person.doesNotRead(say("shell.demonstration"));
      await person.doesNotRead(/^Language/);
      const words = async () => (await person.words()).replace(NOT_YET, "").replace(say("aloud.read"), "").replace(/\s+/g, " ");
      const before = await words();
      await comes();
      assert.equal(await words(), before);
      person.watch.assertClean();
      await person.leaves();
    } finally {
      town.configure({ practice, ...others });
    }
  });

  it("goes when our code does not come, and nothing is said to be kept that was not", async () => {
    for (const breaks of [(route) => route.abort(), sendsChangedWasm]) {
      const person = await town.somebody({ allowed: [/./], prepare: (context) => context.route(CODE, breaks) });
      await person.tab.goto(person.address + PLAIN);
      await person.reads("The questions did not open.");
      assert.equal(await person.tab.getByRole("radio").filter({ visible: true }).count(), 0);
      await person.doesNotRead(say("kept.saved"));
      // What is read instead has ways on that work.
      await person.tab.getByRole("link", { name: say("explain.why-asked") }).click();
      await person.tab.waitForURL(/why-was-i-asked/);
      await person.leaves();
    }
  });

  it("takes no answer over to another question than was asked", async () => {
    const other = built(ONS4);
    const [group] = other.item;
    group.item.find(({ linkId }) => linkId === ons4()[0].linkId).text = "Overall, how is your garden?";
    town.page.replace(`/${ONS4}`, { body: other });
    try {
      const { person, comes } = await waiting();
      await findsIt(person);
      await person.chooses(7);
      await person.continues();
      await comes();
      await person.sees("Overall, how is your garden?");
      await person.tab.getByRole("button", { name: say("aloud.read") }).waitFor();
      assert.equal(await person.tab.getByRole("radio", { checked: true }).count(), 0);
      assert.doesNotMatch(await person.onTheDevice(), /"answers?":\[?\{?"?7/);
      person.watch.assertClean();
      await person.leaves();
    } finally {
      town.page.replace(`/${ONS4}`, undefined);
    }
  });

  const elsewhere = [
    ["somebody who has something kept", { prepare: (context) => context.addInitScript((key) => localStorage.setItem(key, "0"), KEPT) }],
    ["somebody whose answers are in the other store alone", { prepare: async (context) => context.addInitScript(() => indexedDB.open("what-matters")) }],
    ["another language", { path: `${PLAIN}&lang=pl` }],
    ["all questions on one page", { path: `${PLAIN}&layout=all` }],
    ["the start page", { path: "" }],
    ["a practice whose first language is another", { changes: { languages: ["pl", "en-GB"] } }],
    ["a practice with letters of its own, which are wider or narrower", { changes: { theme: { letters: "serif" } } }],
    ["a device that many people use", { changes: { device: "shared" } }],
    ["a practice that means another questionnaire by the name", { changes: { questionnaires: [{ id: "ons4", url: "instruments/loneliness.json" }] } }],
    ["a practice that does not offer it", { changes: { questionnaires: [{ id: "loneliness", url: "instruments/loneliness.json" }] } }],
    ["a browser that keeps nothing", { prepare: (context) => context.addInitScript(() => Object.defineProperty(globalThis, "localStorage", { get: () => { throw new DOMException("", "SecurityError"); } })) }],
    ["settings that are no JSON", { instead: { body: "?" }, allowed: [/preload/, REFUSED] }],
  ];
  for (const [whom, { path = PLAIN, changes, instead, ...options }] of elsewhere) {
    it(`is not shown to ${whom}`, async () => {
      if (changes) town.configure(changes);
      if (instead) town.page.replace("/config/demonstration.json", instead);
      try {
        const { person, comes } = await waiting(options);
        const settings = person.tab.waitForResponse(/config\/demonstration\.json/);
        await person.tab.goto(person.address + path);
        await settings;
        await person.tab.waitForTimeout(300);
        assert.equal(await isEarly(person), false);
        await person.reads("Getting the questions ready …");
        await comes();
        person.watch.assertClean();
        await person.leaves();
      } finally {
        town.configure({});
      }
    });
  }
});
