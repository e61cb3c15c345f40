// Another website's page tries to get at the answers: by framing our page, by opening it and keeping hold of it.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startWebsite } from "./house/host_site.mjs";
import { say } from "./house/person.mjs";
import { ons4, REFUSED, startTown } from "./house/visit.mjs";

describe("a hostile website", () => {
  let town;
  let host;
  before(async () => {
    town = await startTown();
    // Without a policy of its own, as such a website would be; and really served: a page that the test made up in
    // the browser is kept from this machine's servers by the browser itself, and then nothing is tested.
    host = await startWebsite();
    host.put("/", "<!doctype html><title>Host</title><h1>Host</h1>");
  });
  after(async () => {
    await host?.stop();
    await town?.close();
  });

  const visit = async () => {
    const person = await town.somebody({ allowed: [/./, REFUSED] });
    await person.tab.goto(host.origin);
    return person;
  };

  it("that frames the page gets an empty frame and not one byte of it", async () => {
    const person = await visit();
    const refused = person.tab.waitForEvent("requestfailed", (request) => request.url() === town.page.address);
    const got = await person.tab.evaluate(async (address) => {
      const frame = document.createElement("iframe");
      frame.src = address;
      const loaded = new Promise((done) => frame.addEventListener("load", done));
      document.body.append(frame);
      await Promise.race([loaded, new Promise((done) => setTimeout(done, 3_000))]);
      try {
        return frame.contentWindow.document.body.innerHTML;
      } catch (error) {
        return error.name;
      }
    }, town.page.address);
    assert.equal(got, "SecurityError");
    const framed = person.tab.frames().filter((frame) => frame !== person.tab.mainFrame());
    assert.equal((await refused).failure().errorText, "net::ERR_BLOCKED_BY_RESPONSE", "our policy refused it, and nothing else did");
    for (const frame of framed) assert.equal(frame.url().startsWith(town.page.address) && (await frame.locator("what-matters").count()) > 0, false, "it was refused");
    await person.leaves();
  });

  it("that opens the page in a window of its own loses hold of it", async () => {
    const person = await visit();
    const opened = person.tab.context().waitForEvent("page");
    await person.tab.evaluate((address) => {
      window.caught = window.open(address);
    }, `${town.page.address}?instrument=ons4`);
    const ours = await opened;
    await ours.getByRole("heading", { level: 1, name: ons4()[0].text }).waitFor({ timeout: 15_000 });
    await ours.getByRole("radio").nth(7).click({ force: true });
    await ours.getByText(say("kept.saved")).waitFor();
    const got = await person.tab.evaluate(() => {
      try {
        return [window.caught.closed, window.caught.length, window.caught.document?.body?.innerHTML ?? null];
      } catch (error) {
        return [window.caught.closed, error.name];
      }
    });
    assert.equal(got[0], true, `severed: ${got}`);
    assert.equal(await ours.evaluate(() => window.opener), null);
    await person.leaves();
  });
});
