// Journey 1: a person at home reads what this is, answers, changes their mind, checks and sends.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertGoodScreen } from "./house/checks.mjs";
import { built } from "./house/page_server.mjs";
import { Person, say } from "./house/person.mjs";
import { problems } from "./house/validators.mjs";
import { ONS4, ons4, sendsChangedWasm, startTown } from "./house/visit.mjs";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("at home", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());

  it("the page reads without JavaScript", async () => {
    const person = await town.somebody({ javaScriptEnabled: false });
    await person.opens();
    await person.sees("What matters to you?");
    await person.reads("What is social prescribing?");
    await person.tab.getByText(say("shell.help-now")).click();
    await person.reads(/Samaritans/);
    assert.match(await person.tab.locator("noscript").innerText(), /Call your surgery/);
    await person.leaves();
  });

  it("the page reads when the WASM does not come, and says so", async () => {
    const person = await town.somebody({ allowed: [/./] });
    await person.tab.route(/\.wasm$/, (route) => route.abort());
    await person.opens();
    await person.reads("The questions did not open.");
    await person.sees("What matters to you?");
    await person.leaves();
  });

  it("WASM that was changed, and is still WASM, is refused", async () => {
    const person = await town.somebody({ allowed: [/./] });
    await person.tab.route(/\.wasm$/, sendsChangedWasm);
    await person.opens();
    await person.reads("The questions did not open.");
    await person.leaves();
  });

  it("somebody answers, goes back, skips, would rather talk, checks, changes and sends; the service has it", async () => {
    const person = await town.somebody();
    const [satisfied, worthwhile, happy, anxious] = ons4();

    await person.opens();
    await person.sees(say("start.title"));
    await person.reads(say("start.not-watched"));
    await person.reads("Who will I talk to?");
    await assertGoodScreen(person.tab, "the start page");
    await person.presses(say("start.begin"));

    await person.sees(satisfied.text);
    await assertGoodScreen(person.tab, "a question");
    assert.equal(await person.tab.getByRole("radio", { checked: true }).count(), 0, "nothing is chosen beforehand");
    await person.chooses(7);
    await person.reads(say("kept.saved"));
    await assertGoodScreen(person.tab, "an answered question");
    await person.continues();

    await person.sees(worthwhile.text);
    await person.presses(say("ask.skip"));
    await person.sees(happy.text);
    await person.chooses(3);

    await person.presses(say("shell.back"));
    await person.sees(worthwhile.text);
    await person.reads(say("ask.skipped"));
    await person.presses(say("shell.back"));
    await person.sees(satisfied.text);
    assert.ok(await person.option(7).isChecked(), "the answer is still there");
    await person.tab.goForward();
    await person.sees(worthwhile.text);
    await person.tab.goForward();
    await person.sees(happy.text);
    assert.ok(await person.option(3).isChecked());
    await person.continues();

    await person.sees(anxious.text);
    await person.presses(say("ask.rather-talk"));

    await person.sees("About today");
    await assertGoodScreen(person.tab, "the circumstances");
    await person.chooses("At home");
    await person.chooses("With someone beside me");
    await person.chooses("Family or a friend");
    await person.writes("I slept badly – <b>really</b> badly.");
    await person.continues();

    await person.sees(say("check.title"));
    await person.reads(say("check.skipped"));
    await person.reads(say("check.to-talk-about"));
    await person.reads("I slept badly – <b>really</b> badly.");
    await assertGoodScreen(person.tab, "the check page");
    const change = { name: new RegExp(`${say("check.change")}.*${happy.short}`, "is") };
    await person.tab.getByRole("button", change).or(person.tab.getByRole("link", change)).click();
    await person.sees(happy.text);
    await person.chooses(4);
    await person.continues();
    await person.sees(say("check.title"));
    const address = person.tab.url();
    assert.equal(new URL(address).search + new URL(address).hash, "", "no answer is in the address");
    await person.presses(say("check.send"));

    await person.sees(say("done.sent"));
    await person.reads(say("done.removed"));
    await person.reads(say("done.next-heading"));
    await assertGoodScreen(person.tab, "the last page");

    const [kept, ...more] = await town.service.responses();
    assert.deepEqual(more, []);
    assert.match(kept.id, UUID);
    assert.equal(kept.status, "completed");
    assert.deepEqual(kept.identifier, { system: "urn:ietf:rfc:3986", value: `urn:uuid:${kept.id}` });
    const { url, version } = built(ONS4);
    assert.equal(kept.questionnaire, `${url}|${version}`);
    assert.equal(kept.subject, undefined, "nobody said who this is");
    assert.ok(Math.abs(Date.parse(kept.authored) - Date.now()) < 120_000);
    const items = flat(kept.item);
    assert.deepEqual(items.get(satisfied.linkId), [{ valueInteger: 7 }]);
    assert.deepEqual(items.get(happy.linkId), [{ valueInteger: 4 }]);
    assert.equal(items.get(worthwhile.linkId)?.length ?? 0, 0);
    assert.equal(items.get(anxious.linkId)?.length ?? 0, 0);
    assert.deepEqual(codes(items.get("context.place")), ["home"]);
    assert.deepEqual(codes(items.get("context.how")), ["beside"]);
    assert.deepEqual(codes(items.get("context.helper")), ["family-or-friend"]);
    assert.deepEqual(items.get("context.note"), [{ valueString: "I slept badly – <b>really</b> badly." }]);
    assert.match(items.get("context.at")[0].valueDateTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$|Z$/);
    assert.ok(items.get("context.weekday")[0].valueString);
    assert.equal(items.get("context.language")[0].valueString, "en-GB");
    assert.deepEqual(problems(JSON.stringify(kept)), [], "the validators have nothing against what the service holds");
    assert.deepEqual(problems(town.awkward.sent()[0].body), [], "nor against what was sent");

    const device = await person.onTheDevice();
    for (const answer of ["slept badly", "valueInteger", "family-or-friend"]) {
      assert.equal(device.includes(answer), false, `nothing of the answers is left on the device: ${answer}`);
    }
    await person.tab.goBack().catch(() => {});
    assert.equal((await person.tab.locator("body").innerText()).includes("slept badly"), false, "Back shows no answer");
    person.watch.assertClean();
    await person.leaves();
  });

  it("a reload resumes on the same question, with what was answered", async () => {
    const person = await town.somebody();
    const [satisfied, worthwhile, happy] = ons4();
    await person.opens();
    await person.presses(say("start.begin"));
    await person.sees(satisfied.text);
    await person.chooses(0);
    await person.continues();
    await person.sees(worthwhile.text);
    await person.chooses(10);
    await person.reads(say("kept.saved"));
    await person.tab.reload();
    await person.sees(worthwhile.text);
    assert.ok(await person.option(10).isChecked());
    await person.continues();
    await person.sees(happy.text);
    await person.tab.reload();
    await person.sees(happy.text);
    await person.tab.goBack();
    await person.sees(worthwhile.text);

    // The address alone, in a new tab: the start page offers to carry on.
    const later = new Person(await person.tab.context().newPage(), town.page.address);
    await later.opens();
    await later.sees(say("start.title"));
    await later.presses(say("start.resume"));
    await later.sees(worthwhile.text);
    person.watch.assertClean();
    await person.leaves();
  });

  for (const path of ["?instrument=ons4", `?questionnaire=${ONS4}`]) {
    it(`${path} goes straight to the first question`, async () => {
      const person = await town.somebody();
      await person.opens(path);
      await person.sees(ons4()[0].text);
      person.watch.assertClean();
      await person.leaves();
    });
  }

  it("a reload of a page that the address opened comes back to the same question", async () => {
    const person = await town.somebody();
    const [satisfied, worthwhile] = ons4();
    await person.opens("?instrument=ons4");
    await person.chooses(6);
    await person.reads(say("kept.saved"));
    await person.continues();
    await person.sees(worthwhile.text);
    await person.tab.reload();
    await person.sees(worthwhile.text);
    await person.tab.goBack();
    await person.sees(satisfied.text);
    assert.ok(await person.option(6).isChecked());
    person.watch.assertClean();
    await person.leaves();
  });

  it("somebody stops, and every word of theirs is gone", async () => {
    const person = await town.somebody();
    await person.opens("?instrument=ons4");
    await person.chooses(2);
    await person.reads(say("kept.saved"));
    await person.presses(say("shell.stop"));
    await person.sees(say("stop.title"));
    await assertGoodScreen(person.tab, "the stop page");
    await person.presses(say("stop.cancel"));
    await person.sees(ons4()[0].text);
    assert.ok(await person.option(2).isChecked());
    await person.presses(say("shell.stop"));
    await person.presses(say("stop.confirm"));
    await person.reads(say("stop.done"));
    assert.equal((await person.onTheDevice()).includes("ons4.satisfied"), false);
    person.watch.assertClean();
    await person.leaves();
  });

  it("starting again asks first, deletes what was there, and begins with nothing answered", async () => {
    const person = await town.somebody();
    await person.opens();
    await person.presses(say("start.begin"));
    await person.sees(ons4()[0].text);
    await person.chooses(3);
    await person.reads(say("kept.saved"));
    await person.tab.goto("about:blank");
    await person.opens();
    await person.presses(say("start.afresh"));
    await person.sees(say("stop.title"));
    await person.presses(say("stop.cancel"));
    await person.sees(ons4()[0].text);
    assert.ok(await person.option(3).isChecked(), "kept, since the person said so");
    await person.tab.goto("about:blank");
    await person.opens();
    await person.presses(say("start.afresh"));
    await person.presses(say("stop.confirm"));
    await person.sees(ons4()[0].text);
    assert.equal(await person.tab.locator("input:checked").count(), 0);
    assert.equal((await person.onTheDevice()).includes("ons4.satisfied"), false);
    person.watch.assertClean();
    await person.leaves();
  });

  it("what was begun goes on when its questionnaire cannot be fetched", async () => {
    // A worker would have the questionnaire that it kept.
    const person = await town.somebody({ allowed: [/ons4/], serviceWorkers: "block" });
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await person.chooses(3);
    await person.reads(say("kept.saved"));
    await person.tab.route(/ons4\.json/, (route) => route.abort());
    await person.tab.goto("about:blank");
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    assert.ok(await person.option(3).isChecked());
    await person.leaves();
  });
});

/** Answers by link id, nested items included, each answer without the items below it. */
function flat(items, found = new Map()) {
  for (const { linkId, answer = [], item = [] } of items) {
    found.set(linkId, answer.map(({ item: below, ...value }) => value));
    flat(item, found);
    for (const { item: below = [] } of answer) flat(below, found);
  }
  return found;
}

function codes(answers) {
  return (answers ?? []).map(({ valueCoding }) => valueCoding.code);
}
