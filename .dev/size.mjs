// Prints what the first question costs to download, until it can be answered and until our code has taken the answer
// up, and fails above .dev/size-budget.json.
//
//   node .dev/size.mjs [--root dist] [--json]
//
// The files are those the page names: style, loader, WASM, configuration, and the questionnaire whose first question
// stands in it; and the glue, which the loader names.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));

/** What a built file is for, by its name; JSON is told apart by its folder. */
function roleOf(name) {
  if (name.startsWith("config/")) return "configuration";
  if (name.startsWith("instruments/")) return "questionnaire";
  if (name.endsWith(".css")) return "style";
  if (name.endsWith(".wasm")) return "wasm";
  // Icons and the manifest wait for nothing and nothing waits for them.
  if (/\.(svg|png|webmanifest)$/.test(name)) return undefined;
  return name.startsWith("what_matters") ? "glue" : "loader";
}

const READY = new Set(["page", "style", "loader", "configuration"]);

/** The files a page names in its links, scripts and template, with the role each plays. */
function namedBy(html) {
  const elements = [...html.matchAll(/<(?:link|script|template)\b[^>]*\b(?:href|src|data-first)="([^"#:]+)"[^>]*>/g)];
  return elements.map(([, name]) => ({ role: roleOf(name), name })).filter(({ role }) => role);
}

/** The glue that a loader names. */
function gluesOf(root, named) {
  const loaders = named.filter(({ role }) => role === "loader").map(({ name }) => readFileSync(join(root, name), "utf8"));
  return loaders.flatMap((text) => [...text.matchAll(/["'`]\.\/(what_matters(?:-[0-9a-f]+)?\.js)["'`]/g)].map(([, name]) => ({ role: "glue", name })));
}

function weigh(root, role, name) {
  const bytes = readFileSync(join(root, name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    role,
    name,
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  };
}

export function measure(root) {
  const html = readFileSync(join(root, "index.html"), "utf8");
  const named = namedBy(html);
  const missing = named.filter(({ name }) => !existsSync(join(root, name)));
  if (missing.length) throw new Error(`index.html names what the build did not make: ${missing.map(({ name }) => name).join(", ")}`);
  const rows = [weigh(root, "page", "index.html")];
  for (const { role, name } of [...named, ...gluesOf(root, named)]) rows.push(weigh(root, role, name));
  const first = rows.filter(({ role }) => READY.has(role));
  return {
    rows,
    ready: sum("ready", "until the first question can be answered", first),
    total: sum("total", "until our code has the answer", rows),
    later: later(root),
  };
}

function sum(role, name, rows) {
  const of = (unit) => rows.reduce((all, row) => all + row[unit], 0);
  return { role, name, raw: of("raw"), gzip: of("gzip"), brotli: of("brotli") };
}

/** What comes while the first question is read. The page does not name it: the loader does. */
function later(root) {
  const name = readdirSync(root).find((file) => /^what_matters_rest-.*\.wasm$/.test(file));
  return name ? [weigh(root, "later", name)] : [];
}

/** The roles that weigh more than they may, or that the budget does not know. */
export function overBudget({ rows, ready, total }, budget) {
  return [...rows, ready, total].flatMap((row) => {
    const most = budget.brotli[row.role];
    if (most === undefined) return [`${row.role} (${row.name}) has no line in the budget`];
    return row.brotli > most ? [`${row.role} (${row.name}) is ${row.brotli} bytes, ${row.brotli - most} over`] : [];
  });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { root: { type: "string", default: join(here, "..", "dist") }, json: { type: "boolean" } },
  });
  const budget = JSON.parse(readFileSync(join(here, "size-budget.json"), "utf8"));
  const sizes = measure(values.root);
  const over = overBudget(sizes, budget);
  if (values.json) console.log(JSON.stringify(sizes));
  else {
    const number = (value) => String(value ?? "-").padStart(9);
    console.log(`${"file".padEnd(46)}${["raw", "gzip", "brotli", "budget"].map(number).join("")}`);
    for (const row of [...sizes.rows, sizes.ready, sizes.total, ...sizes.later]) {
      const label = `${row.role}  ${row.name}`.padEnd(46);
      console.log(`${label}${[row.raw, row.gzip, row.brotli, budget.brotli[row.role]].map(number).join("")}`);
    }
  }
  for (const line of over) console.error(`Over budget: ${line}`);
  process.exit(over.length ? 1 : 0);
}
