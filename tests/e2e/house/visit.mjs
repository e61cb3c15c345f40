// Everything one journey needs, started together and stopped together: the service, the awkward proxy
// before it, the page, the browser, and people who visit.

import { AssertionError } from "node:assert";
import { startAwkward } from "./awkward_service.mjs";
import { startBrowser } from "./browser.mjs";
import { watchPage } from "./checks.mjs";
import { startService } from "./fhir_service.mjs";
import { assertDocumented } from "./kept.mjs";
import { built, startPage } from "./page_server.mjs";
import { Person, say } from "./person.mjs";

export const ONS4 = "instruments/ons4.json";

/** The questions of ONS4 in order, as `{ linkId, text, short }`, from the file that is served. */
export function ons4() {
  const [group] = built(ONS4).item;
  const questions = group.item.filter(({ type }) => type === "integer");
  return questions.map(({ linkId, text, extension }) => ({
    linkId,
    text,
    short: extension.find(({ url }) => url.endsWith("/sdc-questionnaire-shortText")).valueString,
  }));
}

/**
 * Answers ONS4 from its first question on, and gets to its circumstances. `given` are the answers in order; a
 * question without one is skipped.
 */
export async function reachesCircumstances(person, given) {
  for (const [at, { text }] of ons4().entries()) {
    await person.sees(text);
    if (given[at] === undefined) {
      await person.presses(say("ask.skip"));
    } else {
      await person.chooses(given[at]);
      await person.continues();
    }
  }
  await person.sees("About today");
}

/** Answers ONS4 in the same way and leaves its circumstances as they are. */
export async function answersOns4(person, given) {
  await reachesCircumstances(person, given);
  await person.continues();
}

/**
 * `offers` are the measures the practice offers. One alone starts at once, which most journeys want; with several
 * the person chooses first.
 */
export async function startTown({ instead, frameAncestors, offers = ["ons4"] } = {}) {
  const service = await startService();
  const awkward = await startAwkward(service.base);
  const page = await startPage({ collector: awkward.base, instead, frameAncestors });
  const browser = await startBrowser();
  const origins = [page, awkward].map(({ address, base }) => new URL(address ?? base).origin);
  const settings = () => {
    const all = built("config/demonstration.json");
    const questionnaires = all.questionnaires.filter(({ id }) => offers.includes(id));
    return { ...all, questionnaires, collect: { fhir: { base: awkward.base } } };
  };
  const CONFIGURATION = "/config/demonstration.json";
  if (instead?.[CONFIGURATION] === undefined) page.replace(CONFIGURATION, { body: settings() });
  return {
    service,
    awkward,
    page,
    browser,
    origins,
    /** Changes settings of the practice, for whoever opens the page from now on. */
    configure(changes) {
      page.replace(CONFIGURATION, { body: { ...settings(), ...changes } });
    },
    /** Somebody new, in a browser of their own: nothing kept from anyone before. */
    async somebody({ allowed, prepare, as = (tab) => new Person(tab, page.address), ...options } = {}) {
      const context = await browser.visitor(options);
      // The browser says so of each page that wants one.
      const expected = options.serviceWorkers === "block" ? [...(allowed ?? []), /Service Worker registration blocked/] : allowed;
      await prepare?.(context);
      const tab = await context.newPage();
      const person = as(tab);
      person.watch = watchPage(tab, { origins, allowed: expected });
      person.leaves = async () => {
        // A page that is gone, has no scripts or is another site's keeps nothing of ours to look at.
        const ours = options.javaScriptEnabled !== false && !tab.isClosed() && tab.url().startsWith(page.address);
        const looked = ours ? assertDocumented(tab) : Promise.resolve();
        const patience = new Promise((done) => setTimeout(done, 5000).unref());
        try {
          await Promise.race([looked, patience]);
        } catch (error) {
          if (error instanceof AssertionError) throw error;
        } finally {
          looked.catch(() => {});
          await context.close();
        }
      };
      return person;
    },
    async close() {
      await browser.close();
      await page.stop();
      await awkward.stop();
      await service.stop();
    },
  };
}

/** What the console says when a request fails: brought about on purpose in tests of bad days. */
export const REFUSED = /Failed to load resource|net::ERR_|blocked by CORS policy/;

/** Answers with WASM that was changed and does the same: a section without a name or content is added to it. */
export async function sendsChangedWasm(route) {
  const response = await route.fetch();
  const body = Buffer.concat([await response.body(), Buffer.from([0, 1, 0])]);
  await route.fulfill({ response, body, headers: { ...response.headers(), "content-encoding": "identity" } });
}
