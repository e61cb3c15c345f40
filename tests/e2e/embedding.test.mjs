// Journey 8: a practice's website with the snippets of docs/embedding.md in it, as they are written there. The
// person answers and it arrives once; the page is as it was.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { assertAccessible } from "./house/checks.mjs";
import { filled, ofThePage, samples, startWebsite, strictPolicy } from "./house/host_site.mjs";
import { tsc } from "./house/packages.mjs";
import { built, dist } from "./house/page_server.mjs";
import { Person, say } from "./house/person.mjs";
import { ons4, reachesCircumstances, REFUSED, startTown } from "./house/visit.mjs";

const START = "Answer a few questions";
const [LINK] = samples("1. A link");
const [FRAME] = samples("2. A frame");
const [ELEMENT] = samples("3. The element");
const [PINNED] = samples("Keeping one version");

describe("on a practice's website", () => {
  let town;
  let website;
  before(async () => {
    website = await startWebsite();
    town = await startTown({ frameAncestors: website.origin });
    town.origins.push(website.origin);
    settings();
  });
  after(async () => {
    await town?.close();
    await website?.stop();
  });

  /** The practice's configuration, where the snippet says it is, and on the questions' own page. */
  function settings(changes = {}) {
    const { page, awkward } = town;
    const all = built("config/demonstration.json");
    const questionnaires = all.questionnaires.filter(({ id }) => id === "ons4");
    const body = { ...all, questionnaires, collect: { fhir: { base: awkward.base } }, frame: { origins: [website.origin] }, ...changes };
    for (const path of ["/config/surgery.json", "/config/demonstration.json"]) page.replace(path, { body });
    return body;
  }

  const places = () => ({ questions: town.page.address, website: website.origin, service: new URL(town.awkward.base).origin });
  const element = (attributes = "") => filled(ELEMENT, places()).replace("<what-matters ", `<what-matters heading-level="1" ${attributes} `);

  /** Puts a page on the website and somebody in front of it. */
  async function visits(name, { snippet = element(), headers, as = name, beforehand, ...options } = {}) {
    website.put(`/${as}.html`, website.host(name, snippet), headers);
    const person = await town.somebody(options);
    if (beforehand) await person.tab.addInitScript(beforehand);
    await person.tab.goto(`${website.origin}/${as}.html`);
    return person;
  }

  async function answersAndSends(person) {
    await person.sees(say("start.title"));
    await person.presses(say("start.begin"));
    await reachesCircumstances(person, [3, 4, 5, 6]);
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

  const listens = (person, selector = "what-matters") =>
    person.tab.evaluate((selector) => {
      window.told = [];
      for (const type of ["ready", "resize", "started", "saved", "finished", "sent", "collected", "error"]) {
        document.querySelector(selector).addEventListener(type, (event) => window.told.push([type, event.detail]));
      }
    }, selector);
  const told = async (person, type) => (await person.tab.evaluate(() => window.told)).filter(([one]) => one === type).map(([, detail]) => detail);
  const until = (person, act, argument) => person.tab.waitForFunction(act, argument, { timeout: 15_000 });

  it("a link opens the questions", async () => {
    const person = await visits("plain", { snippet: filled(LINK, places()) });
    await person.tab.getByRole("link", { name: "Tell your link worker what matters to you" }).click();
    await person.sees(say("start.title"));
    person.watch.assertClean();
    await person.leaves();
  });

  /** Runs in the page before its scripts: the memories of WebAssembly there come to be are to be found. */
  function keepsMemories() {
    const memories = (window.memories = new Set());
    const { instantiateStreaming } = WebAssembly;
    WebAssembly.instantiateStreaming = async (...given) => {
      const made = await instantiateStreaming(...given);
      for (const one of Object.values(made.instance.exports)) if (one instanceof WebAssembly.Memory) memories.add(one);
      return made;
    };
  }

  /** Runs in such a page: the bytes of those memories, and how many records stand in local storage. */
  function ofOurs() {
    const wasm = [...window.memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
    return { wasm, kept: localStorage.length };
  }

  const HOSTS = [
    ["plain", "an ordinary page", {}],
    ["resets", "a page with hostile resets", {}],
    ["small_rem", "a page with html { font-size: 62.5% }", {}],
    ["plain", "a page with a strict policy", { as: "strict", headers: () => ({ "Content-Security-Policy": strictPolicy(places()) }) }],
    // axe itself does not run there.
    ["patched", "a page that has patched built-ins", { judged: false }],
    ["jquery", "a page with jQuery 1", {}],
    ["right_to_left", "a page from right to left", {}],
  ];

  for (const [name, what, { as, headers, judged = true }] of HOSTS) {
    it(`${what}: the person answers, it arrives once, and the page is as it was`, async () => {
      const person = await visits(name, { as, headers: headers?.() });
      const { tab } = person;
      await tab.getByText(START).waitFor();
      const before = await ofThePage(tab);
      await listens(person);
      const arrived = await arrivals(async () => {
        await tab.getByText(START).click({ force: true });
        await person.sees(say("start.title"));
        if (judged) await assertAccessible(tab, `the start page on ${what}`, "what-matters");
        await answersAndSends(person);
        if (judged) await assertAccessible(tab, `the last page on ${what}`, "what-matters");
      });
      assert.equal(arrived.length, 1);
      assert.deepEqual(await ofThePage(tab), before);
      const [{ id }] = arrived;
      for (const type of ["started", "finished", "sent"]) assert.deepEqual(await told(person, type), [{ id }], type);
      const saved = await told(person, "saved");
      assert.ok(saved.length > 0 && saved.every((detail) => detail.id === id && Object.keys(detail).length === 1));
      assert.equal((await told(person, "ready")).length, 1);
      assert.ok((await told(person, "resize")).every(({ height }) => height > 100));
      assert.deepEqual(await told(person, "error"), []);
      person.watch.assertClean();
      await person.leaves();
    });
  }

  it("what a page says of our element changes no letter in it", async () => {
    const looks = async (name) => {
      const person = await visits(name);
      await person.tab.getByText(START).click({ force: true });
      await person.sees(say("start.title"));
      const found = await person.tab.evaluate(() => {
        const root = document.querySelector("what-matters").shadowRoot;
        return [...root.querySelectorAll("h1, p, button, summary, span")].slice(0, 20).map((element) => {
          const { fontSize, fontFamily, color, backgroundColor, lineHeight, letterSpacing, textTransform, textAlign, minBlockSize, whiteSpace, textIndent, opacity } = getComputedStyle(element);
          return [element.localName, fontSize, fontFamily, color, backgroundColor, lineHeight, letterSpacing, textTransform, textAlign, minBlockSize, whiteSpace, textIndent, opacity].join("|");
        });
      });
      await person.leaves();
      return found;
    };
    const plain = await looks("plain");
    for (const name of ["resets", "small_rem", "right_to_left"]) assert.deepEqual(await looks(name), plain, name);
  });

  it("colours chosen in the questions change the questions, and nothing of the page around them", async () => {
    const person = await visits("plain");
    await person.tab.getByText(START).click();
    await person.sees(say("start.title"));
    const before = await ofThePage(person.tab);
    await person.tab.locator("summary").filter({ hasText: say("settings.label") }).click();
    await person.tab.getByRole("button", { name: say("settings.dark"), exact: true }).click();
    await person.tab.locator('[data-app][data-contrast="dark"]').waitFor();
    assert.deepEqual(await ofThePage(person.tab), before);
    person.watch.assertClean();
    await person.leaves();
  });

  it("a page on which nobody starts loads one small script and asks for nothing else", async () => {
    const from = town.page.asked.length;
    const person = await visits("plain", { as: "lazy" });
    await person.tab.getByText(START).waitFor();
    await person.tab.waitForLoadState("networkidle");
    assert.deepEqual(town.page.asked.slice(from), ["/embed.js"]);
    const weight = readFileSync(join(dist(), "embed.js.br")).length;
    assert.ok(weight <= 3072, `embed.js is ${weight} bytes`);
    await person.leaves();
  });

  it("without JavaScript what stands inside is there, and is a link", async () => {
    const person = await visits("plain", { as: "no-script", javaScriptEnabled: false });
    assert.equal(await person.tab.getByRole("link", { name: START }).getAttribute("href"), town.page.address);
    await person.leaves();
  });

  it("a press with a key that opens a new tab is the page's own, and no start", async () => {
    const person = await visits("plain", { as: "new-tab" });
    const opened = person.tab.context().waitForEvent("page");
    await person.tab.getByText(START).click({ modifiers: ["ControlOrMeta"] });
    await (await opened).getByRole("heading", { level: 1, name: say("start.title") }).waitFor();
    assert.equal(await person.tab.getByText(START).isVisible(), true);
    await person.leaves();
  });

  it("Back in the questions leads back, and the page's own history stays as it is", async () => {
    const person = await visits("plain", { as: "back" });
    const length = await person.tab.evaluate(() => history.length);
    const focus = () => person.tab.evaluate(() => document.querySelector("what-matters").shadowRoot.activeElement?.innerText);
    await person.tab.getByText(START).focus();
    await person.tab.keyboard.press("Enter");
    await person.sees(say("start.title"));
    await until(person, () => document.querySelector("what-matters").shadowRoot.activeElement);
    assert.equal(await focus(), say("start.title"), "the focus has gone on to the questions");
    await person.presses(say("start.begin"));
    const [first, second] = ons4();
    await person.sees(first.text);
    assert.equal(await focus(), first.text);
    await person.chooses(5);
    await person.continues();
    await person.sees(second.text);
    await person.continues();
    await person.presses(say("shell.back"));
    await person.sees(second.text);
    await person.presses(say("shell.back"));
    await person.sees(first.text);
    assert.ok(await person.option(5).isChecked());
    await person.presses(say("shell.back"));
    await person.sees(say("start.title"));
    assert.equal(await person.tab.evaluate(() => history.length), length);
    await person.presses(say("start.resume"));
    await person.reads(say("shell.back"));
    await person.leaves();
  });

  it("goes straight to one questionnaire, lower in the page's outline, with settings given as a property and a theme", async () => {
    const body = settings({ theme: { accent: "#7c2855", corners: "square" } });
    settings();
    const person = await visits("plain", { as: "property", snippet: filled(ELEMENT, places()).replace(/config="[^"]*"/, `instrument="ons4"`) });
    await listens(person);
    await person.tab.getByText(START).click();
    await until(person, () => window.told.length > 0);
    assert.deepEqual(await told(person, "error"), [{ code: "no-configuration" }]);
    await person.tab.evaluate((body) => {
      document.querySelector("what-matters").config = body;
    }, body);
    await person.tab.getByText(START).click();
    await person.sees(ons4()[0].text);
    // As a screen reader has it; the browser's own name for it stays.
    const levels = () => person.tab.evaluate(() => [...document.querySelector("what-matters").shadowRoot.querySelectorAll("h1, h2")].map((heading) => `${heading.localName} ${heading.ariaLevel}`));
    assert.deepEqual([...new Set(await levels())].sort(), ["h1 2", "h2 3"]);
    const colour = await person.tab.getByRole("button", { name: say("ask.continue") }).evaluate((button) => getComputedStyle(button).backgroundColor);
    assert.equal(colour, "rgb(124, 40, 85)");
    await assertAccessible(person.tab, "a question with a theme", "what-matters");
    person.watch.assertClean();
    await person.leaves();
  });

  it("a configuration that does not come is told, and so is code that does not", async () => {
    const lost = await visits("plain", { as: "lost", snippet: element().replace("surgery.json", "none.json"), allowed: [REFUSED] });
    await listens(lost);
    await lost.tab.getByText(START).click();
    await until(lost, () => window.told.some(([type]) => type === "error"));
    assert.deepEqual(await told(lost, "error"), [{ code: "configuration" }]);
    await lost.leaves();

    const broken = await visits("plain", { as: "broken", allowed: [/./] });
    await broken.tab.route(/what_matters_bg.*\.wasm$/, (route) => route.abort());
    await listens(broken);
    await broken.tab.getByText(START).click();
    await until(broken, () => window.told.some(([type]) => type === "error"));
    assert.deepEqual(await told(broken, "error"), [{ code: "load" }]);
    assert.equal(await broken.tab.getByText(START).isVisible(), true, "what stands inside is still there");
    await broken.tab.unroute(/what_matters_bg.*\.wasm$/);
    await broken.tab.getByText(START).click();
    await broken.sees(say("start.title"));
    await broken.leaves();
  });

  it("code of ours that stops half-way leaves the page to what stands inside; other code that does is none of ours", async () => {
    const person = await visits("plain", { as: "stopped" });
    await listens(person);
    await person.tab.getByText(START).click();
    await person.sees(say("start.title"));
    const stops = (at) =>
      person.tab.evaluate((at) => {
        const error = new WebAssembly.RuntimeError("unreachable");
        error.stack = `RuntimeError: unreachable\n    at ${at}what_matters_bg.wasm:wasm-function[1]`;
        dispatchEvent(new ErrorEvent("error", { error }));
      }, at);
    await stops("https://maps.example/");
    await person.sees(say("start.title"));
    await stops(town.page.address);
    await until(person, () => window.told.some(([type]) => type === "error"));
    assert.deepEqual(await told(person, "error"), [{ code: "stopped" }]);
    await person.tab.getByText(START).click();
    await until(person, (address) => location.href === address, town.page.address);
    await person.leaves();
  });

  it("two on one page keep apart", async () => {
    const both = settings({ questionnaires: built("config/demonstration.json").questionnaires });
    const person = await visits("plain", { as: "two", snippet: `${element('id="a" instrument="ons4"')}${element('id="b" instrument="loneliness"')}` });
    settings();
    assert.ok(both.questionnaires.length > 1);
    await person.tab.locator("#a").getByText(START).click();
    await person.tab.locator("#a").getByRole("radio").first().waitFor();
    await person.tab.locator("#b").getByText(START).click();
    await person.tab.locator("#b").getByRole("radio").first().waitFor();
    const first = await person.tab.locator("#b").getByRole("heading", { level: 1 }).innerText();
    await person.tab.locator("#a").getByRole("radio").nth(4).click({ force: true });
    await person.tab.locator("#b").getByRole("radio").nth(1).click({ force: true });
    await person.tab.locator("#b").getByText(say("kept.saved")).waitFor();
    assert.ok(await person.tab.locator("#a").getByRole("radio").nth(4).isChecked());
    assert.ok(await person.tab.locator("#b").getByRole("radio").nth(1).isChecked());
    await person.tab.locator("#a").getByRole("button", { name: say("ask.continue") }).click();
    await person.tab.locator("#a").getByRole("heading", { level: 1, name: ons4()[1].text }).waitFor();
    assert.equal(await person.tab.locator("#b").getByRole("heading", { level: 1 }).innerText(), first);
    await person.tab.evaluate(() => document.querySelector("#a").remove());
    await person.tab.locator("#b").getByRole("radio").nth(2).click({ force: true });
    await person.tab.locator("#b").getByText(say("kept.saved")).waitFor();
    person.watch.assertClean();
    await person.leaves();
  });

  it("moved, it keeps its page; removed and put back a thousand times, memory stays flat", async () => {
    const person = await visits("plain", { as: "moved", snippet: element('instrument="ons4"'), beforehand: keepsMemories });
    await person.tab.getByText(START).click();
    await person.sees(ons4()[0].text);
    await person.chooses(6);
    await person.reads(say("kept.saved"));
    await person.tab.evaluate(() => document.querySelector("footer").append(document.querySelector("what-matters")));
    assert.ok(await person.option(6).isChecked());
    assert.equal(await person.tab.getByText(START).isVisible(), false);

    const session = await person.tab.context().newCDPSession(person.tab);
    const round = (times) =>
      person.tab.evaluate(async (times) => {
        const element = document.querySelector("what-matters");
        const place = element.parentElement;
        for (let at = 0; at < times; at += 1) {
          element.remove();
          await new Promise((done) => setTimeout(done));
          place.append(element);
          // Some are taken away before they show.
          if (at % 4) await element.start();
          else element.start();
        }
        await element.start();
      }, times);
    const memory = async () => {
      // What is let go of in one round of tidying is gone after the next.
      for (let rounds = 0; rounds < 4; rounds += 1) {
        await session.send("HeapProfiler.collectGarbage");
        await person.tab.evaluate(() => new Promise((done) => setTimeout(done, 200)));
      }
      const { usedSize } = await session.send("Runtime.getHeapUsage");
      const { nodes, jsEventListeners: listeners } = await session.send("Memory.getDOMCounters");
      return { usedSize, nodes, listeners, ...(await person.tab.evaluate(ofOurs)) };
    };
    await round(100);
    const early = await memory();
    await round(900);
    const late = await memory();
    assert.ok(late.nodes < early.nodes * 1.2 + 200, JSON.stringify({ early, late }));
    assert.ok(late.usedSize < early.usedSize * 1.3 + 1_000_000, JSON.stringify({ early, late }));
    assert.deepEqual([late.listeners, late.kept], [early.listeners, early.kept], JSON.stringify({ early, late }));
    // It never shrinks: one moment with more of them at once than ever before makes it larger for good (measured:
    // 128 KiB). A leak of 400 bytes in each of the 675 that opened is more than this; one of 2.6 KB was 1.8 MB.
    assert.ok(late.wasm <= early.wasm + 256 * 1024, JSON.stringify({ early, late }));
    assert.ok(early.wasm > 0 && early.kept > 0);
    await person.sees(ons4()[0].text);
    assert.ok(await person.option(6).isChecked(), "and the answer is still there");
    person.watch.assertClean();
    await person.leaves();
  });

  it("a pinned version opens the questions, and a changed byte in any of its files leaves the page as it is", async () => {
    const { script, integrity } = built("embed.json");
    const pinned = filled(PINNED, places()).replace("embed-DIGEST.js", script).replace("sha384-INTEGRITY", integrity);
    const snippet = element().replace(/<script[^>]*><\/script>/, () => pinned.trim());
    const person = await visits("plain", { as: "pinned", snippet });
    await person.tab.getByText(START).click();
    await person.sees(say("start.title"));
    person.watch.assertClean();
    await person.leaves();

    for (const file of [/loader-[0-9a-f]+\.js$/, /what_matters-[0-9a-f]+\.js$/, /what-matters-embedded-[0-9a-f]+\.css$/, /what_matters_bg-[0-9a-f]+\.wasm$/]) {
      const victim = await visits("plain", { as: "changed", snippet, allowed: [/./] });
      await victim.tab.route(file, async (route) => {
        const response = await route.fetch();
        const body = Buffer.concat([await response.body(), Buffer.from(" ")]);
        await route.fulfill({ response, body, headers: { ...response.headers(), "content-encoding": "identity", "content-length": String(body.length) } });
      });
      await listens(victim);
      await victim.tab.getByText(START).click();
      await until(victim, () => window.told.some(([type]) => type === "error"));
      assert.deepEqual(await told(victim, "error"), [{ code: "load" }], String(file));
      assert.equal(await victim.tab.getByText(START).isVisible(), true);
      await victim.leaves();
    }
  });

  it("on a page that may keep nothing the person is told, and it arrives once all the same", async () => {
    const person = await visits("plain", { as: "no-storage", headers: { "Content-Security-Policy": "sandbox allow-scripts allow-forms" }, allowed: [/./] });
    const arrived = await arrivals(async () => {
      await person.tab.getByText(START).click();
      await person.sees(say("start.title"));
      await person.reads(say("storage.refused"));
      await answersAndSends(person);
    });
    assert.equal(arrived.length, 1);
    await person.leaves();
  });

  /** Somebody who answers inside the frame. */
  async function inside(person) {
    const frame = await until(person, () => document.querySelector("iframe")).then((handle) => handle.asElement().contentFrame());
    return Object.assign(new Person(Object.assign(frame, { setDefaultTimeout() {} }), town.page.address));
  }

  it("a frame is as high as what is in it, tells what happens, and it arrives once", async () => {
    const person = await visits("plain", { as: "frame", snippet: filled(FRAME, places()) });
    await listens(person, "iframe");
    const before = await ofThePage(person.tab);
    const patient = await inside(person);
    const fits = () => until(person, () => {
      const frame = document.querySelector("iframe");
      return frame.style.height !== "" && Number.parseInt(frame.style.height, 10) !== 700;
    });
    // By key: a page turn makes the frame higher or lower, and a click could meet what is still on its way.
    patient.chooses = async (answer) => {
      await patient.option(answer).press(" ");
      assert.ok(await patient.option(answer).isChecked(), `"${answer}" is chosen`);
    };
    const arrived = await arrivals(async () => {
      await patient.sees(say("start.title"));
      await fits();
      // Nothing in the frame is cut off.
      await patient.tab.waitForFunction(() => document.documentElement.scrollHeight <= innerHeight + 1);
      await assertAccessible(patient.tab, "the start page in a frame");
      await answersAndSends(patient);
    });
    assert.equal(arrived.length, 1);
    await until(person, () => window.told.some(([type]) => type === "sent"));
    const [{ id }] = arrived;
    for (const type of ["started", "finished", "sent"]) assert.deepEqual(await told(person, type), [{ id }], type);
    const after = await ofThePage(person.tab);
    for (const same of ["title", "address", "head", "globals", "root"]) assert.deepEqual(after[same], before[same], same);
    person.watch.assertClean();
    await person.leaves();
  });

  it("a page whose origin the configuration does not name is told nothing, and a message of anybody else changes nothing", async () => {
    settings({ frame: { origins: ["https://other.example"] } });
    const person = await visits("plain", { as: "stranger", snippet: filled(FRAME, places()).replace("<script", "<script>addEventListener('message', ({ data }) => (window.got = [...(window.got ?? []), data]))</script><script") });
    const patient = await inside(person);
    await patient.sees(say("start.title"));
    await patient.presses(say("start.begin"));
    await patient.sees(ons4()[0].text);
    await patient.chooses(4);
    await patient.reads(say("kept.saved"));
    assert.equal(await person.tab.evaluate(() => window.got), undefined);
    settings();
    const height = await person.tab.evaluate(async () => {
      const { height } = document.querySelector("iframe").style;
      const other = document.createElement("iframe");
      document.body.append(other);
      other.contentWindow.parent.postMessage('{"type":"HEIGHT","height":9000}', "*");
      postMessage('{"type":"HEIGHT","height":9000}', "*");
      const heard = new Promise((done) => addEventListener("message", done));
      await heard;
      await new Promise((done) => setTimeout(done));
      return [height, document.querySelector("iframe").style.height];
    });
    assert.equal(height[0], height[1]);
    await person.leaves();
  });

  it("in a frame that begins with nothing each time it says so, and opens on its own page", async () => {
    const person = await visits("plain", { as: "credentialless", snippet: filled(FRAME, places()).replace("<iframe", "<iframe credentialless") });
    const patient = await inside(person);
    await patient.sees(say("start.title"));
    await patient.reads(say("frame.forgets"));
    await assertAccessible(patient.tab, "the start page in a frame that forgets");
    await patient.tab.getByRole("link", { name: say("frame.open") }).click();
    await until(person, () => !document.querySelector("iframe"));
    await person.sees(say("start.title"));
    assert.equal(person.tab.url(), town.page.address);
    await person.doesNotRead(say("frame.forgets"));
    const arrived = await arrivals(() => answersAndSends(person));
    assert.equal(arrived.length, 1);
    await person.leaves();
  });

  it("the types fit what a page does with the element", () => {
    const folder = mkdtempSync(join(tmpdir(), "what-matters-types-"));
    try {
      copyFileSync(join(dist(), "embed.d.ts"), join(folder, "embed.d.ts"));
      const check = (name, text) => {
        writeFileSync(join(folder, name), `/// <reference path="./embed.d.ts" />\n${text}\nexport {};\n`);
        const { status, stdout } = spawnSync(process.execPath, [tsc(), "--noEmit", "--strict", "--target", "es2022", "--module", "esnext", "--lib", "es2022,dom", join(folder, name)], { encoding: "utf8" });
        return { status, stdout };
      };
      const good = check("good.ts", `
        const element = document.createElement("what-matters");
        element.config = { version: 1 };
        element.addEventListener("saved", ({ detail }) => detail.id.toUpperCase());
        element.addEventListener("resize", ({ detail }) => detail.height.toFixed());
        await element.start();
        for (const { id } of await element.list()) {
          const got = await element.collect(id);
          if (got.type === "HERE") await element.acknowledge(got, got.body.slice(0, 1));
        }
        element.stop();`.replace("await element.start", "await element.start"));
      assert.equal(good.status, 0, good.stdout);
      const bad = check("bad.ts", `document.createElement("what-matters").addEventListener("saved", ({ detail }) => detail.answers);`);
      assert.match(bad.stdout, /answers/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
