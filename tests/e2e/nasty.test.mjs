// One bad thing after another between the page and a real FHIR server: dropped before, dropped after, cut in
// half, a captive portal, errors, silence, delay. In the end the server has exactly one copy of each response.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { answer, drop, dropAfterCommit, halfAnAnswer, nothing, outcome, portal } from "./house/awkward_service.mjs";
import { dice } from "./house/kills.mjs";
import { say } from "./house/person.mjs";
import { answersOns4, ons4, REFUSED, startTown } from "./house/visit.mjs";

const html = { "Content-Type": "text/html" };
const BAD = [
  ["dropped before", drop],
  ["dropped after", dropAfterCommit],
  ["cut in half", halfAnAnswer],
  ["a captive portal", portal],
  ["200 and nothing", nothing],
  ["204", answer(204)],
  ["an error page", answer(500, "<h1>Oops</h1>", html)],
  ["busy", outcome(503, "throttled")],
  ["a timeout", answer(504, "", html)],
  ["a conflict that is none", outcome(412, "conflict")],
  ["201 and a page", answer(201, "<h1>Created</h1>", html)],
  ["somebody else's", answer(200, JSON.stringify({ resourceType: "QuestionnaireResponse", id: "another" }), { "Content-Type": "application/fhir+json" })],
];

const SEQUENCES = Number(process.env.WM_SEQUENCES ?? 8);

describe("a nasty line to a real server", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());

  it(`${SEQUENCES} responses, each through up to six bad things in a row: one copy of each arrives`, async (context) => {
    const roll = dice(7);
    let tried = 0;
    for (let sequence = 1; sequence <= SEQUENCES; sequence += 1) {
      const before = (await town.service.responses()).length;
      const person = await town.somebody({ allowed: [REFUSED, /preload/] });
      const names = [];
      const ahead = Array.from({ length: 1 + Math.floor(roll() * 6) }, () => BAD[Math.floor(roll() * BAD.length)]);
      town.awkward.received.length = 0;
      town.awkward.behave(() => {
        const [name, behaviour] = ahead.shift() ?? ["well", null];
        names.push(name);
        tried += behaviour ? 1 : 0;
        return behaviour;
      });
      await person.opens("?instrument=ons4");
      await answersOns4(person, [sequence % 11]);
      await person.presses(say("check.send"));
      // Looked at again and again, as people do; each look is a new try.
      const isSent = async () => !/"valueInteger/.test((await person.onTheDevice()).replaceAll("\\", ""));
      for (let look = 0; look < 12 && !(ahead.length === 0 && (await isSent())); look += 1) {
        await new Promise((done) => setTimeout(done, 250));
        assert.ok(!(await isSent()) || (await town.service.responses()).length === before + 1, `${names}: not on the device and not at the service`);
        if (look % 2 === 1) await person.opens();
      }
      const case_ = names.join(", ");
      assert.equal((await town.service.responses()).length, before + 1, case_);
      assert.ok(await isSent(), `${case_}: removed from the device`);
      const sent = town.awkward.sent();
      assert.equal(new Set(sent.map(({ body }) => body)).size, 1, `${case_}: whatever was sent again was the same bytes`);
      const { id } = JSON.parse(sent[0].body);
      assert.equal((await town.service.read(id)).item[0].item.find(({ linkId }) => linkId === "ons4.satisfied").answer[0].valueInteger, sequence % 11, case_);
      await person.leaves();
    }
    context.diagnostic(`${SEQUENCES} responses, ${tried} bad things, 0 lost, 0 twice`);
  });

  it("a line of 6 kB a second with 2 s of delay keeps nobody from writing, and the answers arrive", async (context) => {
    const before = (await town.service.responses()).length;
    const person = await town.somebody({ allowed: [REFUSED, /preload/] });
    town.awkward.behave(null);
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    const session = await person.tab.context().newCDPSession(person.tab);
    await session.send("Network.emulateNetworkConditions", { offline: false, latency: 2_000, downloadThroughput: 6_000, uploadThroughput: 6_000 });
    await person.tab.evaluate(() => {
      window.longest = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
      }).observe({ type: "longtask" });
    });
    await answersOns4(person, [0, 1, 2, 3]);
    await person.presses(say("check.send"));
    await person.tab.getByRole("heading", { level: 1, name: say("done.sent") }).waitFor({ timeout: 30_000 });
    const longest = await person.tab.evaluate(() => window.longest);
    context.diagnostic(`the longest the page was busy: ${longest} ms`);
    assert.equal((await town.service.responses()).length, before + 1);
    await person.leaves();
  });
});
