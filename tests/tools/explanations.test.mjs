// The pages made of the explanations: read by the same rules as the app reads them, drawn as safe HTML, and
// every link in them leads somewhere.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { it } from "node:test";
import { fileURLToPath } from "node:url";
import { explanationPages, readExplanation } from "../../.dev/explanations.mjs";
import { fillPage } from "../../.dev/assemble.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const fixture = (name) => readFileSync(join(root, "tests/fixtures", name), "utf8");
const pages = explanationPages(join(root, "public"));

it("reads every line as the app does", () => {
  assert.deepEqual(readExplanation(fixture("explanation.txt"), "guide"), JSON.parse(fixture("explanation.json")));
});

it("reads nothing into what has no title", () => {
  for (const text of ["", "\n\n", "<!doctype html>\n# T", "T\n# U", "#T"]) assert.equal(readExplanation(text), undefined);
});

it("makes a page of every explanation, with help now on it and no script", () => {
  const names = pages.map(({ path }) => path);
  for (const name of ["index", "what-is-social-prescribing", "easy/who-sees-my-answers", "for-practices"]) {
    assert.ok(names.includes(`about/${name}.html`), name);
  }
  for (const { path, html } of pages) {
    assert.match(html, /Need help now\?/, path);
    assert.match(html, /<a href="tel:999"/, path);
    assert.equal(html.match(/<h1\b/g).length, 1, path);
    assert.doesNotMatch(html, /<script|<style| style=|\bon[a-z]+=/, path);
    assert.doesNotMatch(html, /[{}]/, path);
  }
});

it("leads from each page only to pages and files that are there", () => {
  const there = new Set([...pages.map(({ path }) => path), "index.html", "icon.svg", "what-matters.css", "what-matters-more.css"]);
  let links = 0;
  for (const { path, html } of pages) {
    for (const [, to] of html.matchAll(/\bhref="([^"]*)"/g)) {
      if (/^(https|tel):/.test(to)) continue;
      const target = normalize(join(dirname(path), to)).replace(/\/$/, "/index.html").replace(/^\.\/index/, "index");
      assert.ok(there.has(target), `${path} leads to ${to}`);
      links += 1;
    }
  }
  assert.ok(links > pages.length * 3);
});

it("keeps markup in an explanation as words, and draws no picture that is not ours", () => {
  const folder = mkdtempSync(join(tmpdir(), "explanations-"));
  for (const name of ["index.html", "pictures.svg", "words"]) cpSync(join(root, "public", name), join(folder, name), { recursive: true });
  mkdirSync(join(folder, "content/en-GB/easy"), { recursive: true });
  const nasty = `# <b>&"\n> </p><script>\n<img src=x>\n- [<i>](https://a.example/"onclick=)\n## <style>\n@x" One <u>.\n@talk Two.`;
  writeFileSync(join(folder, "content/en-GB/a.txt"), nasty);
  const [{ html }] = explanationPages(folder);
  rmSync(folder, { recursive: true });
  assert.doesNotMatch(html, /<b>|<script|<img|<i>|<style|<u>|"onclick/);
  assert.equal(html.match(/class="wm-picture /g).length, 1);
});

it("takes its names of built files from the folder above", () => {
  const built = new Map([["what-matters.css", { name: "what-matters-1.css", integrity: "sha384-css" }]]);
  for (const name of ["what_matters.js", "what_matters_bg.wasm"]) built.set(name, { name, integrity: "x" });
  const { html } = pages.find(({ path }) => path === "about/easy/what-happens-first.html");
  assert.ok(fillPage(html, built).includes('href="../../what-matters-1.css" integrity="sha384-css"'));
  assert.ok(!fillPage(html, built).includes("wasm"), "a page without a script fetches no code");
});
