// Journey 8: a practice's website with the snippets of docs/embedding.md in it, as they are written there. The
// person answers and it arrives once; the page is as it was.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertAccessible } from "./house/checks.mjs";
import { filled, ofThePage, samples, startWebsite, strictPolicy } from "./house/host_site.mjs";
import { built } from "./house/page_server.mjs";
import { say } from "./house/person.mjs";
import { ons4, startTown } from "./house/visit.mjs";

const START = "Answer a few questions";
const ELEMENT = samples("3. The element")[0];

describe("on a practice's website", () => {
  let town;
  let website;
  before(async () => {
    town = await startTown();
    website = await startWebsite();
    settings();
  });
  after(async () => {
    await website?.stop();
    await town?.close();
  });

  /** The practice's configuration, where the snippet says it is. */
  function settings(changes = {}) {
    const { page, awkward } = town;
    const all = built("config/demonstration.json");
    const questionnaires = all.questionnaires.filter(({ id }) => id === "ons4");
    const body = { ...all, questionnaires, collect: { fhir: { base: awkward.base } }, ...changes };
    page.replace("/config/surgery.json", { body });
    return body;
  }

  const places = () => ({ questions: town.page.address, website: website.origin, service: new URL(town.awkward.base).origin });

  /** Puts a page on the website and somebody in front of it. */
  async function visits(name, { snippet = filled(ELEMENT, places()), headers, allowed = [], ...options } = {}) {
    website.put(`/${name}.html`, website.host(name, snippet), headers);
    const person = await town.somebody({ allowed, ...options });
    town.origins.includes(website.origin) || town.origins.push(website.origin);
    person.address = `${website.origin}/${name}.html`;
    await person.tab.goto(person.address);
    return person;
  }

  /** Whoever sends ends with one response at the service, which is told by its id. */
  async function answersAndSends(person) {
    await person.sees(say("start.title"));
    await person.presses(say("start.begin"));
    for (const [at, { text }] of ons4().entries()) {
      await person.sees(text);
      await person.chooses(at + 3);
      await person.continues();
    }
    await person.sees("About today");
    await person.presses(say("ask.alone-at-home"));
    await person.sees(say("check.title"));
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));
  }

  /** What arrives at the service while `act` goes on. */
  async function arrivals(act) {
    const before = new Set((await town.service.responses()).map(({ id }) => id));
    await act();
    return (await town.service.responses()).filter(({ id }) => !before.has(id));
  }

  const heard = (person) =>
    person.tab.evaluate(() => {
      const element = document.querySelector("what-matters");
      window.heard = [];
      for (const type of ["ready", "resize", "started", "saved", "finished", "sent", "collected", "error"]) {
        element.addEventListener(type, ({ detail }) => window.heard.push([type, detail]));
      }
    });

  const HOSTS = [
    ["plain", "an ordinary page", {}],
    ["resets", "a page with hostile resets", {}],
    ["small_rem", "a page with html { font-size: 62.5% }", {}],
    ["strict", "a page with a strict policy", { headers: () => ({ "Content-Security-Policy": strictPolicy(places()) }) }],
    ["patched", "a page that has patched built-ins", {}],
    ["jquery", "a page with jQuery 1", {}],
    ["right_to_left", "a page from right to left", {}],
  ];

  for (const [name, what, { headers }] of HOSTS) {
    it(`${what}: the person answers, it arrives once, and the page is as it was`, async () => {
      const person = await visits(name, { headers: headers?.(), snippet: filled(ELEMENT, places()).replace("<what-matters ", '<what-matters heading-level="1" ') });
      const { tab } = person;
      await tab.getByText(START).waitFor();
      const before = await ofThePage(tab);
      await heard(person);
      const asked = town.page.asked.length;
      assert.ok(town.page.asked.every((path) => !/wasm|config\/surgery/.test(path)) || asked > 0);
      const arrived = await arrivals(async () => {
        await tab.getByText(START).click({ force: true });
        await person.sees(say("start.title"));
        await assertAccessible(tab, `the start page on ${what}`, "what-matters");
        await answersAndSends(person);
        await assertAccessible(tab, `the last page on ${what}`, "what-matters");
      });
      assert.equal(arrived.length, 1);
      const after = await ofThePage(tab);
      assert.deepEqual(after, before);
      const events = await tab.evaluate(() => window.heard);
      const told = (type) => events.filter(([one]) => one === type).map(([, detail]) => detail);
      const id = arrived[0].id;
      for (const type of ["started", "finished", "sent"]) assert.deepEqual(told(type), [{ id }], type);
      assert.ok(told("saved").length > 0 && told("saved").every((detail) => detail.id === id));
      assert.equal(told("ready").length, 1);
      assert.ok(told("resize").every(({ height }) => height > 100));
      assert.deepEqual(told("error"), []);
      person.watch.assertClean();
      await person.leaves();
    });
  }
});
