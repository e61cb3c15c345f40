// The set-up page, as a practice manager uses it: a form, a file, lines for the website, and a look at a page. All of it
// stays in the browser.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { assertGoodScreen, watchPage } from "./house/checks.mjs";
import { namesOnTheDevice } from "./house/kept.mjs";
import { startBrowser } from "./house/browser.mjs";
import { built, startPage } from "./house/page_server.mjs";
import { checkConfiguration } from "./house/native.mjs";

const GUIDE = new URL("../../docs/practices.md", import.meta.url);

describe("the set-up page", () => {
  let page;
  let browser;
  before(async () => {
    page = await startPage();
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await page?.stop();
  });

  async function opens({ allowed } = {}) {
    const context = await browser.visitor({ viewport: { width: 1024, height: 900 }, acceptDownloads: true });
    const tab = await context.newPage();
    tab.setDefaultTimeout(10_000);
    const watch = watchPage(tab, { origins: [new URL(page.address).origin], allowed });
    await tab.goto(`${page.address}setup.html`);
    await tab.getByRole("heading", { level: 2, name: "Your practice" }).waitFor();
    return { context, tab, watch };
  }

  const box = (tab, name) => tab.getByRole("textbox", { name, exact: true });

  /** The configuration the page has made. */
  const made = async (tab) => JSON.parse(await box(tab, "The file").inputValue());

  it("makes a configuration that patients' pages read, and saves it as a file; nothing leaves the browser", async () => {
    const { context, tab, watch } = await opens();
    const earlier = page.asked.length;
    await assertGoodScreen(tab, "the set-up page, empty");
    assert.equal(await tab.getByRole("button", { name: "Save the file" }).count(), 0, "no file without a name");
    await box(tab, "Name of your practice").fill("Riverside Practice");
    await box(tab, "Phone number of your practice (optional)").fill("01632 960 001");
    await box(tab, "What you call your link worker (optional)").fill("community connector");
    await box(tab, "What happens after somebody sends their answers").fill("We call you.\nYou decide what helps.");
    await tab.getByRole("checkbox", { name: "Polski" }).check({ force: true });
    await box(tab, "Address of the service that receives answers").fill("https://fhir.example/r4");
    await tab.getByText("Your community connector wants to know").waitFor();
    await assertGoodScreen(tab, "the set-up page, filled in");
    const [download] = await Promise.all([tab.waitForEvent("download"), tab.getByRole("button", { name: "Save the file" }).click()]);
    const path = join(tmpdir(), `what-matters-setup-${process.pid}.json`);
    await download.saveAs(path);
    await tab.getByText("The file is on its way").waitFor();
    const config = JSON.parse(readFileSync(path, "utf8"));
    assert.deepEqual(config, await made(tab));
    assert.deepEqual(config, {
      version: 1,
      practice: { name: "Riverside Practice", phone: "01632 960 001" },
      linkWorker: "community connector",
      whatHappensNext: ["We call you.", "You decide what helps."],
      questionnaires: [{ id: "ons4" }],
      languages: ["en-GB", "pl"],
      collect: { fhir: { base: "https://fhir.example/r4" } },
    });
    assert.deepEqual(await checkConfiguration(path), []);
    // The preview shows the start page with its drawing, which is a file of ours.
    const strange = page.asked.slice(earlier).filter((path) => !/^\/scenes-[0-9a-f]{16}\.svg$/.test(path));
    assert.deepEqual(strange, [], "nothing was asked for while it was filled in");
    const kept = await namesOnTheDevice(tab);
    assert.deepEqual([kept.local, kept.session, kept.records, kept.caches, kept.cookie], [[], [], [], [], ""], "nothing is kept");
    watch.assertClean();

    // The file in its place: a patient meets what the form said.
    page.replace("/config/demonstration.json", { body: config });
    await tab.goto(page.address);
    await tab.getByText("Your community connector wants to know").filter({ visible: true }).first().waitFor();
    await tab.getByText("Riverside Practice").filter({ visible: true }).first().waitFor();
    page.replace("/config/demonstration.json");
    await context.close();
  });

  it("takes in a configuration from a file and gives it out unchanged, or says every reason why not", async () => {
    const { context, tab, watch } = await opens();
    const path = join(tmpdir(), `what-matters-setup-in-${process.pid}.json`);
    const before = built("config/demonstration.json");
    writeFileSync(path, JSON.stringify(before));
    await tab.getByText("Begin with a configuration you have").click();
    await tab.getByLabel("Choose the file").setInputFiles(path);
    await tab.getByText("Your configuration was taken in.").waitFor();
    assert.equal(await box(tab, "Name of your practice").inputValue(), before.practice.name);
    assert.deepEqual(await made(tab), before);
    await box(tab, "Or paste what is in it").fill('{"version": 1, "practise": {}}');
    await tab.getByRole("button", { name: "Take it in" }).click();
    await tab.getByText("“practise” is not a setting we know.").waitFor();
    await tab.getByText("Name of your practice is missing.").waitFor();
    await assertGoodScreen(tab, "a configuration that is refused");
    assert.deepEqual(await made(tab), before, "what was there stays");
    watch.assertClean();
    await context.close();
  });

  it("refuses a private key beside its box, and gives no file with it; the keyboard leads to what is wrong", async () => {
    const { context, tab, watch } = await opens();
    await box(tab, "Name of your practice").fill("Riverside Practice");
    const jwk = { kty: "EC", crv: "P-256", kid: "a", d: "VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw" };
    await box(tab, "Public key of that service").fill(JSON.stringify(jwk));
    await tab.getByText(/^Error: Public key of that service/).first().waitFor();
    assert.equal(await box(tab, "The file").count(), 0);
    await assertGoodScreen(tab, "a private key");
    const wrong = tab.getByRole("link", { name: /^Public key of that service/ }).first();
    await wrong.focus();
    await tab.keyboard.press("Enter");
    assert.equal(await tab.evaluate(() => document.activeElement.id), "key");
    watch.assertClean();
    await context.close();
  });

  it("gives the snippets of docs/practices.md for one's own address, and looks at a page they were pasted into", async () => {
    const { context, tab, watch } = await opens();
    await box(tab, "The address of your questions").fill("https://questions.surgery.example");
    const documented = [...readFileSync(GUIDE, "utf8").matchAll(/^```(?:html|text)\n([\s\S]*?)\n```/gm)].map(([, text]) => text);
    const given = {};
    for (const way of ["A link", "A frame", "An element on your page", "WordPress"]) {
      given[way] = await box(tab, way).inputValue();
      assert.ok(documented.includes(given[way]), `${way} is in docs/practices.md as it is given`);
    }
    const look = async (source) => {
      await box(tab, "The source of your page").fill(source);
      await tab.getByRole("button", { name: "Look at my page" }).click();
      await tab.getByRole("heading", { name: "What we found" }).waitFor();
      return tab.getByRole("status").filter({ hasText: "What we found" }).getByRole("listitem").allInnerTexts();
    };
    await box(tab, "The address of your page").fill("https://www.surgery.example/help");
    assert.deepEqual(await look(`<body>${given["A link"]}</body>`), ["Good: There is a link to your questions."]);
    const [first] = await look(given["An element on your page"].replace(/<script.*<\/script>/, ""));
    assert.match(first, /^Put right: .*its script is missing/);
    const hurt = await look("<script>document.title = 'hurt'</script><img src=x onerror=\"document.title='hurt'\">");
    assert.match(hurt.join(), /None of the four snippets/);
    assert.doesNotMatch(await tab.title(), /hurt/);
    await assertGoodScreen(tab, "what was found on a page");
    watch.assertClean();
    await context.close();
  });

  it("opens a page on its own web server, with the policy it is sent with, and asks no other server for anything", async () => {
    const { context, tab, watch } = await opens({ allowed: [/status of 404/, /connect-src|Fetch API cannot load/] });
    const elsewhere = await startPage();
    await box(tab, "The address of your questions").fill("https://questions.surgery.example");
    const snippet = await box(tab, "An element on your page").inputValue();
    page.replace("/surgery.html", { type: "text/html; charset=utf-8", body: `<!doctype html><title>Surgery</title>${snippet}` });
    const at = async (address, answer) => {
      await box(tab, "The address of your page").fill(address);
      await tab.getByRole("button", { name: "Open my page" }).click();
      await tab.getByRole("status").filter({ hasText: answer }).waitFor();
    };
    await at(`${page.address}surgery.html`, "We opened it.");
    assert.match(await box(tab, "The source of your page").inputValue(), /<title>Surgery</);
    assert.match(await box(tab, "The headers it is sent with (optional)").inputValue(), /^content-security-policy: default-src 'none'/m);
    const found = await tab.getByRole("status").filter({ hasText: "What we found" }).getByRole("listitem").allInnerTexts();
    assert.match(found.join("\n"), /Put right: .*script-src/, "its own policy keeps our script out");
    await assertGoodScreen(tab, "a page that was opened");
    await at(`${page.address}nowhere.html`, "did not give us that page");
    await at("surgery", "could not open that page");
    await at(`${elsewhere.address}surgery.html`, "could not open that page");
    assert.deepEqual(elsewhere.asked, []);
    assert.match(await box(tab, "The source of your page").inputValue(), /<title>Surgery</, "what is there stays");
    page.replace("/surgery.html");
    watch.assertClean();
    await context.close();
    await elsewhere.stop();
  });
});
