// The samples in docs/hosting.md send what ./dev run sends, and the browser is told the same everywhere.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { headers } from "../../.dev/serve.mjs";

const page = readFileSync(new URL("../../docs/hosting.md", import.meta.url), "utf8");
const samples = [...page.matchAll(/^```(nginx|caddy|text)\n([\s\S]*?)^```/gm)].map(([, kind, text]) => ({ kind, text }));

it("has a sample for nginx, for Caddy and for hosts that read _headers", () => {
  assert.deepEqual(samples.map(({ kind }) => kind), ["nginx", "caddy", "text"]);
});

for (const { kind, text } of samples) {
  it(`the sample for ${kind} sends every header that ./dev run sends, with the same value`, () => {
    for (const [name, value] of Object.entries(headers(["https://fhir.example"]))) {
      const line = text.split("\n").find((one) => one.includes(`${name}:`) || one.includes(`${name} "`));
      assert.ok(line, `${name} is missing`);
      assert.ok(line.includes(value), `${name} is not ${value}`);
    }
    assert.match(text, /max-age=31536000/);
    assert.match(text, /no-cache/);
  });
}

it("no sample lets anything in the page be written in line", () => {
  for (const { text } of samples) assert.doesNotMatch(text, /unsafe-inline|'unsafe-eval'/);
});
