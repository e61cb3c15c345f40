// Somebody who goes through the page in any language and stops to have each screen looked at. Pages are told by
// the focus that comes to their heading, since the words of the questions differ.

import assert from "node:assert/strict";
import { built } from "./page_server.mjs";
import { Person } from "./person.mjs";
import { KEY } from "./screens.mjs";
import { REFUSED } from "./visit.mjs";

export class Walker extends Person {
  /** `look(name)` is called at each screen; `town` is where the walk happens. */
  constructor(tab, town, { language = "en-GB", look }) {
    super(tab, town.page.address);
    Object.assign(this, { town, language, look });
  }

  /** A sentence of the interface in the walk's language, as it shows. */
  say(key, values = {}) {
    const words = built(`words/${this.language}.json`);
    assert.ok(words[key], `public/words/${this.language}.json has no "${key}"`);
    return words[key].replace(/\{([^}]+)\}/g, (_, name) => ({ "link-worker": words["language.link-worker"], ...values })[name] ?? `{${name}}`);
  }

  /** Opens the page in the walk's language and waits for its first screen. */
  async opens(query = "") {
    const spoken = this.language === "en-GB" ? query : `${query}${query ? "&" : "?"}lang=${this.language}`;
    // From elsewhere: the same address again would come back to the page that was open.
    await this.tab.goto("about:blank");
    await this.tab.goto(this.address + spoken);
    await this.tab.locator("[data-app] h1").waitFor();
  }

  /** Past the page that says why it is asked, where there is one, to the first question. */
  async beginsIfAsked() {
    const [begin, on] = ["start.begin", "ask.continue"].map((key) => this.tab.getByRole("button", { name: this.say(key), exact: true }));
    await begin.or(on).first().waitFor();
    if (await begin.isVisible()) await this.turns("start.begin");
  }

  /** Presses what turns the page, and waits until the focus is on the new page's heading. */
  async turns(key, { name = this.say(key) } = {}) {
    await this.tab.evaluate(() => {
      for (const heading of document.querySelectorAll("h1")) heading.wasHere = true;
    });
    const named = { name, exact: typeof name === "string" };
    await this.tab.getByRole("button", named).or(this.tab.getByRole("link", named)).filter({ visible: true }).first().click();
    await this.arrives(String(name));
  }

  /** Waits until the focus is on a heading that was not there before. */
  async arrives(what) {
    const arrived = () => document.activeElement?.localName === "h1" && !document.activeElement.wasHere;
    try {
      await this.tab.waitForFunction(arrived);
    } catch {
      const at = await this.tab.evaluate(() => document.activeElement?.outerHTML.slice(0, 120));
      assert.fail(`after "${what}" the focus is not on a new heading but on ${at}; there is ${await this.words()}`);
    }
  }

  presses(key, name = this.say(key)) {
    return this.tab.getByRole("button", { name, exact: true }).first().click();
  }

  /** Opens or closes what stands in the header. */
  async opensInHeader(key) {
    await this.tab.locator("[data-app] header summary").filter({ hasText: this.say(key) }).click();
  }

  /** Waits until a sentence of the interface shows. */
  async hears(key) {
    // Without what is filled in, around which stand marks of direction.
    const words = built(`words/${this.language}.json`)[key].split(/\{[^}]+\}/).sort((one, other) => other.length - one.length)[0];
    await this.tab.getByText(words.trim()).filter({ visible: true }).first().waitFor();
  }

  /** Continues from a page with mistakes on it: the list of them takes the focus. */
  async isToldOfMistakes() {
    await this.presses("ask.continue");
    await this.tab.waitForFunction(() => document.activeElement?.matches("[data-error-summary]"));
  }

  /** From a question on through all others by skipping them, and on to the answers read back. */
  async skipsToTheEnd() {
    const skip = this.tab.getByRole("button", { name: this.say("ask.skip"), exact: true });
    const [home, surgery] = ["ask.alone-at-home", "today.alone-at-surgery"];
    const press = (key) => this.tab.getByRole("button", { name: this.say(key), exact: true });
    // The circumstances are asked once in a sitting, so that the answers may come at once.
    const send = this.tab.getByRole("button", { name: this.say("check.send"), exact: true });
    const finish = this.tab.getByRole("button", { name: this.say("check.finish-unsent"), exact: true });
    for (let pages = 0; pages < 40 && !(await send.or(finish).isVisible()); pages += 1) {
      if (await press(home).isVisible()) await this.turns(home);
      else if (await press(surgery).isVisible()) await this.turns(surgery);
      else await this.turns((await skip.isVisible()) ? "ask.skip" : "ask.continue");
    }
  }
}

const ALLOWED = [REFUSED, /preload|dynamically imported|WebAssembly|Loading module/];

/** Somebody about to go one of the walks of screens.mjs; `look(name)` is called at each screen, `options` are the browser's. */
export const setsOut = (town, walk, { language = "en-GB", look, ...options }) =>
  town.somebody({
    allowed: ALLOWED,
    // Files that stand in for others are the test's: a worker would answer with the ones it kept.
    serviceWorkers: "block",
    as: (tab) => new Walker(tab, town, { language, look }),
    prepare: (context) => prepare(context, walk, town),
    ...options,
  });

/** The practice's settings, the service and the device as a walk wants them. */
async function prepare(context, walk, town) {
  const all = built("config/demonstration.json");
  const collect = { fhir: { base: town.awkward.base }, ...(walk.sealed ? { key: KEY } : {}) };
  const questionnaires = all.questionnaires.filter(({ id }) => walk.offers.includes(id));
  const settings = { ...all, questionnaires, collect, ...walk.settings };
  const answers = { "/config/demonstration.json": settings, ...walk.page };
  for (const [path, answer] of Object.entries(answers)) {
    await context.route(`**${path}`, (route) => (answer === "drop" ? route.abort() : route.fulfill({ json: answer })));
  }
  if (walk.script) await context.addInitScript(walk.script);
  if (walk.service !== undefined) {
    await context.route(`${town.awkward.base}/**`, (route) => {
      if (walk.service === "hang") return undefined;
      if (walk.service === "drop") return route.abort();
      // Not tried again by itself while it is looked at.
      const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After", "Retry-After": "3600" };
      return route.fulfill({ status: walk.service, headers, body: "" });
    });
  }
}
