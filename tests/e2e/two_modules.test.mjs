// The code comes in two parts. What a person does between them must neither be lost nor wait to be seen.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { say } from "./house/person.mjs";
import { ons4, REFUSED, sendsChangedWasm, startTown } from "./house/visit.mjs";

const REST = /what_matters_rest.*\.wasm$/;

describe("the code in two parts", { concurrency: false }, () => {
  let town;
  before(async () => {
    town = await startTown();
  });
  after(() => town?.close());

  /** Somebody for whom the rest of the code comes when `send` is called. */
  async function waiting() {
    let send;
    const sent = new Promise((done) => {
      send = done;
    });
    const person = await town.somebody({
      prepare: (context) =>
        context.route(REST, async (route) => {
          // A page that waits for the rest hears nothing, not even the order to close.
          if (route.request().resourceType() === "xhr") return route.abort();
          await sent;
          return route.continue().catch(() => {});
        }),
    });
    person.synchronous = [];
    person.tab.on("request", (request) => request.resourceType() === "xhr" && person.synchronous.push(request.url()));
    return { person, send };
  }

  it("the first question is there before the rest of the code, and the rest is not asked for at once", async () => {
    const { person, send } = await waiting();
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await person.option(7).check({ force: true });
    assert.ok(await person.option(7).isChecked());
    assert.deepEqual(person.synchronous, [], "a function is missing from the first part: run ./dev first-question");
    send();
    await person.reads(say("kept.saved"));
    assert.ok(await person.option(7).isChecked());
    assert.deepEqual(person.synchronous, []);
    person.watch.assertClean();
    await person.leaves();
  });

  it("all questions on one page wait for the rest, which is fetched beside the first part and holds up nothing", async () => {
    const { person, send } = await waiting();
    const rest = person.tab.waitForRequest(REST);
    await person.tab.goto(`${person.address}?instrument=ons4&layout=all`);
    assert.equal((await rest).resourceType(), "fetch");
    // Not held up: it answers, and shows that it is busy.
    assert.ok(await person.tab.getByText("Getting the questions ready").isVisible());
    send();
    await person.readsWhy();
    await person.tab.getByText(ons4()[3].text).first().waitFor();
    assert.deepEqual(person.synchronous, []);
    person.watch.assertClean();
    await person.leaves();
  });

  it("somebody who comes back waits for the rest, and the page is not held up", async () => {
    const { person, send } = await waiting();
    send();
    await person.opens("?instrument=ons4");
    await person.chooses(3);
    await person.reads(say("kept.saved"));
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    assert.ok(await person.option(3).isChecked());
    assert.deepEqual(person.synchronous, []);
    person.watch.assertClean();
    await person.leaves();
  });

  it("the page stays when the browser clears up what nobody holds", async () => {
    const { person, send } = await waiting();
    send();
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await person.chooses(3);
    await person.reads(say("kept.saved"));
    const session = await person.tab.context().newCDPSession(person.tab);
    for (let time = 0; time < 3; time += 1) {
      await session.send("HeapProfiler.collectGarbage");
      // What is told of lost objects is told in a task of its own.
      await person.tab.evaluate(() => new Promise((done) => setTimeout(done, 100)));
    }
    assert.ok(await person.option(3).isChecked());
    await person.continues();
    await person.sees(ons4()[1].text);
    person.watch.assertClean();
    await person.leaves();
  });

  it("an answer and Continue, pressed before the rest of the code has come, count once when it has", async () => {
    const { person, send } = await waiting();
    const [first, second, third] = ons4();
    await person.opens("?instrument=ons4");
    await person.sees(first.text);
    await person.option(3).check({ force: true });
    await person.option(4).check({ force: true });
    for (let presses = 0; presses < 3; presses += 1) await person.tab.getByRole("button", { name: say("ask.continue") }).click();
    await person.sees(first.text);
    send();
    await person.sees(second.text);
    await person.tab.waitForTimeout(300);
    assert.equal(await person.tab.getByText(third.text).count(), 0);
    await person.tab.goBack();
    await person.sees(first.text);
    assert.ok(await person.option(4).isChecked());
    person.watch.assertClean();
    await person.leaves();
  });

  it("when the rest of the code does not come at first, it is asked for again", async () => {
    let refused = 0;
    const person = await town.somebody({
      allowed: [REFUSED],
      // A worker asks for it too, to keep it.
      serviceWorkers: "block",
      prepare: (context) =>
        context.route(REST, (route) => {
          refused += 1;
          return refused < 3 ? route.abort() : route.continue();
        }),
    });
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await person.option(2).check({ force: true });
    await person.reads(say("kept.saved"));
    assert.equal(refused, 3);
    await person.leaves();
  });

  it("what needs the rest before it has come waits for it, and is refused where it was changed", async () => {
    const person = await town.somebody({
      allowed: [/integrity|Integrity|digest/, REFUSED],
      prepare: (context) => context.route(REST, sendsChangedWasm),
    });
    await person.opens("?instrument=ons4");
    await person.sees(ons4()[0].text);
    await person.option(2).check({ force: true });
    await person.tab.waitForTimeout(1_500);
    assert.equal(await person.tab.getByText(say("kept.saved")).count(), 0);
    await person.leaves();
  });
});
