// The page without a network: after one visit it opens, reads and asks as ever, and sends once when it can. What keeps
// its files is a service worker, which must not keep anything of anybody's, touch what is sent, or mix two releases.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { drop } from "./house/awkward_service.mjs";
import { forget, newProfile, startBrowser } from "./house/browser.mjs";
import { assertGoodScreen, watchPage } from "./house/checks.mjs";
import { assertKeptFilesAreOurs, keptFiles } from "./house/kept.mjs";
import { built, dist } from "./house/page_server.mjs";
import { Person, say } from "./house/person.mjs";
import { anotherRelease } from "./house/releases.mjs";
import { answersOns4, ons4, REFUSED, startTown } from "./house/visit.mjs";

const CONFIGURATION = "/config/demonstration.json";
const MEASURES = ["ons4", "loneliness", "what-matters-to-me", "phq4", "phq9", "gad7"];
/** Who reads the answers: some measures are not asked without. */
const review = { reviewer: "Demonstration duty team", withinHours: 4, collectionMode: "immediate" };
const WAITING = say("done.saved");

/** The words of the first thing a questionnaire asks. */
function firstQuestion(items) {
  for (const { type, text, item } of items) {
    if (type === "group") {
      const inside = firstQuestion(item ?? []);
      if (inside) return inside;
    } else if (type !== "display" && text) return text;
  }
  return undefined;
}

describe("without a network", () => {
  let town;
  let profile;
  let settings;
  const open = new Set();
  before(async () => {
    town = await startTown({ offers: MEASURES });
    const all = built(CONFIGURATION.slice(1));
    settings = { ...all, questionnaires: MEASURES.map((id) => ({ id })), review, collect: { fhir: { base: town.awkward.base } } };
  });
  after(() => town?.close());
  afterEach(async () => {
    await Promise.all([...open].map((browser) => browser.close()));
    open.clear();
    town.page.comesBack();
    town.page.replace(CONFIGURATION, { body: settings });
    town.page.releases(dist());
    town.awkward.behave(null);
    if (profile) forget(profile);
    profile = undefined;
  });

  function networkGoes() {
    town.page.goes();
    town.awkward.behave(() => drop);
  }

  function networkReturns() {
    town.page.comesBack();
    town.awkward.behave(null);
  }

  /** The same person's browser, opened anew: what was kept is kept. */
  async function visit() {
    profile ??= newProfile();
    const started = await startBrowser({ profile });
    open.add(started);
    const gone = (how) => () => (open.delete(started), started[how]());
    const browser = { kill: gone("kill"), close: gone("close") };
    const tab = await started.context.newPage();
    const person = new Person(tab, town.page.address);
    person.watch = watchPage(tab, { origins: town.origins, allowed: [REFUSED] });
    return { browser, person };
  }

  /** Waits until this is kept by the service worker, with whatever else belongs to it. */
  async function isKept(person, path = CONFIGURATION.slice(1)) {
    const wanted = new URL(path, town.page.address).href;
    for (let tries = 0; tries < 240; tries += 1) {
      if ((await keptFiles(person.tab)).some(({ url }) => url === wanted)) return;
      await new Promise((done) => setTimeout(done, 250));
    }
    assert.fail(`${path} is not kept: ${(await keptFiles(person.tab)).map(({ url }) => url).join(" ")}`);
  }

  /** One visit with a network, until everything is kept, and the browser closed. */
  async function oneVisit() {
    const { browser, person } = await visit();
    await person.opens();
    await person.sees(say("start.title"));
    await isKept(person, "words/pl.json");
    await isKept(person);
    person.watch.assertClean();
    await browser.close();
  }

  it("after one visit every measure, explanation and help page reads, answers are kept, and are sent once when it returns", async () => {
    town.page.replace(CONFIGURATION, { body: settings });
    const already = (await town.service.responses()).length;
    const asked = town.page.asked.length;
    await oneVisit();
    const code = town.page.asked.slice(asked).filter((path) => /-[0-9a-f]{16}\.(wasm|js|css)$/.test(path));
    assert.deepEqual(code.filter((path, at) => code.indexOf(path) !== at), [], "no code travels twice");
    networkGoes();

    const { browser, person } = await visit();
    await person.opens();
    await person.sees(say("start.title"));
    await assertGoodScreen(person.tab, "the start page without a network");
    for (const id of MEASURES) {
      await person.opens(`?instrument=${id}`);
      await person.reads(firstQuestion(built(`instruments/${id}.json`).item));
    }
    await person.opens("?lang=pl");
    await person.sees(built("words/pl.json")["start.title"]);

    for (const name of readdirSync(join(dist(), "content/en-GB"), { recursive: true }).filter((file) => file.endsWith(".txt"))) {
      const text = await person.tab.evaluate((path) => fetch(path).then((answer) => answer.text()), `content/en-GB/${name}`);
      assert.equal(text, readFileSync(join(dist(), "content/en-GB", name), "utf8"));
    }
    for (const name of readdirSync(join(dist(), "about"), { recursive: true }).filter((file) => file.endsWith(".html"))) {
      const [, title] = /<title>([^<]*)<\/title>/.exec(readFileSync(join(dist(), "about", name), "utf8"));
      await person.opens(`about/${name.replace(/index\.html$/, "")}`);
      await person.sees(title.replaceAll("&amp;", "&"));
      const margin = await person.tab.evaluate(() => getComputedStyle(document.querySelector("main")).paddingTop);
      assert.notEqual(margin, "0px", `${name} has its style`);
    }

    await person.opens("?instrument=ons4&lang=en-GB");
    for (const { text } of ons4()) {
      await person.sees(text);
      await person.chooses(6);
      await person.reads(say("kept.saved"));
      await person.continues();
    }
    await person.sees("About today");
    await person.continues();
    await person.presses(say("check.send"));
    await person.sees(WAITING);
    person.watch.assertClean();
    await browser.kill();

    // Opened again, still without a network: nothing is lost.
    const still = await visit();
    await still.person.opens();
    await still.person.sees(say("start.title"));
    assert.match(await still.person.onTheDevice(), /wm\/1\/final\//);
    await still.browser.kill();

    networkReturns();
    const again = await visit();
    await again.person.opens();
    await again.person.sees(say("start.title"));
    for (let tries = 0; tries < 240 && (await town.service.responses()).length === already; tries += 1) {
      await new Promise((done) => setTimeout(done, 250));
    }
    assert.equal((await town.service.responses()).length, already + 1, "sent, and once");
    await assertKeptFilesAreOurs(again.person.tab);
    await again.browser.close();
  });

  it("files that were deleted are kept anew, and answers are not among them", async () => {
    town.page.replace(CONFIGURATION, { body: settings });
    const { browser, person } = await visit();
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await person.chooses(7);
    await person.reads(say("kept.saved"));
    await isKept(person);
    await person.tab.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    });
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    assert.ok(await person.option(7).isChecked(), "the answer is there");
    await isKept(person, "about/");
    await isKept(person);
    networkGoes();
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    assert.ok(await person.option(7).isChecked(), "the answer is there without a network");
    await browser.close();
  });

  it("what is sent, and what is asked of a service on the same site, never passes through it", async () => {
    const here = `${town.page.address}fhir`;
    town.page.replace(CONFIGURATION, { body: { ...settings, collect: { fhir: { base: here } } } });
    const { browser, person } = await visit();
    await person.opens();
    await person.sees(say("start.title"));
    await isKept(person);
    const seen = [];
    person.tab.on("response", (answer) => {
      const request = answer.request();
      if (request.url().startsWith(here)) seen.push([request.method(), answer.fromServiceWorker()]);
    });
    await person.opens("?instrument=ons4");
    await answersOns4(person, [2]);
    await person.presses(say("check.send"));
    await person.reads(say("done.try-again"));
    assert.ok(seen.some(([method]) => method === "PUT"), JSON.stringify(seen));
    assert.deepEqual(seen.filter(([, through]) => through), []);
    await assertKeptFilesAreOurs(person.tab);
    await browser.close();
  });

  it("the practice's own configuration is fresh at each visit, and the last one is there where the network hangs", async () => {
    town.page.replace(CONFIGURATION, { body: settings });
    await oneVisit();
    const named = (name) => ({ body: { ...settings, practice: { name, demonstration: true } } });
    town.page.replace(CONFIGURATION, named("Riverside Practice"));
    const { browser, person } = await visit();
    await person.opens();
    await person.reads("Riverside Practice");
    // The configuration alone does not come; then nothing does.
    town.page.replace(CONFIGURATION, "hang");
    await person.opens();
    await person.reads("Riverside Practice");
    town.page.replace("/", "hang");
    await person.opens();
    await person.reads("Riverside Practice");
    town.page.replace("/");
    await browser.close();
  });

  describe("a new release", () => {
    let next;
    before(() => (next = anotherRelease()));
    after(() => next?.forget());

    const style = (person) =>
      person.tab.evaluate(() => [...document.querySelectorAll('link[rel="stylesheet"]')].map(({ href }) => href.split("/").pop()));
    // The old page does not know this setting and refuses it.
    const newer = () => ({ body: { ...settings, aSettingOfTheNextRelease: true } });

    it("is met at once where there is a network, the old worker or not, with all its files", async () => {
      town.page.replace(CONFIGURATION, { body: settings });
      await oneVisit();
      town.page.releases(next.folder);
      const { browser, person } = await visit();
      await person.opens();
      await person.sees(say("start.title"));
      assert.ok((await style(person)).includes(next.style));
      await browser.close();
    });

    it("its configuration never meets the old page: kept together, they are shown together", async () => {
      town.page.replace(CONFIGURATION, { body: settings });
      await oneVisit();
      // The new release and its configuration are out; this person's network lets pages hang and configurations through.
      town.page.releases(next.folder);
      town.page.replace(CONFIGURATION, newer());
      town.page.replace("/", "hang");
      town.page.replace("/offline.js", "hang");
      const { browser, person } = await visit();
      await person.opens();
      await person.sees(say("start.title"));
      await person.doesNotRead(say("trouble.configuration-unreadable"));
      assert.ok(!(await style(person)).includes(next.style));
      town.page.replace("/");
      town.page.replace("/offline.js");
      await browser.close();
    });

    it("that is only half there is not kept, and the old one stays whole", async () => {
      town.page.replace(CONFIGURATION, { body: settings });
      await oneVisit();
      // offline.js has come, the files it lists have not.
      const worker = { type: "text/javascript", body: readFileSync(join(next.folder, "offline.js"), "utf8") };
      town.page.replace("/offline.js", worker);
      const first = await visit();
      const asked = () => town.page.asked.filter((path) => path === `/${next.style}`).length;
      const before = asked();
      await first.person.opens();
      await first.person.sees(say("start.title"));
      for (let tries = 0; tries < 120 && asked() === before; tries += 1) await new Promise((done) => setTimeout(done, 250));
      assert.ok(asked() > before, "the new worker asked for the new release");
      const settled = () =>
        first.person.tab.evaluate(async () => {
          const { installing, waiting } = await navigator.serviceWorker.getRegistration();
          return { isInstalling: Boolean(installing), isWaiting: Boolean(waiting) };
        });
      for (let tries = 0; tries < 120 && (await settled()).isInstalling; tries += 1) await new Promise((done) => setTimeout(done, 250));
      assert.deepEqual(await settled(), { isInstalling: false, isWaiting: false }, "half a release waits for nothing");
      await first.browser.close();
      networkGoes();
      const { browser, person } = await visit();
      await person.opens();
      await person.sees(say("start.title"));
      await person.opens("?instrument=ons4");
      await person.reads(ons4()[0].text);
      town.page.replace("/offline.js");
      await browser.close();
    });

    it("takes over when the old one is no longer looked at, with the practice's configuration, and leaves nothing of the old", async () => {
      town.page.replace(CONFIGURATION, { body: settings });
      await oneVisit();
      town.page.releases(next.folder);
      town.page.replace(CONFIGURATION, { body: { ...settings, practice: { name: "Riverside Practice", demonstration: true } } });
      const first = await visit();
      await first.person.opens();
      await isKept(first.person, next.style);
      await isKept(first.person);
      await first.browser.close();
      networkGoes();
      const { browser, person } = await visit();
      await person.opens();
      await person.reads("Riverside Practice");
      assert.ok((await style(person)).includes(next.style));
      assert.equal((await person.tab.evaluate(() => caches.keys())).length, 1, "nothing of the old release is left");
      await browser.close();
    });
  });

  it("can be taken back: where offline-off.js stands in its place, worker and files go, and answers stay", async () => {
    town.page.replace(CONFIGURATION, { body: settings });
    const first = await visit();
    await first.person.opens("?instrument=ons4");
    await first.person.sees(ons4()[0].text);
    await first.person.chooses(3);
    await first.person.reads(say("kept.saved"));
    await isKept(first.person);
    await first.browser.close();

    const off = readFileSync(join(dist(), "offline-off.js"), "utf8");
    town.page.replace("/offline.js", { type: "text/javascript", body: off });
    const { browser, person } = await visit();
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    const left = () =>
      person.tab.evaluate(async () => {
        const registrations = await navigator.serviceWorker.getRegistrations();
        return [...registrations.map(({ scope }) => scope), ...(await caches.keys())];
      });
    for (let tries = 0; tries < 120 && (await left()).length; tries += 1) await new Promise((done) => setTimeout(done, 250));
    assert.deepEqual(await left(), []);
    assert.ok(await person.option(3).isChecked(), "the answer is there");
    town.page.replace("/offline.js");
    await browser.close();
  });
});
