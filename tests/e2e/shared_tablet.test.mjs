// Journey 3: a tablet in the waiting room. Whatever one person wrote, the next cannot find: not by Back, not by
// reload, not in any store, the page, the history, the title or a cache.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { drop } from "./house/awkward_service.mjs";
import { forget, newProfile, startBrowser } from "./house/browser.mjs";
import { assertGoodScreen, watchPage } from "./house/checks.mjs";
import { clocks } from "./house/devices.mjs";
import { Person, say } from "./house/person.mjs";
import { answersOns4, ons4, REFUSED, startTown } from "./house/visit.mjs";

const EVERY_KIND = JSON.parse(readFileSync(new URL("../fixtures/every-kind.json", import.meta.url), "utf8"));
const [{ d: _private, ...KEY }] = JSON.parse(readFileSync(new URL("../fixtures/sealed/keys.json", import.meta.url), "utf8")).keys;
const CANARY = "kanarienvogel";

/** Puts a word of its own into every box, and gives the words. Choices are told by the questions' link ids. */
async function fillsIn(person) {
  const words = [];
  for (const box of await person.tab.getByRole("textbox").all()) {
    const word = `${CANARY}-${words.length}`;
    await box.fill(word);
    words.push(word);
  }
  for (const choice of (await person.tab.getByRole("radio").all()).slice(0, 6)) await choice.click({ force: true });
  return words;
}

/** Where on the tab any of the words can be found. */
async function foundOn(person, words) {
  const places = {
    stores: await person.onTheDevice(),
    page: await person.tab.content(),
    boxes: await person.tab.evaluate(() => [...document.querySelectorAll("input, textarea, select")].map(({ value }) => value).join("\n")),
    title: await person.tab.title(),
    address: person.tab.url(),
    state: await person.tab.evaluate(() => JSON.stringify(history.state)),
    name: await person.tab.evaluate(() => window.name),
    caches: await person.tab.evaluate(async () => {
      const texts = [];
      for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) texts.push(request.url);
      return texts.join("\n");
    }),
  };
  return Object.entries(places).flatMap(([place, text]) => words.filter((word) => text.includes(word)).map((word) => `${word} in ${place}`));
}

async function leavesNothing(person, words, when) {
  assert.deepEqual(await foundOn(person, words), [], when);
}

/** The browser's Back. A page out of the back-forward cache is there without loading, so that is not waited for. */
async function goesBack(tab) {
  await tab.goBack({ waitUntil: "commit", timeout: 3_000 }).catch(() => {});
  await new Promise((done) => setTimeout(done, 100));
}

/** Back five times, and a reload at each stop: nothing shows anywhere. */
async function backFindsNothing(person, words) {
  for (let back = 1; back <= 5; back += 1) {
    await goesBack(person.tab);
    if (!person.tab.url().startsWith(person.address)) return;
    await leavesNothing(person, words, `after Back ${back}`);
    await person.tab.reload();
    await leavesNothing(person, words, `after Back ${back} and a reload`);
  }
}

/** Every file below `folder` that has one of the words in it, in UTF-8 or UTF-16. */
function filesWith(folder, words) {
  const found = [];
  for (const name of readdirSync(folder, { recursive: true })) {
    const path = join(folder, name);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
    const bytes = readFileSync(path);
    const there = words.filter((word) => bytes.includes(word) || bytes.includes(Buffer.from(word, "utf16le")));
    if (there.length > 0) found.push(`${name}: ${there.join(" ")}`);
  }
  return found;
}

describe("a device that many people use", () => {
  let town;
  before(async () => {
    town = await startTown({ instead: { "/every-kind.json": { body: EVERY_KIND } } });
    town.configure({ device: "shared", collect: { fhir: { base: town.awkward.base }, key: KEY } });
  });
  after(() => town?.close());

  /** Every sealed response that the service has, read back through its own API. */
  async function sealedAtTheService() {
    const found = [];
    for (const path of new Set(town.awkward.sent().map(({ path }) => path))) {
      const shown = await fetch(new URL(path, town.service.base), { headers: { Accept: "application/fhir+json" } });
      if (shown.ok) found.push(await shown.json());
    }
    return found.filter(({ contentType }) => contentType === "application/jose");
  }

  const somebody = (options = {}) => town.somebody({ allowed: [REFUSED, /preload/], prepare: (context) => context.addInitScript(clocks), ...options });

  it("keeps nothing of the answers at any moment, and the next person finds nothing after they are sent", async () => {
    town.awkward.behave(null);
    const person = await somebody();
    const requests = [];
    person.tab.on("request", (request) => requests.push({ url: request.url(), body: request.postData() ?? "" }));
    await person.opens();
    await person.reads(say("start.shared"));
    await assertGoodScreen(person.tab, "the start of a shared device");
    await person.opens("?questionnaire=every-kind.json&layout=all");
    await person.sees(EVERY_KIND.title);
    const words = await fillsIn(person);
    assert.ok(words.length >= 8, `${words.length} boxes`);
    await person.reads(say("kept.shared"));
    await person.doesNotRead(say("kept.saved"));
    const device = await person.onTheDevice();
    assert.equal(device.includes(CANARY) || device.includes("every-kind"), false, device);
    await person.tab.reload();
    await leavesNothing(person, words, "after a reload half-way");

    await person.opens("?instrument=ons4");
    for (const [at, { text }] of ons4().entries()) {
      await person.sees(text);
      await person.chooses(at + 1);
      await person.continues();
    }
    await person.sees("About today");
    await person.writes(`${CANARY}-note`);
    await person.continues();
    await person.sees(say("check.title"));
    await person.reads(`${CANARY}-note`);
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));
    await person.reads(say("done.hand-back"));
    await assertGoodScreen(person.tab, "the last page of a shared device");
    const every = [...words, CANARY, "valueInteger"];
    assert.equal((await sealedAtTheService()).length, 1, "the service has it");
    const carrying = requests.filter(({ url, body }) => url.includes(CANARY) || body.includes(CANARY));
    assert.deepEqual(carrying, [], "nothing readable went anywhere");
    await leavesNothing(person, every, "on the last page");
    await backFindsNothing(person, every);
    person.watch.assertClean();
    await person.leaves();
  });

  it("asks after a while without a touch, covers the answers meanwhile, and goes on where the person was", async () => {
    const person = await somebody();
    await person.opens("?questionnaire=every-kind.json&layout=all");
    await person.sees(EVERY_KIND.title);
    const words = await fillsIn(person);
    const lines = await person.tab.locator("textarea").first().inputValue();
    assert.ok(words.includes(lines));
    await person.tab.evaluate(() => window.later(91_000));
    await person.sees(say("idle.title"));
    await person.reads(/Seconds until your answers are cleared: \d+/);
    await leavesNothing(person, words, "while it asks");
    await assertGoodScreen(person.tab, "are you still there");
    await person.tab.mouse.click(5, 400);
    await person.sees(say("idle.title"));
    await person.presses(say("idle.carry-on"));
    await person.sees(EVERY_KIND.title);
    assert.equal(await person.tab.getByRole("textbox", { name: "What should we call you?" }).inputValue(), words[0]);
    assert.equal(await person.tab.locator("textarea").first().inputValue(), lines);
    // As often as it takes.
    await person.tab.evaluate(() => window.later(95_000));
    await person.sees(say("idle.title"));
    await person.presses(say("idle.clear"));
    await person.sees(EVERY_KIND.title);
    await leavesNothing(person, words, "after clearing");
    person.watch.assertClean();
    await person.leaves();
  });

  it("clears the answers when nobody comes back, also when it slept meanwhile", async () => {
    for (const away of [[91_000, 31_000], [3_600_000]]) {
      const person = await somebody();
      await person.opens();
      await person.presses(say("start.begin"));
      await person.sees(ons4()[0].text);
      await person.chooses(7);
      await person.continues();
      await person.sees(ons4()[1].text);
      for (const pause of away) {
        await person.tab.evaluate((pause) => window.later(pause), pause);
        if (pause === 91_000) await person.sees(say("idle.title"));
      }
      await person.sees(say("start.title"));
      await goesBack(person.tab);
      await goesBack(person.tab);
      assert.equal(await person.tab.locator("input:checked").count(), 0);
      await person.leaves();
    }
  });

  it("offers to say that one is at the surgery, not at home, and neither to stop for now nor to print", async () => {
    const person = await somebody();
    await person.opens("?instrument=ons4");
    for (const { text } of ons4()) {
      await person.sees(text);
      assert.equal(await person.tab.getByRole("button", { name: say("shell.later") }).count(), 0, "nothing is kept to come back to");
      await person.presses(say("ask.skip"));
    }
    await person.sees("About today");
    assert.equal(await person.tab.getByRole("button", { name: say("ask.alone-at-home") }).count(), 0);
    await person.presses(say("today.alone-at-surgery"));
    await person.sees(say("check.title"));
    await person.reads("At the GP surgery");
    assert.equal(await person.tab.getByRole("button", { name: say("shell.print") }).count(), 0);
    person.watch.assertClean();
    await person.leaves();
  });

  it("shows nothing when somebody leaves in the middle and the next person presses Back", async () => {
    const person = await somebody();
    await person.opens("?questionnaire=every-kind.json&layout=all");
    await person.sees(EVERY_KIND.title);
    const words = await fillsIn(person);
    await person.tab.evaluate(() => {
      addEventListener("pageshow", ({ persisted }) => (window.fromCache = persisted));
    });
    await person.tab.goto(new URL("config/demonstration.json", person.address).href);
    await goesBack(person.tab);
    assert.equal(await person.tab.evaluate(() => window.fromCache), true, "it came out of the back-forward cache");
    await person.sees(say("start.title"));
    await leavesNothing(person, words, "after leaving and coming back");
    await backFindsNothing(person, words);
    await person.leaves();
  });

  it("says that unsent answers are locked here, lets the person go, and sends them when the service is back", async () => {
    const before = (await sealedAtTheService()).length;
    const person = await somebody();
    await person.opens("?instrument=ons4");
    await answersOns4(person, [5]);
    town.awkward.behave(() => drop);
    await person.presses(say("check.send"));
    await person.reads(say("done.shared-sealed"));
    await person.reads(say("done.hand-back"));
    assert.equal(/valueInteger|ons4\.satisfied/.test(await person.onTheDevice()), false);
    await person.presses(say("trouble.go-to-start"));
    // The page was loaded anew: the next person's first question.
    await person.sees(ons4()[0].text);
    assert.equal(await person.tab.locator("input:checked").count(), 0);
    town.awkward.behave(null);
    for (let wait = 0; wait < 40 && (await sealedAtTheService()).length === before; wait += 1) {
      if (wait % 8 === 0) await person.opens();
      await new Promise((done) => setTimeout(done, 250));
    }
    assert.equal((await sealedAtTheService()).length, before + 1);
    await person.leaves();
  });

  it("leaves no word of the answers in what pages can read of the browser's profile, and tells what the browser keeps for itself", async (context) => {
    const profile = newProfile();
    const browser = await startBrowser({ profile });
    context.after(() => browser.close());
    const person = new Person(await browser.context.newPage(), town.page.address);
    const watch = watchPage(person.tab, { origins: town.origins, allowed: [REFUSED, /preload/] });
    await person.opens("?questionnaire=every-kind.json&layout=all");
    await person.sees(EVERY_KIND.title);
    const words = await fillsIn(person);
    await person.reads(say("kept.shared"));
    await person.tab.goto(`${town.page.address}config/demonstration.json`);
    await goesBack(person.tab);
    await leavesNothing(person, words, "in the profile's own window");
    watch.assertClean();
    // Chromium writes local storage to disk within a minute; a polite end writes it at once.
    await browser.close();
    const found = filesWith(profile, words);
    forget(profile);
    context.diagnostic(`files of the profile with a word of the answers: ${found.length ? found.join(", ") : "none"}`);
    // Autofill and session restore are the browser's own, and no page can clear them: they are told here and in
    // docs/scoreboard.md, and a practice switches them off (docs/safety/deployer-checklist.md).
    const ofTheBrowser = /^Default\/(Web Data|Sessions\/)/;
    assert.deepEqual(found.filter((file) => !ofTheBrowser.test(file)), []);
  });
});
