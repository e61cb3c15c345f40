// What `./dev bench page` compares: our page as built, and the floor beside it with the same static text.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { spawnSync } from "node:child_process";
import { lighterCss, precompress } from "../../.dev/assemble.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const SYSTEM = "https://what-matters.example/fhir/CodeSystem/bench";

/** A form of so many items: choices of one of five and whole numbers in turn. */
export function form(items) {
  const answerOption = ["Never", "Rarely", "Sometimes", "Often", "Always"].map((display) => ({
    valueCoding: { system: SYSTEM, code: display.toLowerCase(), display },
  }));
  const item = Array.from({ length: items }, (_, at) => {
    const question = { linkId: `q${at}`, text: `Question ${at + 1} of many: how was it this week?` };
    return at % 2 ? { ...question, type: "integer" } : { ...question, type: "choice", answerOption };
  });
  const url = `https://what-matters.example/fhir/Questionnaire/bench-${items}`;
  return { resourceType: "Questionnaire", url, version: "1", title: `${items} questions`, status: "active", item };
}

/** How many boxes such a form has. */
export const boxesOf = (items) => Math.ceil(items / 2) * 5 + Math.floor(items / 2);

/** Our page without our code: its text, with the floor's script and style, and its questionnaire asked for beside them. */
export function floorPage(html) {
  return html
    .replace(/<template\b.*?<\/template>\s*/s, "")
    .replace(/<link\b[^>]*rel="(?:modulepreload|preload)"[^>]*>\s*/g, "")
    .replace(/<link\b[^>]*rel="stylesheet"[^>]*>/, '<link rel="stylesheet" href="floor.css">')
    .replace(/<script\b[^>]*><\/script>/, '<link rel="preload" href="instruments/ons4.json" as="fetch" crossorigin>\n<script type="module" src="floor.js"></script>')
    .replace(/<\/?what-matters[^>]*>/g, "");
}

/** Writes both folders below `into`, with forms of the sizes named, and gives their paths. */
export function makeSubjects({ dist, into, sizes, esbuild }) {
  rmSync(into, { recursive: true, force: true });
  const [ours, floor] = [join(into, "ours"), join(into, "floor")];
  cpSync(dist, ours, { recursive: true });
  mkdirSync(floor, { recursive: true });
  cpSync(join(dist, "instruments"), join(floor, "instruments"), { recursive: true });
  const page = readFileSync(join(dist, "index.html"), "utf8");
  writeFileSync(join(floor, "index.html"), floorPage(page));
  writeFileSync(join(floor, "floor.css"), lighterCss(readFileSync(join(here, "floor.css"), "utf8")));
  const { stdout, status } = spawnSync(esbuild, ["--minify", join(here, "floor.js")]);
  if (status !== 0) throw new Error("The floor's script could not be made smaller.");
  writeFileSync(join(floor, "floor.js"), stdout);
  for (const folder of [ours, floor]) {
    for (const items of sizes) writeFileSync(join(folder, `bench-${items}.json`), JSON.stringify(form(items)));
    precompress(folder);
  }
  return { ours, floor };
}
