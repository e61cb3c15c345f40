// Bad days of the service and the network: each is told in its own words, nothing is lost, and in the end
// the service has exactly one copy.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { answer, drop, dropAfterCommit, halfAnAnswer, hang, nothing, outcome, portal } from "./house/awkward_service.mjs";
import { forget, newProfile, startBrowser } from "./house/browser.mjs";
import { assertGoodScreen, watchPage } from "./house/checks.mjs";
import { Person, say } from "./house/person.mjs";
import { answersOns4, ons4, REFUSED, startTown } from "./house/visit.mjs";

const WAITING = say("done.saved");
const HELD = say("done.held");

// What goes wrong, what the person reads, and under which heading.
const BAD_DAYS = [
  ["400", outcome(400, "invalid"), "send.not-accepted", HELD],
  ["401", outcome(401, "login"), "send.not-allowed", HELD],
  ["403", outcome(403, "forbidden"), "send.not-allowed", HELD],
  ["404", outcome(404, "not-found"), "send.not-found", HELD],
  ["409", outcome(409, "conflict"), null, null],
  ["413", outcome(413, "too-long"), "send.too-large", HELD],
  ["422", outcome(422, "business-rule"), "send.not-accepted", HELD],
  ["429", outcome(429, "throttled"), "send.busy", WAITING],
  ["500", outcome(500, "exception"), "send.server", WAITING],
  ["503 with a page", answer(503, "<h1>Maintenance</h1>", { "Content-Type": "text/html" }), "send.busy", WAITING],
  ["200 and a page, as a captive portal answers", portal, "send.unproven", WAITING],
  ["200 and nothing", nothing, "send.unproven", WAITING],
  ["204", answer(204), "send.unproven", WAITING],
  ["200 and another response", answer(200, JSON.stringify({ resourceType: "QuestionnaireResponse", id: "another" }), { "Content-Type": "application/fhir+json" }), "send.unproven", WAITING],
  ["a connection that closes", drop, "send.network", WAITING],
];

async function answersAndSends(person) {
  await person.opens("?instrument=ons4");
  await answersOns4(person, [4, 5, 6, 7]);
  await person.sees(say("check.title"));
  await person.presses(say("check.send"));
}

describe("bad days of the service", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());
  beforeEach(() => {
    town.awkward.behave(null);
    town.awkward.received.length = 0;
  });

  const held = async () => (await town.service.responses()).length;

  for (const [name, behaviour, sentence, heading] of BAD_DAYS) {
    it(`${name}: the person is told, the answers are kept, and they arrive once in the end`, async () => {
      const before = await held();
      const person = await town.somebody({ allowed: [REFUSED] });
      town.awkward.behave(() => behaviour);
      await answersAndSends(person);
      if (heading) await person.sees(heading);
      if (sentence) await person.reads(say(sentence));
      await person.reads(say("done.try-again"));
      assert.equal(await held(), before, "the service has nothing yet");
      assert.match(await person.onTheDevice(), /ons4\.satisfied/, "the answers are on the device");
      if (name === "500") await assertGoodScreen(person.tab, "saved, not sent");
      if (name === "422") await assertGoodScreen(person.tab, "held");

      // What the service refused for good is tried again only when somebody asks.
      if (["400", "413", "422"].includes(name)) {
        town.awkward.behave(null);
        await person.presses(say("done.try-again"));
        await person.sees(say("done.sent"));
        assert.equal(await held(), before + 1);
        await person.leaves();
        return;
      }

      // The page is opened again another time: they are still there, and still not sent.
      await person.opens();
      await person.reads(say("start.waiting-heading"));
      town.awkward.behave(null);
      await arrives(person, before + 1);
      assert.doesNotMatch(await person.onTheDevice(), /ons4\.satisfied/, "received, so not kept here any more");
      person.watch.assertClean();
      await person.leaves();
    });
  }

  /** Within a visit or a reload, the service has `count` responses. */
  async function arrives(person, count) {
    for (let visit = 0; visit < 3; visit += 1) {
      await person.opens();
      for (let wait = 0; wait < 20; wait += 1) {
        if ((await held()) === count && !/ons4\.satisfied/.test(await person.onTheDevice())) return;
        await new Promise((done) => setTimeout(done, 250));
      }
    }
    assert.equal(await held(), count, "the service has it, once");
  }

  for (const [name, behaviour] of [["the answer is lost after the service has it", dropAfterCommit], ["half of the answer comes", halfAnAnswer]]) {
    it(`${name}: it is not sent twice`, async () => {
      const before = await held();
      const person = await town.somebody({ allowed: [REFUSED] });
      let first = true;
      town.awkward.behave(({ method }) => {
        if (!first || method === "GET") return null;
        first = false;
        return behaviour;
      });
      await answersAndSends(person);
      await arrives(person, before + 1);
      const sent = town.awkward.sent();
      assert.equal(new Set(sent.map(({ body }) => body)).size, 1, "whatever was sent again was the same bytes");
      await person.leaves();
    });
  }

  it("a service that never answers leaves the page usable and the answers kept", async () => {
    const before = await held();
    const person = await town.somebody({ allowed: [REFUSED] });
    town.awkward.behave(() => hang);
    await answersAndSends(person);
    await person.sees(say("done.sending"));
    await person.reads(say("done.sending-body"));
    assert.match(await person.onTheDevice(), /ons4\.satisfied/);
    town.awkward.behave(null);
    await arrives(person, before + 1);
    await person.leaves();
  });

  it("the same response under other bytes is a conflict: both are kept and the person is told", async () => {
    const person = await town.somebody({ allowed: [REFUSED] });
    let taken = null;
    town.awkward.behave(({ method, path, body }) => {
      if (method === "PUT" || method === "POST") {
        taken ??= { ...JSON.parse(body), authored: "2020-01-01T00:00:00Z", item: [] };
        return outcome(409, "conflict");
      }
      return taken && path.includes("QuestionnaireResponse") && !path.includes("?")
        ? answer(200, JSON.stringify(taken), { "Content-Type": "application/fhir+json" })
        : null;
    });
    await answersAndSends(person);
    await person.sees(HELD);
    await person.reads(say("send.conflict"));
    assert.match(await person.onTheDevice(), /ons4\.satisfied/);
    await person.leaves();
  });
});

describe("no signal", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());

  it("the network goes, the page says the answers are safe, and they are sent once when it returns", async () => {
    const person = await town.somebody({ allowed: [REFUSED] });
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await person.tab.context().setOffline(true);
    await answersOns4(person, [0, 1, 2, 3]);
    await person.presses(say("check.send"));
    await person.sees(WAITING);
    await person.reads(say("send.network"));
    assert.equal((await town.service.responses()).length, 0);
    await person.tab.context().setOffline(false);
    await person.sees(say("done.sent"));
    assert.equal((await town.service.responses()).length, 1);
    assert.equal(town.awkward.sent().length, 1, "sent once");
    person.watch.assertClean();
    await person.leaves();
  });

  it("the browser dies with the answers unsent; the next day they are sent, once", async () => {
    const already = (await town.service.responses()).length;
    const profile = newProfile();
    const visit = async () => {
      const browser = await startBrowser({ profile });
      const tab = await browser.context.newPage();
      const person = new Person(tab, town.page.address);
      person.watch = watchPage(tab, { origins: town.origins, allowed: [REFUSED] });
      return { browser, person };
    };
    town.awkward.behave(() => drop);
    const first = await visit();
    await first.person.opens("?instrument=ons4");
    await first.person.sees(ons4()[0].text);
    await first.person.chooses(9);
    await first.person.reads(say("kept.saved"));
    await first.browser.kill();

    const second = await visit();
    await second.person.opens("?instrument=ons4");
    await second.person.sees(ons4()[0].text);
    assert.ok(await second.person.option(9).isChecked(), "what the page called saved survives a killed browser");
    await answersOns4(second.person, [9]);
    await second.person.presses(say("check.send"));
    await second.person.sees(WAITING);
    await second.browser.kill();

    town.awkward.behave(null);
    const third = await visit();
    await third.person.opens();
    for (let wait = 0; wait < 60 && (await town.service.responses()).length === already; wait += 1) {
      await new Promise((done) => setTimeout(done, 250));
    }
    const responses = await town.service.responses();
    assert.equal(responses.length, already + 1);
    await third.browser.close();
    forget(profile);
  });
});
