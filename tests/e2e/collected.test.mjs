// Journey 9, by pull: the page around this one collects over a channel, and a script on the page itself by the
// element's methods. Everybody else is passed over.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { assertAccessible } from "./house/checks.mjs";
import { filled, samples, startWebsite } from "./house/host_site.mjs";
import { built } from "./house/page_server.mjs";
import { Person, say } from "./house/person.mjs";
import { answersOns4, ons4, startTown } from "./house/visit.mjs";

/** The collector's own page: on another origin, without our policy, with the patient's page in a frame. */
const DESK = `<!doctype html><html lang="en"><title>Desk</title><h1>Desk</h1><iframe title="Questions" width="380" height="900"></iframe>
<script type="module">
  const patient = new URL(location.hash.slice(1));
  const frame = document.querySelector("iframe");
  window.heard = [];
  window.replies = new Map();
  let number = 0;
  addEventListener("message", (event) => {
    if (event.origin !== patient.origin || event.source !== frame.contentWindow) return;
    const said = JSON.parse(event.data);
    window.heard.push(said);
    if (said.type === "READY" && !window.silent) window.hello(said.nonce);
  });
  window.hello = (nonce) => {
    const channel = new MessageChannel();
    window.port = channel.port1;
    channel.port1.onmessage = ({ data }) => {
      const said = JSON.parse(data);
      if (said.type === "WAITING") window.waiting = said.ids;
      else window.replies.get(said.n)?.(said);
    };
    frame.contentWindow.postMessage(JSON.stringify({ type: "HELLO", protocol: 1, nonce }), patient.origin, [channel.port2]);
  };
  window.ask = (question) => {
    number += 1;
    const n = number;
    const reply = new Promise((done) => window.replies.set(n, done));
    window.port.postMessage(JSON.stringify({ n, ...question }));
    return reply;
  };
  window.answered = (question, wait = 700) => Promise.race([window.ask(question), new Promise((late) => setTimeout(late, wait, null))]);
  frame.src = patient.href;
</script></html>`;

async function startDesk() {
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html" });
    response.end(DESK);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  return {
    // Another site than the patient's page on 127.0.0.1, as in life: its storage is partitioned.
    origin: `http://localhost:${port}`,
    stranger: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Someone in the frame: the same as anybody, but that the page is in a frame. */
const within = (frame, tab) =>
  Object.assign(new Person(tab, ""), {
    tab: Object.assign(frame, { setDefaultTimeout: () => {} }),
  });

describe("collected by pull", () => {
  let town;
  let desk;
  let config;
  before(async () => {
    desk = await startDesk();
    config = { ...built("config/demonstration.json") };
    config.collect = { pull: { origins: [desk.origin] } };
    town = await startTown({
      frameAncestors: `${desk.origin} ${desk.stranger}`,
      instead: { "/config/demonstration.json": { body: config } },
    });
  });
  after(async () => {
    await town?.close();
    await desk?.stop();
  });

  async function visit(origin = desk.origin) {
    const context = await town.browser.visitor({ viewport: { width: 420, height: 1000 } });
    const tab = await context.newPage();
    await tab.goto(`${origin}/#${town.page.address}?instrument=ons4`);
    const frame = tab.frames().find((other) => other.parentFrame()) ?? (await tab.waitForEvent("frameattached"));
    const person = within(frame, tab);
    await person.readsWhy();
    return { context, tab, frame, person };
  }

  it("the page around it lists, leases, gets when the person agrees, and acknowledges; then it is gone", async () => {
    const { context, tab, frame, person } = await visit();
    await answersOns4(person, [6, 6, 6, 6]);
    await person.sees(say("check.title"));
    await person.presses(say("check.finish-unsent"));
    await person.reads(say("done.to-collect"));

    await tab.waitForFunction(() => window.waiting?.length === 1);
    const { items } = await tab.evaluate(() => window.ask({ type: "LIST" }));
    assert.equal(items.length, 1);
    assert.deepEqual(Object.keys(items[0]).sort(), ["id", "questionnaire", "sealed", "sha256", "size"]);
    const [{ id, sha256 }] = items;
    const { lease, ids } = await tab.evaluate((id) => window.ask({ type: "LEASE", ids: [id], seconds: 60 }), id);
    assert.deepEqual(ids, [id]);

    // Knowing its hash is not having it.
    const early = await tab.evaluate((ack) => window.ask(ack), { type: "ACK", lease, id, sha256, receipt: "R-0" });
    assert.equal(early.type, "NOT_COLLECTED");

    await tab.evaluate((get) => { window.got = window.ask(get); }, { type: "GET", lease, id });
    await person.reads(say("collect.ask", { origin: desk.origin }));
    assert.equal(await tab.evaluate(() => Promise.race([window.got, new Promise((late) => setTimeout(late, 300, "nothing yet"))])), "nothing yet");
    await person.presses(say("collect.not"));
    assert.equal((await tab.evaluate(() => window.got)).type, "REFUSED");
    await tab.evaluate((get) => { window.got = window.ask(get); }, { type: "GET", lease, id });
    await person.presses(say("collect.give"));
    const here = await tab.evaluate(() => window.got);
    const response = JSON.parse(here.body);
    assert.equal(response.id, id);
    assert.equal(Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(here.body))).toString("hex"), sha256);

    const wrong = await tab.evaluate((ack) => window.ask(ack), { type: "ACK", lease, id, sha256: "0".repeat(64), receipt: "R" });
    assert.equal(wrong.type, "HASH_MISMATCH");
    const done = await tab.evaluate((ack) => window.ask(ack), { type: "ACK", lease, id, sha256, receipt: "R-1" });
    assert.equal(done.type, "DONE");
    const again = await tab.evaluate((ack) => window.ask(ack), { type: "ACK", lease, id, sha256, receipt: "R-2" });
    assert.deepEqual([again.type, again.receipt], ["ALREADY", "R-1"]);
    await person.sees(say("done.sent"));
    assert.deepEqual((await tab.evaluate(() => window.ask({ type: "LIST" }))).items, []);
    const kept = await frame.evaluate(() => JSON.stringify({ ...localStorage }));
    assert.equal(kept.includes("valueInteger"), false, "nothing of it is left");
    const said = await tab.evaluate(() => JSON.stringify(window.heard));
    assert.equal(said.includes("valueInteger"), false, "what is sent without being asked holds no answer");
    await context.close();
  });

  it("a used greeting, a wrong one, and rubbish on the channel get no answer", async () => {
    const { context, tab, person } = await visit();
    await person.sees(ons4()[0].text);
    await tab.waitForFunction(() => window.port);
    assert.ok(await tab.evaluate(() => window.answered({ type: "LIST" })));
    const nonce = await tab.evaluate(() => window.heard.find(({ type }) => type === "READY").nonce);
    for (const other of [nonce, "00000000-0000-4000-8000-000000000000", ""]) {
      const before = await tab.evaluateHandle(() => window.port);
      await tab.evaluate((nonce) => window.hello(nonce), other);
      assert.equal(await tab.evaluate(() => window.answered({ type: "LIST" })), null, `a port with the greeting "${other}"`);
      await tab.evaluate((port) => { window.port = port; }, before);
    }
    for (const rubbish of ["", "{}", "LIST", "[]", '{"n":1,"type":"LIST","more":1}', "x".repeat(70_000)]) {
      await tab.evaluate((text) => window.port.postMessage(text), rubbish);
    }
    await tab.evaluate(() => window.port.postMessage({ n: 9, type: "LIST" }));
    await tab.waitForTimeout(1_100);
    assert.ok(await tab.evaluate(() => window.answered({ type: "LIST" })), "and the right channel still works");
    await context.close();
  });

  it("a stranger around the page hears nothing and is not heard", async () => {
    const { context, tab, person } = await visit(desk.stranger);
    await person.sees(ons4()[0].text);
    await tab.waitForTimeout(500);
    assert.deepEqual(await tab.evaluate(() => window.heard), []);
    await tab.evaluate(() => window.hello("00000000-0000-4000-8000-000000000000"));
    assert.equal(await tab.evaluate(() => window.answered({ type: "LIST" })), null);
    await context.close();
  });

  it("another frame of the right origin is not the page around it", async () => {
    const { context, tab, person } = await visit();
    await person.sees(ons4()[0].text);
    await tab.evaluate(() => { window.silent = true; });
    // The greeting is for the parent; a sibling that learnt the nonce answers first.
    const answered = await tab.evaluate(async (address) => {
      const nonce = window.heard.find(({ type }) => type === "READY").nonce;
      const sibling = document.createElement("iframe");
      sibling.srcdoc = `<script>
        const channel = new MessageChannel();
        channel.port1.onmessage = () => parent.document.body.append("answered");
        parent.frames[0].postMessage(JSON.stringify({ type: "HELLO", protocol: 1, nonce: "${nonce}" }), "${address}", [channel.port2]);
        channel.port1.postMessage(JSON.stringify({ n: 1, type: "LIST" }));
      </script>`;
      document.body.append(sibling);
      await new Promise((late) => setTimeout(late, 800));
      return document.body.innerText.includes("answered");
    }, new URL(town.page.address).origin);
    assert.equal(answered, false);
    await context.close();
  });
});

describe("collected by the element's methods", () => {
  let town;
  let website;
  before(async () => {
    website = await startWebsite();
    town = await startTown();
    town.origins.push(website.origin);
    const [sample] = samples("3. The element");
    const snippet = filled(sample, { questions: town.page.address }).replace("<what-matters ", '<what-matters heading-level="1" start="now" instrument="ons4" ');
    website.put("/", website.host("plain", snippet));
  });
  after(async () => {
    await town?.close();
    await website?.stop();
  });

  async function visits(collect) {
    town.page.replace("/config/surgery.json", { body: { ...built("config/demonstration.json"), collect } });
    const person = await town.somebody();
    await person.tab.goto(`${website.origin}/`);
    await person.sees(ons4()[0].text);
    return person;
  }
  const element = "document.querySelector('what-matters')";

  it("a script on the page around the element collects, where the configuration names that page's origin", async () => {
    const person = await visits({ pull: { origins: [website.origin] } });
    await person.tab.evaluate(() => {
      window.told = [];
      for (const type of ["waiting", "collected"]) {
        document.querySelector("what-matters").addEventListener(type, ({ detail }) => window.told.push([type, detail]));
      }
    });
    await answersOns4(person, [3, 3, 3, 3]);
    await person.presses(say("check.finish-unsent"));
    await person.reads(say("done.to-collect"));
    const items = await person.tab.evaluate(`${element}.list()`);
    assert.equal(items.length, 1);
    const [{ id }] = items;
    await person.tab.evaluate(`window.got = ${element}.collect(${JSON.stringify(id)}); undefined`);
    await person.reads(say("collect.ask", { origin: website.origin }));
    await assertAccessible(person.tab, "a page that asks for answers", "what-matters");
    await person.presses(say("collect.give"));
    const got = await person.tab.evaluate(() => window.got);
    assert.equal(JSON.parse(got.body).id, id);
    const done = await person.tab.evaluate(`window.got.then((got) => ${element}.acknowledge(got, "desk 7"))`);
    assert.equal(done.type, "DONE");
    await person.sees(say("done.sent"));
    const told = await person.tab.evaluate(() => window.told);
    assert.deepEqual(told, [["waiting", { count: 1, ids: [id] }], ["collected", { id }], ["waiting", { count: 0, ids: [] }]], "ids and counts");
    person.watch.assertClean();
    await person.leaves();
  });

  it("and is refused where it does not", async () => {
    const person = await visits({});
    const refused = await person.tab.evaluate(`${element}.list().then(() => 'listed', () => 'refused')`);
    assert.equal(refused, "refused");
    await person.leaves();
  });
});
