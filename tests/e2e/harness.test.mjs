// The harness itself: the browser starts as people have it, the service is real, the proxy misbehaves as
// told, the validators find errors, the checks of a screen can fail.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { answer, drop, dropAfterCommit, halfAnAnswer, hang, nothing, once, outcome, portal, startAwkward } from "./house/awkward_service.mjs";
import { forget, newProfile, startBrowser } from "./house/browser.mjs";
import { assertAccessible, assertReflows, watchPage } from "./house/checks.mjs";
import { startService } from "./house/fhir_service.mjs";
import { startPage } from "./house/page_server.mjs";
import { problems } from "./house/validators.mjs";

const PAGE = `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>A page</h1><p>Words.</p></main></body></html>`;

const response = (id, more = {}) => ({
  resourceType: "QuestionnaireResponse",
  id,
  identifier: { system: "urn:ietf:rfc:3986", value: `urn:uuid:${id}` },
  questionnaire: "https://what-matters.example/fhir/Questionnaire/ons4|1.0.0",
  status: "completed",
  authored: "2026-11-22T10:00:00+00:00",
  item: [{ linkId: "ons4.satisfied", answer: [{ valueInteger: 7 }] }],
  ...more,
});

const put = (base, body, signal) =>
  fetch(`${base}/QuestionnaireResponse/${body.id}`, {
    method: "PUT",
    headers: { "Content-Type": "application/fhir+json" },
    body: JSON.stringify(body),
    signal,
  });

describe("the service and the proxy before it", () => {
  let service;
  let awkward;
  before(async () => {
    service = await startService();
    awkward = await startAwkward(service.base);
  });
  after(async () => {
    await awkward?.stop();
    await service?.stop();
  });

  it("keeps what is put, once, and finds it by identifier", async () => {
    const sent = response("5f3d7a52-0000-4000-8000-000000000001");
    assert.equal((await put(awkward.base, sent)).status, 201);
    assert.equal((await put(awkward.base, sent)).status, 200);
    const kept = await service.read(sent.id);
    assert.deepEqual(kept.item, sent.item);
    const found = await fetch(`${service.base}/QuestionnaireResponse?identifier=${encodeURIComponent(sent.identifier.value)}`);
    assert.equal((await found.json()).total, 1);
  });

  it("answers as told and tells the service nothing", async () => {
    const sent = response("5f3d7a52-0000-4000-8000-000000000002");
    for (const [behaviour, status] of [[outcome(422), 422], [answer(401), 401], [portal, 200], [nothing, 200]]) {
      awkward.behave(() => behaviour);
      assert.equal((await put(awkward.base, sent)).status, status);
    }
    awkward.behave(null);
    assert.equal((await service.responses()).some(({ id }) => id === sent.id), false);
  });

  it("drops before, drops after, and cuts the answer in half", async () => {
    const lost = response("5f3d7a52-0000-4000-8000-000000000003");
    const kept = response("5f3d7a52-0000-4000-8000-000000000004");
    const half = response("5f3d7a52-0000-4000-8000-000000000005");
    awkward.behave(once(drop));
    await assert.rejects(put(awkward.base, lost));
    awkward.behave(once(dropAfterCommit));
    await assert.rejects(put(awkward.base, kept));
    awkward.behave(once(halfAnAnswer));
    await assert.rejects(async () => (await put(awkward.base, half)).text());
    const held = (await service.responses()).map(({ id }) => id);
    assert.deepEqual([lost, kept, half].map(({ id }) => held.includes(id)), [false, true, true]);
    assert.equal((await put(awkward.base, lost)).status, 201, "after once() it passes on");
  });

  it("hangs until the caller gives up", async () => {
    awkward.behave(once(hang));
    await assert.rejects(put(awkward.base, response("5f3d7a52-0000-4000-8000-000000000006"), AbortSignal.timeout(300)), { name: "TimeoutError" });
  });
});

describe("the validators", () => {
  it("agree that a good response is good", () => {
    assert.deepEqual(problems(JSON.stringify(response("5f3d7a52-0000-4000-8000-000000000007"))), []);
  });

  it("find, between them, what is wrong with a bad one", () => {
    const bad = [{ status: undefined }, { authored: "yesterday" }, { item: [{ answer: [{ valueInteger: 7 }] }] }, { colour: "red" }, { status: "done" }];
    for (const wrong of bad) {
      const text = JSON.stringify(response("5f3d7a52-0000-4000-8000-000000000008", wrong));
      assert.notDeepEqual(problems(text), [], JSON.stringify(wrong));
    }
  });
});

describe("the browser and the checks of a screen", () => {
  let browser;
  let page;
  const folder = mkdtempSync(join(tmpdir(), "what-matters-page-"));
  before(async () => {
    writeFileSync(join(folder, "index.html"), PAGE);
    page = await startPage({ root: folder, instead: { "/gone.json": { status: 404 } } });
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await page?.stop();
    rmSync(folder, { recursive: true });
  });

  const open = async (html) => {
    const context = await browser.visitor();
    const tab = await context.newPage();
    page.replace("/made.html", { type: "text/html; charset=utf-8", body: html });
    const watch = watchPage(tab, { origins: [new URL(page.address).origin] });
    await tab.goto(`${page.address}made.html`);
    return { tab, watch, context };
  };

  it("let a good page be", async () => {
    const { tab, watch, context } = await open(PAGE);
    await assertAccessible(tab, "a good page");
    await assertReflows(tab, "a good page");
    watch.assertClean();
    await context.close();
  });

  it("find a label missing, a target too small and a line too wide", async () => {
    const tiny = '<p><input type="checkbox" aria-label="a"><input type="checkbox" aria-label="b"></p>';
    const { tab, context } = await open(PAGE.replace("<p>Words.</p>", `<input>${tiny}<pre>${"wide ".repeat(80)}</pre>`));
    await assert.rejects(assertAccessible(tab, "a page without labels"), (error) => /label/.test(error.message) && /target-size/.test(error.message));
    await assert.rejects(assertReflows(tab, "a wide page"), /sideways/);
    await context.close();
  });

  it("see a script the policy refuses and a request to a stranger", async () => {
    const bad = '<script>document.title = "changed"</script><img src="http://127.0.0.2:9/x.png" alt="">';
    const { tab, watch, context } = await open(PAGE.replace("<p>Words.</p>", bad));
    assert.equal(await tab.title(), "A page", "the inline script must not run");
    assert.ok(watch.wrong.some((line) => /Content Security Policy/.test(line)), watch.wrong.join("\n"));
    await context.close();
  });

  it("keep a profile over a closed browser, and partition storage as Chromium does for people", async () => {
    const profile = newProfile();
    const first = await startBrowser({ profile });
    const tab = await first.context.newPage();
    await tab.goto(page.address);
    await tab.evaluate(() => localStorage.setItem("kept", "yes"));
    const version = await (await first.context.newCDPSession(tab)).send("Browser.getBrowserCommandLine").catch(() => ({ arguments: [] }));
    assert.equal(version.arguments.some((argument) => argument.includes("ThirdPartyStoragePartitioning")), false);
    await first.close();
    const second = await startBrowser({ profile });
    const again = await second.context.newPage();
    await again.goto(page.address);
    assert.equal(await again.evaluate(() => localStorage.getItem("kept")), "yes");
    await second.kill();
    forget(profile);
  });
});
