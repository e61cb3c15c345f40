// Everything one journey needs, started together and stopped together: the service, the awkward proxy
// before it, the page, the browser, and people who visit.

import { startAwkward } from "./awkward_service.mjs";
import { startBrowser } from "./browser.mjs";
import { watchPage } from "./checks.mjs";
import { startService } from "./fhir_service.mjs";
import { built, startPage } from "./page_server.mjs";
import { Person } from "./person.mjs";

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

export async function startTown({ instead, frameAncestors } = {}) {
  const service = await startService();
  const awkward = await startAwkward(service.base);
  const page = await startPage({ collector: awkward.base, instead, frameAncestors });
  const browser = await startBrowser();
  const origins = [page, awkward].map(({ address, base }) => new URL(address ?? base).origin);
  return {
    service,
    awkward,
    page,
    browser,
    origins,
    /** Changes settings of the practice, for whoever opens the page from now on. */
    configure(changes) {
      const settings = { ...built("config/demonstration.json"), collect: { fhir: { base: awkward.base } }, ...changes };
      page.replace("/config/demonstration.json", { body: settings });
    },
    /** Somebody new, in a browser of their own: nothing kept from anyone before. */
    async somebody({ allowed, prepare, ...options } = {}) {
      const context = await browser.visitor(options);
      await prepare?.(context);
      const tab = await context.newPage();
      const person = new Person(tab, page.address);
      person.watch = watchPage(tab, { origins, allowed });
      person.leaves = () => context.close();
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
