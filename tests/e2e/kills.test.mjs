// A flat battery and a crashed tab, for real: Chromium killed while somebody writes. `./dev torture` does 500.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { kills } from "./house/kills.mjs";
import { inWords, saveTimes } from "./house/save_times.mjs";
import { startTown } from "./house/visit.mjs";

describe("killed while somebody writes", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());

  it("the whole browser, twelve times: nothing the page called saved is lost", async (context) => {
    const { called, lost } = await kills(town, { times: 12, victim: "browser" });
    context.diagnostic(`12 kills, ${called} entries called saved, ${lost.length} kills that lost one`);
    assert.deepEqual(lost, []);
    assert.ok(called > 100, `${called} entries were called saved`);
  });

  it("only the tab, eight times: nothing the page called saved is lost", async (context) => {
    const { called, lost } = await kills(town, { times: 8, victim: "renderer", seed: 2 });
    context.diagnostic(`8 kills, ${called} entries called saved, ${lost.length} kills that lost one`);
    assert.deepEqual(lost, []);
    assert.ok(called > 100, `${called} entries were called saved`);
  });
});

describe("a slow device", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());

  it("every save on a device six times slower is said, and how long each takes is told", async (context) => {
    const times = await saveTimes(town, { throttle: 6, edits: 200 });
    context.diagnostic(inWords(times));
    // Told and not tested: a figure in milliseconds says as much of the machine as of the code.
    assert.equal(times.count, 200);
  });
});
