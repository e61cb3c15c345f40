// Only what docs/safety/privacy.md lists lies on a device. Every other journey is held to the list when its
// person leaves (house/visit.mjs); here nothing else at all may be there, at each moment of one journey.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { answer } from "./house/awkward_service.mjs";
import { assertKeptFilesAreOurs, namesOnTheDevice, undocumented } from "./house/kept.mjs";
import { say } from "./house/person.mjs";
import { REFUSED, ons4, startTown } from "./house/visit.mjs";

describe("what is kept on a device", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());

  it("is on the list, and nowhere else", async () => {
    const person = await town.somebody({ allowed: [REFUSED] });
    const look = async (moment) => {
      const { local, session, databases, records, caches, cookie } = await namesOnTheDevice(person.tab);
      assert.deepEqual(undocumented([...local, ...records]), [], moment);
      assert.deepEqual(databases.filter((name) => name !== "what-matters/records"), [], moment);
      assert.deepEqual([session, cookie], [[], ""], moment);
      assert.ok(caches.length <= 1, moment);
      await assertKeptFilesAreOurs(person.tab);
      return [...local, ...records];
    };
    await person.opens();
    await person.presses(say("start.begin"));
    await look("before any answer");
    for (const { text } of ons4()) {
      await person.sees(text);
      await person.chooses(4);
      await person.reads(say("kept.saved"));
      const keys = await look("an answer");
      assert.ok(keys.some((key) => key.startsWith("wm/1/draft/")), "the test looks where answers are kept");
      await person.continues();
    }
    await person.sees("About today");
    await person.continues();
    await person.sees(say("check.title"));
    town.awkward.behave(() => answer(503));
    await person.presses(say("check.send"));
    await person.reads(say("done.reference"));
    const waiting = await look("while it waits");
    assert.ok(waiting.some((key) => key.startsWith("wm/1/final/")), "it waits on the device");
    town.awkward.behave(null);
    await person.triesAgain();
    await person.sees(say("done.sent"));
    const left = await look("after sending");
    assert.deepEqual(left.filter((key) => /\/(draft|asked|final|send|bad)\//.test(key)), [], "nothing of the answers is left");
    await person.leaves();
  });

  it("is found out when it is not on the list", () => {
    assert.deepEqual(undocumented(["wm/1/pad", "wm/1/mood/x", "wm/1/draft/a", "tracker"]), ["wm/1/mood/x", "wm/1/draft/a", "tracker"]);
  });
});
