// Measures our page and the floor in turn, and prints what each took as a table in Markdown.
//
//   node tests/bench/page.mjs --into FOLDER --esbuild PATH [--rounds 7] [--write docs/bench.md]

import { cpus } from "node:os";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { handler, listen } from "../../.dev/serve.mjs";
import { startBrowser } from "../e2e/house/browser.mjs";
import { dist } from "../e2e/house/page_server.mjs";
import { boxesOf, makeSubjects } from "./subjects.mjs";
import { report, within } from "./report.mjs";
import { visit } from "./visit.mjs";

const { values } = parseArgs({
  options: { into: { type: "string" }, esbuild: { type: "string" }, rounds: { type: "string", default: "7" }, write: { type: "string" } },
});
const SIZES = [10, 100, 1_000];
const FORMS = [
  { name: "ONS4", query: "?instrument=ons4", boxes: 11, answers: true },
  ...SIZES.map((items) => ({ name: `${items} items`, query: `?questionnaire=bench-${items}.json&layout=all`, boxes: boxesOf(items), answers: false })),
  // As the goal for so many is set: what the device has to do, wherever the files come from.
  { name: `${SIZES.at(-1)} items, no wait for the network`, query: `?questionnaire=bench-${SIZES.at(-1)}.json&layout=all`, boxes: boxesOf(SIZES.at(-1)), answers: false, isNear: true },
];

/** Serves a folder as ./dev run does, in a way that lets the page measure its own memory. */
async function serve(folder) {
  const answer = handler(folder);
  const server = await listen((request, response) => {
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    return answer(request, response);
  }, 0);
  return { address: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close(), close: () => server.closeAllConnections() };
}

const folders = makeSubjects({ dist: dist(), into: values.into, sizes: SIZES, esbuild: values.esbuild });
const servers = { ours: await serve(folders.ours), floor: await serve(folders.floor) };
// Without the switch, measuring memory waits for the next time the browser collects garbage by itself.
const browser = await startBrowser({ switches: ["--enable-blink-features=ForceEagerMeasureMemory"] });
const rows = FORMS.map(({ name }) => ({ name, ours: [], floor: [] }));
try {
  // One round beforehand, so that nobody pays for the browser's own start.
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    for (const [at, { query, boxes, answers, isNear }] of FORMS.entries()) {
      for (const subject of round % 2 ? ["ours", "floor"] : ["floor", "ours"]) {
        const seen = await visit(browser, `${servers[subject].address}${query}`, { boxes, answers, isNear });
        if (round > 0) rows[at][subject].push(seen);
      }
    }
    console.error(round === 0 ? "Warmed up" : `Round ${round} of ${values.rounds}`);
  }
} finally {
  await browser.close();
  for (const server of Object.values(servers)) {
    server.stop();
    server.close();
  }
}
const text = report(rows, { rounds: values.rounds, processors: cpus().length });
console.log(text);
if (values.write) writeFileSync(values.write, within(readFileSync(values.write, "utf8"), text));
