// LHC-Forms, another renderer of FHIR Questionnaires, in one page of the browser: what it would ask, what it
// finds wanting and what it gives out. It shares no code with ours.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { startBrowser } from "./browser.mjs";
import { rivalFolder } from "./packages.mjs";

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A second opinion</title></head><body><div id="form"></div>
<script src="/webcomponent/assets/lib/zone.min.js"></script><script src="/webcomponent/lhc-forms.js"></script>
<script src="/fhir/R4/lformsFHIR.min.js"></script></body></html>`;
const TYPES = { ".js": "text/javascript", ".css": "text/css" };

async function serve() {
  const root = rivalFolder();
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    const file = path === "/" ? PAGE : await readFile(join(root, path)).catch(() => null);
    response.writeHead(file === null ? 404 : 200, { "Content-Type": path === "/" ? "text/html" : (TYPES[extname(path)] ?? "application/octet-stream") });
    response.end(file ?? "");
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}

/** Runs in the page: shows the form, filled in, and tells what came of it. */
async function judge({ questionnaire, response }) {
  const { Util } = globalThis.LForms;
  const form = Util.convertFHIRQuestionnaireToLForms(questionnaire, "R4");
  await Util.addFormToPage(Util.mergeFHIRDataIntoLForms("QuestionnaireResponse", response, form, "R4"), "form", { fhirVersion: "R4" });
  const given = Util.getFormFHIRData("QuestionnaireResponse", "R4", "#form");
  Util.checkValidity("#form");
  const shown = Util._getFormObjectInScope("#form").itemList;
  const isAsked = (item) => !item || (item._skipLogicStatus !== "target-disabled" && isAsked(item._parentItem));
  const asked = shown.filter((item) => item.linkId && isAsked(item));
  const isWanting = (item) => (item._validationErrors ?? []).some((error) => /requires a value/.test(error));
  const names = (items) => [...new Set(items.map((item) => item.linkId))];
  return {
    asked: names(asked),
    wanted: names(asked.filter(isWanting)),
    response: given,
  };
}

/** `rival.opinion(questionnaire, response)` gives `{ asked, wanted, response }`, or `{ error }`. */
export async function startRival() {
  const server = await serve();
  const browser = await startBrowser();
  const context = await browser.visitor();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => globalThis.LForms?.Util?.addFormToPage && globalThis.LForms.FHIR?.R4, null, { timeout: 60_000 });
  return {
    async opinion(questionnaire, response) {
      // Some of what it throws is a list of words.
      const words = (error) => ({ error: Array.isArray(error) ? error.join("; ") : String(error.message) });
      const call = `(${judge})(${JSON.stringify({ questionnaire, response })}).catch(${words})`;
      return page.evaluate(call).catch((error) => ({ error: error.message }));
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
