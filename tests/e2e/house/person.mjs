// What a person does and sees: pages are named by their headings, buttons and answers by their words. No
// test reaches into the page's classes or ids.

import assert from "node:assert/strict";
import { built } from "./page_server.mjs";

const words = () => built("words/en-GB.json");

/** A sentence of the interface, with the demonstration practice's words filled in. */
export function say(key, values = {}) {
  const sentence = words()[key];
  assert.ok(sentence, `public/words/en-GB.json has no "${key}"`);
  return sentence.replace(/\{([^}]+)\}/g, (_, name) => ({ "link-worker": "link worker", ...values })[name] ?? `{${name}}`);
}

export class Person {
  constructor(tab, address) {
    this.tab = tab;
    this.address = address;
    tab.setDefaultTimeout(10_000);
  }

  async opens(path = "") {
    await this.tab.goto(this.address + path);
    if (/[?&](instrument|questionnaire)=/.test(path)) await this.readsWhy();
  }

  /** Past the page that says why we ask, if a link led to it: somebody who carries on does not see it. */
  async readsWhy() {
    const app = this.tab.locator("[data-app]");
    await app.getByRole("heading", { level: 1 }).waitFor().catch(() => {});
    const why = app.getByRole("heading", { level: 2, name: say("before.why") });
    if (await why.isVisible()) await this.presses(say("start.begin"));
  }

  /** Waits until the page with this heading shows. */
  async sees(heading) {
    const level1 = this.tab.getByRole("heading", { level: 1, name: heading, exact: typeof heading === "string" });
    try {
      await level1.waitFor({ timeout: 20_000 });
    } catch {
      const there = await this.tab.getByRole("heading", { level: 1 }).allInnerTexts();
      assert.fail(`the page "${heading}" does not show; there is ${JSON.stringify(there)}`);
    }
  }

  /** Waits until this sentence shows somewhere on the page. */
  async reads(sentence) {
    try {
      await this.tab.getByText(sentence).filter({ visible: true }).first().waitFor({ timeout: 30_000 });
    } catch {
      assert.fail(`"${sentence}" does not show on: ${await this.words()}`);
    }
  }

  /** All the words on the page. */
  words() {
    return this.tab.locator("body").innerText().catch((error) => `no page: ${error.message}`);
  }

  async doesNotRead(sentence) {
    assert.equal(await this.tab.getByText(sentence).filter({ visible: true }).count(), 0, `"${sentence}" shows`);
  }

  async presses(words) {
    await this.tab.getByRole("button", { name: words, exact: true }).click();
  }

  /** Presses "Try to send again now", unless the app has tried by itself meanwhile and the button is gone. */
  async triesAgain() {
    const button = this.tab.getByRole("button", { name: say("done.try-again"), exact: true });
    await button.click({ timeout: 5_000 }).catch(async (late) => assert.equal(await button.count(), 0, String(late)));
  }

  /** Chooses the answer with these words, where a finger would. */
  async chooses(answer) {
    // `force`: the label may lie over its control. The click still lands where the control is.
    await this.option(answer).click({ force: true });
    assert.ok(await this.option(answer).isChecked(), `"${answer}" is chosen`);
  }

  option(answer) {
    const name = new RegExp(`^${String(answer).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![0-9])`);
    return this.tab.getByRole("radio", { name }).or(this.tab.getByRole("checkbox", { name })).first();
  }

  async writes(text, label) {
    const box = label ? this.tab.getByRole("textbox", { name: label }) : this.tab.getByRole("textbox").first();
    await box.fill(text);
  }

  continues() {
    return this.presses(say("ask.continue"));
  }

  /** Everything kept on the device for this site, as one text to look for words in. */
  onTheDevice() {
    return this.tab.evaluate(async () => {
      const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
      for (const { name } of (await indexedDB.databases?.()) ?? []) {
        const database = await new Promise((done, failed) => {
          const asked = indexedDB.open(name);
          asked.onsuccess = () => done(asked.result);
          asked.onerror = () => failed(asked.error);
        });
        for (const store of database.objectStoreNames) {
          const all = (ask) =>
            new Promise((done, failed) => {
              const asked = ask(database.transaction(store).objectStore(store));
              asked.onsuccess = () => done(asked.result);
              asked.onerror = () => failed(asked.error);
            });
          const values = await all((from) => from.getAll());
          const text = values.map((value) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value)));
          found.push(JSON.stringify(await all((from) => from.getAllKeys())), ...text);
        }
        database.close();
      }
      found.push(JSON.stringify(await caches.keys()), document.cookie);
      return found.join("\n");
    });
  }
}
