// What the build promises: pages name hashed files with their integrity, styles and JSON mean what they
// meant, the size table knows what it measures.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { fillPage, fillScript, fillSheet, filesBelow, lighterCss, lighterJson, styleSheet } from "../../.dev/assemble.mjs";
import { measure, overBudget } from "../../.dev/size.mjs";

const BUILT = new Map([
  ["what-matters.css", { name: "what-matters-1.css", integrity: "sha384-css" }],
  ["what_matters_bg.wasm", { name: "what_matters_bg-2.wasm", integrity: "sha384-wasm" }],
  ["what_matters.js", { name: "what_matters-3.js", integrity: "sha384-glue" }],
  ["embed.js", { name: "embed-4.js", integrity: "sha384-embed" }],
]);

it("gives every built file in a page its hashed name and integrity, and fetches the code early", () => {
  const page = `<head>
<link rel="icon" href="icon.svg">
<link href="what-matters.css" rel="stylesheet" />
<script type="module" src="embed.js"></script>
<!-- For watching. -->
<link data-trunk rel="rust" href="../Cargo.toml">
</head>`;
  assert.equal(
    fillPage(page, BUILT),
    `<head>
<link rel="icon" href="icon.svg">
<link href="what-matters-1.css" rel="stylesheet" integrity="sha384-css">
<link rel="preload" as="fetch" type="application/wasm" crossorigin href="what_matters_bg-2.wasm">
<script type="module" src="embed-4.js" integrity="sha384-embed"></script>
</head>`,
  );
});

it("gives scripts the hashed names they import and the integrity they ask for", () => {
  const script = `const files = { glue: { name: './what_matters.js', integrity: '' }, first: { name: "what_matters_bg.wasm", integrity: '' } }; // what_matters.js`;
  const filled = `const files = { glue: { name: './what_matters-3.js', integrity: "sha384-glue" }, first: { name: "what_matters_bg-2.wasm", integrity: "sha384-wasm" } }; // what_matters.js`;
  assert.equal(fillScript(script, BUILT), filled);
});

it("gives the style sheet the hashed names of the files it shows", () => {
  const built = new Map([["pictures.svg", { name: "pictures-5.svg" }]]);
  assert.equal(fillSheet("mask:url(pictures.svg) 0 0;b:url(other.svg)", built), "mask:url(pictures-5.svg) 0 0;b:url(other.svg)");
});

it("makes styles lighter and leaves what they mean", () => {
  const css = `/* a { } */
a , b > c { color : red ; margin : calc( 1em + 2px ) ; }
.x::before { content : "/* kept */  ; }" ; }
@media ( min-width : 40em ) and (prefers-contrast: more) { p { margin : 0 } }
`;
  assert.equal(
    lighterCss(css),
    `a,b > c{color : red;margin : calc( 1em + 2px )}.x::before{content : "/* kept */  ; }"}` +
      `@media ( min-width : 40em ) and (prefers-contrast: more){p{margin : 0}}`,
  );
});

it("takes space out of JSON and leaves digits, escapes and text", () => {
  assert.equal(lighterJson(`{ "a" : 12.50,\n "b": "two  \\" words" , "c": [ 1, 1.0e5 ] }`), `{"a":12.50,"b":"two  \\" words","c":[1,1.0e5]}`);
  assert.throws(() => lighterJson(`{ "a": 1, }`), SyntaxError);
});

it("measures what the page names and says what is over", () => {
  const root = mkdtempSync(join(tmpdir(), "what-matters-size-"));
  mkdirSync(join(root, "config"));
  const page = `<link rel="stylesheet" href="a.css"><script src="embed.js"></script><link rel="icon" href="i.svg">
<link rel="preload" href="config/x.json"><a href="https://elsewhere.example/">x</a><template data-first="instruments/q.json">?</template>`;
  writeFileSync(join(root, "index.html"), page);
  writeFileSync(join(root, "a.css"), "a".repeat(5000));
  mkdirSync(join(root, "instruments"));
  writeFileSync(join(root, "instruments/q.json"), "[]");
  writeFileSync(join(root, "embed.js"), '"./what_matters-0a.js"');
  writeFileSync(join(root, "what_matters-0a.js"), "1");
  writeFileSync(join(root, "config/x.json"), "{}");
  const sizes = measure(root);
  assert.deepEqual(sizes.rows.map(({ role }) => role), ["page", "style", "loader", "configuration", "questionnaire", "glue"]);
  assert.equal(sizes.ready.raw, page.length + 5000 + 22 + 2);
  assert.equal(sizes.total.raw, sizes.ready.raw + 2 + 1);
  assert.ok(sizes.total.brotli < 400);
  const roomy = { page: 500, style: 500, loader: 500, configuration: 500, questionnaire: 500, glue: 500, ready: 1000, total: 2000 };
  assert.deepEqual(overBudget(sizes, { brotli: roomy }), []);
  assert.match(overBudget(sizes, { brotli: { ...roomy, style: 3 } })[0], /^style .* over$/);
  assert.match(overBudget(sizes, { brotli: { ...roomy, loader: undefined } })[0], /no line in the budget/);
  writeFileSync(join(root, "index.html"), `<link rel="stylesheet" href="gone.css">`);
  assert.throws(() => measure(root), /did not make: gone\.css/);
  rmSync(root, { recursive: true });
});

for (const name of filesBelow("public").filter((file) => file.endsWith(".json"))) {
  it(`public/${name} is JSON with every key once`, () => {
    const text = readFileSync(join("public", name), "utf8");
    JSON.parse(text);
    assert.deepEqual(repeatedKeys(text), []);
  });
}

/** Keys that stand twice in one object: JSON.parse keeps the last and says nothing. */
function repeatedKeys(text) {
  const repeated = [];
  const objects = [];
  const token = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]/g;
  for (const [mark, key, colon] of text.matchAll(token)) {
    if (mark === "{") objects.push(new Set());
    else if (mark === "[") objects.push(null);
    else if (mark === "}" || mark === "]") objects.pop();
    else if (colon) {
      const keys = objects.at(-1);
      if (keys.has(key)) repeated.push(key);
      keys.add(key);
    }
  }
  return repeated;
}

it("sees a key that stands twice", () => {
  assert.deepEqual(repeatedKeys(`{"a": {"b": 1}, "c": [{"b": "x: \\" }"}], "a": 2}`), ["a"]);
});

it("the sheet for a shadow root gives everything to what is inside it, and :host only its place", () => {
  const sheet = styleSheet("style", "embedded");
  assert.deepEqual([...sheet.replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/:host[^{]*\{[^}]*\}/g)].map(([rule]) => rule), [":host { display: block; }"]);
  assert.match(sheet, /:root, \.wm-root \{\s*--wm-ink/);
  assert.match(sheet, /\.wm-root \{ all: initial;/);
  assert.match(sheet, /\.wm-root\[data-contrast="more"\]/);
  assert.doesNotMatch(styleSheet("style"), /wm-root/, "our own page is none of it");
});
