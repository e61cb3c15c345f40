// What is kept on this device: every state in words, shown as a code, saved as a file, deleted in two steps.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { drop, outcome } from "./house/awkward_service.mjs";
import { assertGoodScreen } from "./house/checks.mjs";
import { assertTabGoesThrough } from "./house/keyboard.mjs";
import { setting } from "./house/packages.mjs";
import { say } from "./house/person.mjs";
import { blurred, covered, cut, picture, scan, turned } from "./house/scanner.mjs";
import { answersOns4, ons4, REFUSED, startTown } from "./house/visit.mjs";

async function finishes(person, answers = [7, 8, 9, 0]) {
  await person.opens("?instrument=ons4");
  await answersOns4(person, answers);
  await person.sees(say("check.title"));
  await person.presses(say("check.send"));
}

const looks = (person) => person.presses(say("shell.kept"));

/** Presses the first button that begins with these words: each also names its response. */
const pressesFirst = (person, words) => person.tab.getByRole("button", { name: words }).first().click();

async function saved(person, press) {
  const [download] = await Promise.all([person.tab.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

const code = (person) => person.tab.getByRole("img", { name: /^A code to scan/ });

describe("what is kept on this device", () => {
  let town;
  let folder;
  before(async () => {
    town = await startTown();
    folder = mkdtempSync(join(tmpdir(), "what-matters-received-"));
  });
  after(async () => {
    await town?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    town.awkward.behave(null);
    town.awkward.received.length = 0;
  });

  /** The link worker's side: the native command, on what the scanner read. */
  function receives(text) {
    const file = join(folder, "scanned.txt");
    writeFileSync(file, text);
    const { stdout, status } = spawnSync(setting("WHAT_MATTERS_NATIVE"), ["receive", "--into", folder, file], { encoding: "utf8" });
    const lines = Object.fromEntries(stdout.trim().split("\n").map((line) => line.split(/\s{2,}/)));
    return { status, lines };
  }

  it("nothing: it says so, and the page is there from every page", async () => {
    const person = await town.somebody();
    await person.opens();
    await person.sees(say("start.title"));
    await looks(person);
    await person.sees(say("shell.kept"));
    await person.reads(say("device.nothing"));
    await assertGoodScreen(person.tab, "nothing kept");
    await person.tab.goBack();
    await person.sees(say("start.title"));
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await looks(person);
    await person.sees(say("shell.kept"));
    await person.presses(say("shell.back"));
    await person.sees(ons4()[0].text);
    person.watch.assertClean();
    await person.leaves();
  });

  it("shown as a code, scanned, confirmed: the very bytes arrive, and only then do they go from here", async () => {
    const person = await town.somebody({ allowed: [REFUSED] });
    town.awkward.behave(() => drop);
    await finishes(person);
    await person.sees(say("done.saved"));
    const frozen = town.awkward.sent().at(-1).body;

    await looks(person);
    await person.sees(say("shell.kept"));
    await person.reads(say("done.saved"));
    await assertGoodScreen(person.tab, "one response kept");
    await assertTabGoesThrough(person.tab, "the page of what is kept");
    await pressesFirst(person, say("device.show-code"));
    await person.sees(say("device.code-title"));
    await assertGoodScreen(person.tab, "the code");

    const text = scan(await picture(code(person)));
    assert.match(text ?? "", /^WM1:[0-9A-Z $%*+\-./:]+$/, "a decoder that is not ours reads it");
    const first = receives(text);
    assert.equal(first.status, 0);
    assert.equal(readFileSync(first.lines.stored, "utf8"), frozen, "the very bytes");
    assert.equal(receives(text).lines.already, first.lines.stored, "scanned twice, stored once");

    await person.presses(say("shell.back"));
    await person.sees(say("shell.kept"));
    await person.reads(say("device.shown"));
    await person.doesNotRead(say("done.saved"));
    await assertGoodScreen(person.tab, "shown, not confirmed");
    await pressesFirst(person, say("device.show-code"));

    await person.writes("1234 5678");
    await person.presses(say("device.receipt-confirm"));
    await person.reads(say("device.receipt-wrong"));
    await assertGoodScreen(person.tab, "a wrong receipt code");
    assert.ok((await person.onTheDevice()).includes("valueInteger"), "still here");
    await person.writes(first.lines.receipt.replace(" ", "-"));
    await person.presses(say("device.receipt-confirm"));
    await person.reads(say("device.confirmed"));
    await person.reads(say("device.sent-heading"));
    await assertGoodScreen(person.tab, "confirmed");
    assert.equal((await person.onTheDevice()).includes("valueInteger"), false, "and gone");

    town.awkward.behave(null);
    await person.opens();
    await person.sees(say("start.title"));
    await person.tab.waitForTimeout(500);
    assert.deepEqual(await town.service.responses(), [], "what was received by code is not sent again");
    person.watch.assertClean();
    await person.leaves();
  });

  it("a code is read blurred, upside down, with a thumb on it, in the dark and in forced colours; half a code is not", async () => {
    const person = await town.somebody({ allowed: [REFUSED] });
    town.awkward.behave(() => drop);
    await finishes(person, [1, 2, 3, 4]);
    await person.sees(say("done.saved"));
    await looks(person);
    await pressesFirst(person, say("device.show-code"));
    await person.sees(say("device.code-title"));
    const clear = await picture(code(person));
    const text = scan(clear);
    assert.ok(text);
    assert.equal(scan(turned(clear)), text);
    assert.equal(scan(blurred(clear, 1)), text);
    // Not further in, over the small square of the corner: from one picture this decoder then has to guess.
    assert.equal(scan(covered(clear, 0.1)), text, "a tenth of its sides under a thumb");
    assert.equal(scan(cut(clear, 0.5)), null, "half of it is nothing, and nothing wrong");
    for (const media of [{ colorScheme: "dark" }, { forcedColors: "active" }, { colorScheme: "dark", forcedColors: "active" }]) {
      await person.tab.emulateMedia(media);
      assert.equal(scan(await picture(code(person))), text, JSON.stringify(media));
    }
    person.watch.assertClean();
    await person.leaves();
  });

  it("shown and then sent after all: the service has it once, and the device says so", async () => {
    const before = (await town.service.responses()).length;
    const person = await town.somebody({ allowed: [REFUSED] });
    town.awkward.behave(() => drop);
    await finishes(person, [5, 5, 5, 5]);
    await person.sees(say("done.saved"));
    await looks(person);
    await pressesFirst(person, say("device.show-code"));
    await person.sees(say("device.code-title"));
    const scanned = receives(scan(await picture(code(person))));
    town.awkward.behave(null);
    await person.opens();
    await person.sees(say("start.title"));
    await looks(person);
    await person.reads(say("device.sent-heading"));
    await person.reads(say("device.nothing"));
    const responses = await town.service.responses();
    assert.equal(responses.length, before + 1);
    assert.ok(scanned.lines.stored.includes(responses.find(({ id }) => scanned.lines.stored.includes(id)).id), "the same id both ways");
    await person.leaves();
  });

  it("saved as a file, read, copied for oneself: the bytes are those that are sent", async () => {
    const person = await town.somebody({ allowed: [REFUSED] });
    town.awkward.behave(() => outcome(422, "business-rule"));
    await finishes(person, [10, 0, 6, 3]);
    await person.sees(say("done.held"));
    const frozen = town.awkward.sent().at(-1).body;
    await looks(person);
    await person.reads(say("send.not-accepted"));
    await assertGoodScreen(person.tab, "a response that was not accepted");

    await pressesFirst(person, say("device.read"));
    await person.sees(say("device.answers-title"));
    await person.reads(ons4()[0].text);
    await assertGoodScreen(person.tab, "own answers");
    const words = await saved(person, () => person.presses(say("device.save-words")));
    assert.match(words.name, /^my-answers-[0-9A-Z]{3}-[0-9A-Z]{3}\.txt$/);
    assert.ok(words.text.includes(`${ons4()[0].text}\n    10\n`), words.text);
    await person.presses(say("shell.back"));

    const file = await saved(person, () => pressesFirst(person, say("device.save-file")));
    assert.match(file.name, /^answers-[0-9A-Z]{3}-[0-9A-Z]{3}\.json$/);
    assert.equal(file.text, frozen);
    await person.reads(say("device.shown"));
    await person.reads(say("device.file-saved"));
    const everything = await saved(person, () => person.presses(say("device.save-everything")));
    assert.equal(JSON.parse(everything.text).finished[0].body, frozen);
    person.watch.assertClean();
    await person.leaves();
  });

  it("deleted in two steps with a count; keeping is one press; everything goes from both stores", async () => {
    const person = await town.somebody({ allowed: [REFUSED] });
    town.awkward.behave(() => drop);
    await finishes(person, [9, 9, 9, 9]);
    await person.sees(say("done.saved"));
    await person.opens();
    await person.presses(say("start.begin"));
    await person.sees(ons4()[0].text);
    await person.chooses(2);
    await person.reads(say("kept.saved"));
    await looks(person);
    await person.reads(say("device.finished-heading"));
    await person.reads(say("device.drafts-heading"));
    await assertGoodScreen(person.tab, "a response and a draft");
    await person.presses(say("device.delete-everything"));
    await person.sees(say("device.delete-all-title"));
    await person.reads(say("device.loss-unsent#one"));
    await person.reads(say("device.loss-drafts#one"));
    await assertGoodScreen(person.tab, "delete everything?");
    await person.presses(say("stop.cancel"));
    await person.sees(say("shell.kept"));
    await person.reads(say("device.drafts-heading"));
    await person.presses(say("device.delete-everything"));
    await person.presses(say("device.delete-confirm"));
    await person.reads(say("device.deleted"));
    await person.reads(say("device.nothing"));
    const device = await person.onTheDevice();
    for (const answer of ["valueInteger", "ons4.satisfied"]) assert.equal(device.includes(answer), false, answer);
    town.awkward.behave(null);
    await person.tab.reload();
    await person.tab.waitForTimeout(500);
    assert.equal((await person.onTheDevice()).includes("valueInteger"), false, "it does not come back");
    person.watch.assertClean();
    await person.leaves();
  });

  it("what cannot be read is listed, saved as it is, and deleted only when asked", async () => {
    const person = await town.somebody();
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await person.chooses(4);
    await person.reads(say("kept.saved"));
    await person.tab.evaluate(async () => {
      for (const key of Object.keys(localStorage)) localStorage.setItem(key, localStorage.getItem(key).slice(0, -9));
      for (const { name } of await indexedDB.databases()) await new Promise((done) => (indexedDB.deleteDatabase(name).onsuccess = done));
    });
    await person.opens();
    await looks(person);
    await person.reads(say("device.unreadable-heading"));
    await assertGoodScreen(person.tab, "something unreadable");
    const file = await saved(person, () => person.presses(say("device.save-everything")));
    assert.ok(JSON.parse(file.text).unreadable.some(({ text }) => text.includes("ons4.satisfied")), file.text);
    await pressesFirst(person, say("device.delete"));
    await person.sees(say("device.delete-title"));
    await person.presses(say("device.delete-confirm"));
    await person.reads(say("device.nothing"));
    assert.equal((await person.onTheDevice()).includes("ons4.satisfied"), false);
    person.watch.assertClean();
    await person.leaves();
  });

  it("the receiving command keeps one copy and refuses other answers under the same id", () => {
    const stored = receives("WM1:NOT A CODE");
    assert.equal(stored.status, 1);
    assert.equal(existsSync(join(folder, "NOT A CODE.json")), false);
  });
});
