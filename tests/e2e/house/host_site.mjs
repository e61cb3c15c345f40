// Somebody else's website, on another site than the questions, with a snippet of docs/embedding.md pasted in.

import { readFileSync } from "node:fs";
import { listen } from "../../../.dev/serve.mjs";
import { jquery } from "./packages.mjs";

const QUESTIONS = "https://questions.surgery.example/";
const WEBSITE = "https://www.surgery.example";
const doc = readFileSync(new URL("../../../docs/embedding.md", import.meta.url), "utf8");
const hosts = new URL("../hosts/", import.meta.url);

const host = (name) => readFileSync(new URL(`${name}.html`, hosts), "utf8");

/** The samples of docs/embedding.md under the heading that begins so, as they are written there. */
export function samples(heading) {
  const part = doc.split(/^#{2,3} /m).find((one) => one.startsWith(heading));
  if (!part) throw new Error(`docs/embedding.md has no part "${heading}"`);
  return [...part.matchAll(/^```\w+\n([\s\S]*?)^```/gm)].map(([, sample]) => sample);
}

/** A sample with the addresses of this test in the place of the made-up ones, and nothing else changed. */
export const filled = (sample, { questions, website = "", service = "" }) =>
  sample.replaceAll(QUESTIONS, questions).replaceAll(QUESTIONS.slice(0, -1), new URL(questions).origin).replaceAll(WEBSITE, website).replaceAll("https://fhir.example", service);

/** The policy that a strict website has, with what docs/embedding.md says to add to it. */
export function strictPolicy(places) {
  const added = filled(samples("If your website has")[0], places);
  const own = new Map([["default-src", "'none'"], ["script-src", "'self'"], ["style-src", "'self'"], ["img-src", "'self' data:"], ["connect-src", "'self'"], ["base-uri", "'none'"], ["require-trusted-types-for", "'script'"]]);
  for (const line of added.split(";")) {
    const [name, ...values] = line.trim().split(/\s+/);
    own.set(name, [own.get(name), ...values].join(" "));
  }
  return [...own].map(([name, values]) => `${name} ${values}`).join("; ");
}

/**
 * Starts a website. `pages` maps a path to `{ body, headers }`; `host(name, snippet)` makes the body from a page of
 * tests/e2e/hosts, which all have the same words in them (body.html).
 */
export async function startWebsite() {
  const pages = new Map([["/jquery.js", { body: jquery(), headers: { "Content-Type": "text/javascript" } }]]);
  const server = await listen((request, response) => {
    const page = pages.get(request.url.split("?", 1)[0]);
    if (!page) {
      response.writeHead(404);
      return response.end();
    }
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", ...page.headers });
    return response.end(page.body);
  }, 0);
  const { port } = server.address();
  return {
    /** `localhost` is another site than the questions on 127.0.0.1, and may keep things as https may. */
    origin: `http://localhost:${port}`,
    put: (path, body, headers = {}) => pages.set(path, { body, headers }),
    host: (name, snippet) => host(name).replace("<!-- body -->\n", () => host("body")).replace("<!-- snippet -->", () => snippet),
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Everything of a page that is none of ours, to be compared before and after. */
export const ofThePage = (tab) =>
  tab.evaluate((TESTS_OWN) => {
    const looks = [...document.querySelectorAll(".probe, .probe *")].map((element) => {
      const { display, color, fontSize, fontFamily, margin, padding, lineHeight, backgroundColor } = getComputedStyle(element);
      return [display, color, fontSize, fontFamily, margin, padding, lineHeight, backgroundColor].join("|");
    });
    const element = document.querySelector("what-matters");
    return {
      title: document.title,
      address: location.href,
      history: history.length,
      state: history.state,
      head: document.head.innerHTML,
      body: document.body.innerHTML.replace(element?.outerHTML ?? "", ""),
      inside: element?.innerHTML,
      root: document.documentElement.cloneNode(false).outerHTML,
      // What the browser itself has is not written down: hundreds of names would hide the one that matters.
      globals: Object.keys(window).filter((name) => !TESTS_OWN.includes(name)).sort(),
      sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
      cookie: document.cookie,
      popped: window.popped,
      looks,
    };
  }, ["axe", "anchored", "keys", "popped", "told", "got"]);
