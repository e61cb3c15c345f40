// Which files the service worker is told to keep.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, it } from "node:test";
import { listRelease, listsOf } from "../../.dev/offline.mjs";

const HASH = "0123456789abcdef";
const FILES = {
  "index.html": `<link href="what-matters-${HASH}.css"><script src="embed-${HASH}.js">`,
  [`what-matters-${HASH}.css`]: `mask:url(pictures-${HASH}.svg)`,
  [`pictures-${HASH}.svg`]: "<svg/>",
  [`embed-${HASH}.js`]: `"./what_matters_rest-${HASH}.wasm"; "./offline-start-${HASH}.js"`,
  "embed.js": "the same",
  [`what_matters_rest-${HASH}.wasm`]: "code",
  [`what_matters_rest-${HASH}.wasm.br`]: "code",
  [`offline-start-${HASH}.js`]: "'./offline.js'",
  "setup.html": `<script src="setup-${HASH}.js">`,
  [`setup-${HASH}.js`]: "",
  "about/index.html": "",
  "about/easy/why.html": "",
  "config/demonstration.json": "{}",
  "content/en-GB/why.txt": "",
  "content/pl/why.txt": "",
  "instruments/ons4.json": "{}",
  "manifest.webmanifest": "{}",
  "packs/who5/questionnaire.json": "{}",
  "staff/bands.json": "{}",
  "words/en-GB.json": "{}",
  "words/pl.json": "{}",
};
let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "what-matters-offline-"));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});
after(() => rmSync(folder, { recursive: true }));

it("is what every visit needs, and nothing for practices, staff or other languages", () => {
  assert.deepEqual(listsOf(folder).shell.sort(), [
    "./",
    "about/",
    "about/easy/why.html",
    "content/en-GB/why.txt",
    `embed-${HASH}.js`,
    "instruments/ons4.json",
    "manifest.webmanifest",
    `offline-start-${HASH}.js`,
    `pictures-${HASH}.svg`,
    `what-matters-${HASH}.css`,
    `what_matters_rest-${HASH}.wasm`,
  ]);
  assert.deepEqual(listsOf(folder).more, ["content/pl/why.txt", "words/pl.json"]);
});

it("gives a release another name when any byte of it or of the worker changes", () => {
  const source = readFileSync("public/offline.js", "utf8");
  const name = (text) => /name":"([0-9a-f]{16})"/.exec(listRelease(folder, text))[1];
  const first = name(source);
  assert.equal(name(source), first);
  assert.notEqual(name(`${source}\n`), first);
  writeFileSync(join(folder, "about/index.html"), "changed");
  assert.notEqual(name(source), first);
  assert.throws(() => listRelease(folder, "no list"), /no place/);
});

it("the manifest names icons that are there, in the size it says", () => {
  const manifest = JSON.parse(readFileSync("public/manifest.webmanifest", "utf8"));
  for (const { src, type, sizes } of manifest.icons) {
    const bytes = readFileSync(join("public", src));
    if (type !== "image/png") continue;
    assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
  }
  assert.ok(manifest.icons.some(({ purpose }) => purpose === "maskable"));
  for (const address of [manifest.id, manifest.start_url, manifest.scope]) assert.equal(address, "./");
});
