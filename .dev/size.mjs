// Prints what the first question costs to download and fails above .dev/size-budget.json.
//
//   node .dev/size.mjs [--root dist] [--json]
//
// The files are those the page itself names: style, loader, glue and WASM, and the configuration and
// questionnaire it preloads.

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

/** The files a page names in its links and scripts, with the role each plays. */
function namedBy(html) {
  const elements = [...html.matchAll(/<(?:link|script)\b[^>]*\b(?:href|src)="([^"#:]+)"[^>]*>/g)];
  return elements.map(([, name]) => ({ role: roleOf(name), name })).filter(({ role }) => role);
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
  const missing = namedBy(html).filter(({ name }) => !existsSync(join(root, name)));
  if (missing.length) throw new Error(`index.html names what the build did not make: ${missing.map(({ name }) => name).join(", ")}`);
  const rows = [weigh(root, "page", "index.html")];
  for (const { role, name } of namedBy(html)) rows.push(weigh(root, role, name));
  const total = { role: "total", name: "all until the first question", raw: 0, gzip: 0, brotli: 0 };
  for (const row of rows) for (const unit of ["raw", "gzip", "brotli"]) total[unit] += row[unit];
  return { rows, total, later: later(root) };
}

/** What comes while the first question is read. The page does not name it: the loader does. */
function later(root) {
  const name = readdirSync(root).find((file) => /^what_matters_rest-.*\.wasm$/.test(file));
  return name ? [weigh(root, "later", name)] : [];
}

/** The roles that weigh more than they may, or that the budget does not know. */
export function overBudget({ rows, total }, budget) {
  return [...rows, total].flatMap((row) => {
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
    for (const row of [...sizes.rows, sizes.total, ...sizes.later]) {
      const label = `${row.role}  ${row.name}`.padEnd(46);
      console.log(`${label}${[row.raw, row.gzip, row.brotli, budget.brotli[row.role]].map(number).join("")}`);
    }
  }
  for (const line of over) console.error(`Over budget: ${line}`);
  process.exit(over.length ? 1 : 0);
}
