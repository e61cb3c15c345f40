// A browser that keeps nothing, or not enough: four facts, four sentences, and the answers still arrive.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { drop } from "./house/awkward_service.mjs";
import { forget, newProfile, startBrowser } from "./house/browser.mjs";
import { assertGoodScreen, watchPage } from "./house/checks.mjs";
import { absent, broken, brokenDatabase, full, noDatabase, refusing } from "./house/devices.mjs";
import { Person, say } from "./house/person.mjs";
import { answersOns4, ons4, REFUSED, startTown } from "./house/visit.mjs";

const KEEPS_NOTHING = [
  ["refused", refusing, "storage.refused"],
  ["absent", absent, "storage.absent"],
  // Known only once something is written, so the start page cannot say it.
  ["full", full, null],
  ["broken", broken, "storage.broken"],
];

async function answersOne(person) {
  await person.sees(ons4()[0].text);
  await person.chooses(8);
}

async function finishes(person) {
  await answersOns4(person, [8]);
  await person.sees(say("check.title"));
  await person.presses(say("check.send"));
}

describe("storage", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());
  beforeEach(() => town.awkward.behave(null));

  for (const [name, spoil, sentence] of KEEPS_NOTHING) {
    it(`that is ${name}: the person is told, answers and sends all the same`, async () => {
      const before = (await town.service.responses()).length;
      const person = await town.somebody({ allowed: [REFUSED], prepare: (context) => context.addInitScript(spoil) });
      await person.opens();
      if (sentence) await person.reads(say(sentence));
      await person.presses(say("start.begin"));
      await answersOne(person);
      await person.reads(say("kept.nowhere"));
      await person.doesNotRead(say("kept.saved"));
      await assertGoodScreen(person.tab, `storage ${name}`);
      town.awkward.behave(() => drop);
      await finishes(person);
      await person.sees(say("done.held"));
      await person.reads(say("done.memory-only"));
      await person.doesNotRead(say("done.saved"));
      town.awkward.behave(null);
      await person.triesAgain();
      await person.sees(say("done.sent"));
      const responses = await town.service.responses();
      assert.equal(responses.length, before + 1);
      person.watch.assertClean();
      await person.leaves();
    });
  }

  it("that Chromium itself refuses, because the person blocks site data", async () => {
    const profile = newProfile();
    mkdirSync(join(profile, "Default"), { recursive: true });
    writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }));
    const browser = await startBrowser({ profile });
    const tab = await browser.context.newPage();
    const person = new Person(tab, town.page.address);
    const watch = watchPage(tab, { origins: town.origins, allowed: [REFUSED] });
    await person.opens();
    await person.reads(say("storage.refused"));
    await person.presses(say("start.begin"));
    await answersOne(person);
    await person.reads(say("kept.nowhere"));
    await finishes(person);
    await person.sees(say("done.sent"));
    watch.assertClean();
    await browser.close();
    forget(profile);
  });

  it("that is really full: the last byte of the quota is taken", async () => {
    const person = await town.somebody();
    await person.opens();
    await person.sees(say("start.title"));
    await person.tab.evaluate(() => {
      let size = 4_000_000;
      for (let at = 0; size >= 1; at += 1) {
        try {
          localStorage.setItem(`elsewhere-${at}`, "x".repeat(size));
        } catch {
          size = Math.floor(size / 2);
        }
      }
    });
    await person.opens("?instrument=ons4");
    await answersOne(person);
    await person.tab.getByText(say("kept.perhaps")).or(person.tab.getByText(say("kept.saved"))).first().waitFor();
    await person.tab.reload();
    await person.sees(ons4()[0].text);
    assert.ok(await person.option(8).isChecked(), "the mirror has what local storage had no room for");
    await person.leaves();
  });

  for (const [name, spoil] of [["absent", noDatabase], ["broken", brokenDatabase]]) {
    it(`without the mirror (${name}): kept, and not called safe`, async () => {
      const person = await town.somebody({ prepare: (context) => context.addInitScript(spoil) });
      await person.opens("?instrument=ons4");
      await answersOne(person);
      await person.reads(say("kept.perhaps"));
      await person.tab.reload();
      await person.sees(ons4()[0].text);
      assert.ok(await person.option(8).isChecked());
      person.watch.assertClean();
      await person.leaves();
    });
  }

  it("that was cleared by something else on the site: the mirror heals it", async () => {
    const person = await town.somebody();
    await person.opens("?instrument=ons4");
    await answersOne(person);
    await person.reads(say("kept.saved"));
    await person.tab.evaluate(() => localStorage.clear());
    await person.tab.reload();
    await person.sees(ons4()[0].text);
    assert.ok(await person.option(8).isChecked());
    await person.leaves();
  });

  it("that the browser threw away between two looks: told so, and nothing is called saved", async () => {
    const person = await town.somebody();
    await person.opens("?instrument=ons4");
    await answersOne(person);
    await person.reads(say("kept.saved"));
    await person.opens();
    await person.presses(say("start.resume"));
    await person.sees(ons4()[0].text);
    const session = await person.tab.context().newCDPSession(person.tab);
    await session.send("Storage.clearDataForOrigin", { origin: new URL(town.page.address).origin, storageTypes: "all" });
    // Not Back from elsewhere: the back-forward cache would bring the page back with its memory, which heals.
    await person.tab.reload();
    await person.sees(say("start.title"));
    await person.reads(say("kept.gone"));
    await person.doesNotRead(say("kept.saved"));
    await person.presses(say("start.begin"));
    await person.sees(ons4()[0].text);
    assert.equal(await person.tab.getByRole("radio", { checked: true }).count(), 0);
    person.watch.assertClean();
    await person.leaves();
  });

  it("with other people's keys in it, which are left alone", async () => {
    const person = await town.somebody();
    await person.opens();
    await person.tab.evaluate(() => {
      localStorage.setItem("theirs", "not JSON {");
      localStorage.setItem("also", "\ud800");
    });
    await person.opens("?instrument=ons4");
    await answersOne(person);
    await person.reads(say("kept.saved"));
    assert.deepEqual(await person.tab.evaluate(() => [localStorage.getItem("theirs"), localStorage.getItem("also").charCodeAt(0)]), ["not JSON {", 0xd800]);
    person.watch.assertClean();
    await person.leaves();
  });

  it("one of which is busy for a while: told so, and saved without being asked", async () => {
    const person = await town.somebody();
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await person.tab.evaluate(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function () {
        throw new DOMException("busy in a test", "UnknownError");
      };
      window.letGo = () => (IDBObjectStore.prototype.put = put);
    });
    await answersOne(person);
    await person.reads(say("kept.perhaps"));
    await person.tab.evaluate(() => window.letGo());
    await person.reads(say("kept.saved"));
    person.watch.assertClean();
    await person.leaves();
  });

  it("that was garbled: told, set aside, and never shown as an answer", async () => {
    const person = await town.somebody();
    await person.opens("?instrument=ons4");
    await answersOne(person);
    await person.reads(say("kept.saved"));
    await person.tab.evaluate(async () => {
      for (const key of Object.keys(localStorage)) localStorage.setItem(key, localStorage.getItem(key).slice(0, -9));
      for (const { name } of await indexedDB.databases()) await new Promise((done) => (indexedDB.deleteDatabase(name).onsuccess = done));
    });
    await person.opens();
    await person.reads(say("kept.recovered-none"));
    await person.presses(say("start.begin"));
    await person.sees(ons4()[0].text);
    assert.equal(await person.tab.getByRole("radio", { checked: true }).count(), 0);
    await person.leaves();
  });
});
