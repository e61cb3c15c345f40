// Reading: every explanation in the app and as a page of its own, Easy Read, without a network, without
// JavaScript, on paper, and aloud.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertGoodScreen } from "./house/checks.mjs";
import { say } from "./house/person.mjs";
import { ons4, REFUSED, startTown } from "./house/visit.mjs";

const squeezed = (text) => text.replace(/\s+/g, " ").trim();

/** In place of the browser's voices: writes down what it is told to say, and says it when it is asked to. */
function standInVoices(voices) {
  const said = [];
  let queue = [];
  const speech = {
    getVoices: () => voices,
    speak: (utterance) => {
      queue.push(utterance);
      said.push({ words: utterance.text, lang: utterance.lang, voice: utterance.voice?.name });
    },
    cancel: () => {
      if (queue.length) said.push({ cancelled: true });
      queue = [];
    },
  };
  class Utterance {
    constructor(text) {
      Object.assign(this, { text, lang: "", voice: null, onend: null, onerror: null });
    }
  }
  class Voice {
    constructor(voice) {
      Object.assign(this, voice);
    }
  }
  speech.getVoices = () => voices.map((voice) => new Voice(voice));
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  Object.assign(window, { SpeechSynthesisUtterance: Utterance, SpeechSynthesisVoice: Voice, SpeechSynthesis: Object });
  window.theVoices = {
    said,
    finish: () => {
      const all = queue;
      queue = [];
      for (const utterance of all) utterance.onend?.({});
    },
  };
}

const ENGLISH = [
  { name: "Hans", lang: "de-DE", localService: true },
  { name: "Far", lang: "en-GB", localService: false },
  { name: "Near", lang: "en-GB", localService: true },
];
const withVoices = (voices) => ({ prepare: (context) => context.addInitScript(standInVoices, voices) });
const said = (person) => person.tab.evaluate(() => window.theVoices.said);

describe("explanations", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());

  it("the explanations in the app say what their own pages say, and each is a good screen", async () => {
    const person = await town.somebody();
    const paper = await town.somebody();
    await person.opens();
    await person.presses(say("explain.more"));
    const list = person.tab.getByRole("main").getByRole("listitem").getByRole("button");
    await list.first().waitFor();
    const titles = await list.allInnerTexts();
    assert.ok(titles.length >= 15, `${titles.length} explanations`);
    await assertGoodScreen(person.tab, "the list of explanations");
    await paper.opens("about/");
    await assertGoodScreen(paper.tab, "the list on a page of its own");
    for (const title of titles) {
      await person.presses(title);
      await person.sees(title);
      // The focus follows the page by one turn of the browser's own.
      await person.tab.waitForFunction(() => document.activeElement?.tagName === "H1", undefined, { timeout: 5_000 });
      await paper.tab.getByRole("main").getByRole("link", { name: title }).click();
      await paper.sees(title);
      for (;;) {
        const [app, own] = await Promise.all([person, paper].map((reader) => reader.tab.getByRole("article").innerText()));
        const easy = say("explain.easy");
        assert.equal(squeezed(app).replace(easy, "").replace(say("explain.not-easy"), "").replace(/\s+/g, " "), squeezed(own), title);
        await assertGoodScreen(person.tab, title);
        await assertGoodScreen(paper.tab, `${title}, on its own page`);
        const next = person.tab.getByRole("button", { name: easy });
        if (!(await next.count())) break;
        await next.click();
        await person.tab.getByRole("button", { name: say("explain.not-easy") }).waitFor();
        await paper.tab.getByRole("link", { name: easy }).click();
      }
      const back = person.tab.getByRole("button", { name: say("explain.not-easy") });
      if (await back.count()) await back.click();
      await person.presses(say("shell.back"));
      await person.sees("Questions and answers");
      await paper.tab.goto(`${town.page.address}about/`);
    }
    person.watch.assertClean();
    paper.watch.assertClean();
    await person.leaves();
    await paper.leaves();
  });

  it("Easy Read, once chosen, holds for the next explanation and the next visit, until it is no longer wanted", async () => {
    const person = await town.somebody();
    await person.opens();
    await person.presses(say("explain.who-sees"));
    await person.sees("Who sees my answers?");
    await person.presses(say("explain.easy"));
    await person.reads("Nobody sees them as you type.");
    await person.presses(say("shell.back"));
    await person.sees(say("start.title"));
    await person.presses(say("explain.why-asked"));
    await person.reads("It is not a test.");
    const other = person.tab.getByRole("button", { name: say("explain.not-easy") });
    await other.waitFor();
    await person.opens();
    await person.presses(say("explain.who-sees"));
    await person.reads("Nobody sees them as you type.");
    await other.click();
    await person.reads("While you are answering");
    await person.opens();
    await person.presses(say("explain.why-asked"));
    await person.reads("Who may have asked for this");
    await person.leaves();
  });

  it("what people ask most reads without a network, and the rest says plainly that it did not come", async () => {
    // In a browser that keeps no files: with a service worker all of them would come.
    const person = await town.somebody({ allowed: [REFUSED], serviceWorkers: "block" });
    const ahead = ["index", "why-was-i-asked", "who-is-a-link-worker", "what-happens-first", "who-sees-my-answers"];
    const came = Promise.all(ahead.map((name) => person.tab.waitForResponse((answer) => answer.url().endsWith(`/${name}.txt`))));
    await person.opens();
    await came;
    await person.sees(say("start.title"));
    await person.tab.context().setOffline(true);
    await person.presses(say("explain.why-asked"));
    await person.sees("Why was I asked?");
    await person.presses("Can I say no?");
    await person.sees(say("explain.failed-title"));
    await person.reads("Nothing you have written is lost.");
    await assertGoodScreen(person.tab, "an explanation that did not come");
    await person.tab.context().setOffline(false);
    await person.presses(say("trouble.try-again"));
    await person.sees(/Can I say no/);
    await person.presses(say("shell.back"));
    await person.sees("Why was I asked?");
    await person.leaves();
  });

  it("the pages read without JavaScript, from the first one on", async () => {
    const person = await town.somebody({ javaScriptEnabled: false });
    await person.opens();
    await person.tab.getByRole("link", { name: say("explain.who-sees") }).click();
    await person.sees("Who sees my answers?");
    await person.tab.getByRole("link", { name: say("explain.easy") }).click();
    await person.sees("Who sees my answers?");
    await person.tab.getByText(say("shell.help-now")).first().click();
    await person.reads(/Samaritans/);
    await person.tab.getByRole("link", { name: say("explain.more") }).click();
    await person.sees("Questions and answers");
    await person.tab.getByRole("link", { name: say("start.title") }).click();
    await person.sees(say("start.title"));
    await person.leaves();
  });

  it("on paper there are the words and the addresses of websites, and nothing to press", async () => {
    const person = await town.somebody();
    await person.opens();
    await person.presses(say("explain.who-sees"));
    await person.sees("Who sees my answers?");
    await person.tab.emulateMedia({ media: "print" });
    await person.doesNotRead(say("shell.help-now"));
    for (const word of ["shell.back", "explain.easy", "aloud.read"]) {
      const button = person.tab.getByRole("button", { name: say(word), exact: true });
      assert.equal(await button.filter({ visible: true }).count(), 0, `"${say(word)}" is on paper`);
    }
    const after = await person.tab
      .getByRole("link", { name: /Information Commissioner/ })
      .evaluate((link) => getComputedStyle(link, "::after").content);
    assert.match(after, /https:\/\/ico\.org\.uk/);
    await person.leaves();
  });

  it("a question is read aloud when asked, in order, by a voice that needs no network, and stops with the page", async () => {
    const person = await town.somebody(withVoices(ENGLISH));
    const [first, second] = ons4();
    await person.opens("?instrument=ons4");
    await person.sees(first.text);
    assert.deepEqual(await said(person), [], "nothing is read before it is asked for");
    await assertGoodScreen(person.tab, "a question that can be read aloud");
    await person.presses(say("aloud.read"));
    const heard = await said(person);
    assert.ok(heard.every(({ lang, voice }) => lang === "en-GB" && voice === "Near"), JSON.stringify(heard));
    const words = heard.map((each) => each.words);
    const question = words.indexOf(first.text);
    assert.ok(question >= 0, JSON.stringify(words));
    const options = words.slice(question + 1).map((word) => /^\d+/.exec(word)?.[0]);
    assert.deepEqual(options, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"], JSON.stringify(words));
    assert.ok(!words.includes(say("ask.continue")) && !words.includes(say("aloud.read")));
    await person.chooses(7);
    await person.continues();
    await person.sees(second.text);
    assert.deepEqual((await said(person)).at(-1), { cancelled: true }, "it stops when the page turns");
    await person.presses(say("aloud.read"));
    await person.presses(say("aloud.stop"));
    assert.deepEqual((await said(person)).at(-1), { cancelled: true });
    await person.presses(say("aloud.read"));
    await person.tab.evaluate(() => window.theVoices.finish());
    await person.tab.getByRole("button", { name: say("aloud.read") }).waitFor();
    assert.notDeepEqual((await said(person)).at(-1), { cancelled: true }, "it came to its end by itself");
    person.watch.assertClean();
    await person.leaves();
  });

  it("an explanation is read aloud; where no voice speaks its language the page says so", async () => {
    const person = await town.somebody(withVoices(ENGLISH));
    await person.opens();
    await person.presses(say("explain.why-asked"));
    await person.sees("Why was I asked?");
    await person.presses(say("aloud.read"));
    const words = (await said(person)).map((each) => each.words);
    assert.equal(words[0], "Why was I asked?");
    assert.ok(words.includes("It is not a test. There is nothing to pass or fail."), JSON.stringify(words));
    await person.presses(say("shell.back"));
    await person.sees(say("start.title"));
    assert.deepEqual((await said(person)).at(-1), { cancelled: true });
    await person.leaves();

    const foreign = await town.somebody(withVoices(ENGLISH.slice(0, 1)));
    await foreign.opens();
    await foreign.presses(say("explain.why-asked"));
    await foreign.sees("Why was I asked?");
    await foreign.presses(say("aloud.read"));
    await foreign.reads(say("aloud.no-voice"));
    assert.deepEqual(await said(foreign), []);
    await foreign.leaves();
  });

  it("without voices there is no button", async () => {
    const prepare = (context) =>
      context.addInitScript(() => Object.defineProperty(window, "SpeechSynthesisUtterance", { value: undefined }));
    const person = await town.somebody({ prepare });
    await person.opens();
    await person.presses(say("explain.why-asked"));
    await person.sees("Why was I asked?");
    await person.doesNotRead(say("aloud.read"));
    await person.leaves();
  });
});
