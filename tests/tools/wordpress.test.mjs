// The WordPress plug-in: what it makes of good and of hostile settings. Where there is PHP, it is run; what a reader
// of its text can see is held everywhere.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const plugin = at("../../public/wordpress/what-matters.php");
const source = readFileSync(plugin, "utf8");
const noPhp = spawnSync("php", ["--version"]).status === 0 ? false : "there is no PHP here";

const ADDRESS = "https://questions.surgery.example/";
function made(asked) {
  const { status, stdout, stderr } = spawnSync("php", ["-d", "error_reporting=-1", "-d", "display_errors=stderr", at("wordpress/stage.php"), JSON.stringify({ address: ADDRESS, ...asked })], { encoding: "utf8" });
  assert.equal(`${status} ${stderr}`, "0 ");
  return JSON.parse(stdout);
}
const html = (asked) => made(asked).html;

it("stops at once when it is not WordPress that runs it", () => {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\s+/g, " ");
  assert.match(code, /^<\?php if \( ! defined\( 'ABSPATH' \) \) \{ exit; \}/);
});

it("asks nobody for anything, runs no text as code and writes to no table of its own", () => {
  assert.doesNotMatch(source, /wp_remote|curl|file_get_contents|fopen|eval|create_function|unserialize|\$wpdb|\$_(GET|POST|REQUEST|COOKIE|SERVER)|include|require\b/);
});

it("every value that goes into markup goes through a way of escaping", () => {
  for (const [, call] of source.matchAll(/(?:sprintf|printf)\(([\s\S]*?)\n?\t*\);/g)) {
    const values = call.replace(/'(?:[^'\\]|\\.)*'/g, "''").split(",").slice(1).map((one) => one.trim());
    for (const value of values) assert.match(value, /^(esc_(html|attr|url)\(|min\(|max\(|\d|\$more$|\$link$|str_replace\( ''$|''|\$link \)|absint)/, `${value} in ${call}`);
  }
});

it("is PHP", { skip: noPhp }, () => {
  assert.equal(spawnSync("php", ["-l", plugin]).status, 0);
});

it("makes a link, and loads no script for it", { skip: noPhp }, () => {
  const { html, script } = made({ content: "Tell us what matters" });
  assert.equal(html, `<p><a href="${ADDRESS}">Tell us what matters</a></p>`);
  assert.equal(script, "");
});

it("makes a frame and an element, with the script as a module", { skip: noPhp }, () => {
  const frame = made({ attributes: { as: "frame", title: "Questions", instrument: "ons4", language: "pl" } });
  assert.equal(frame.html, `<iframe data-what-matters src="${ADDRESS}?instrument=ons4&#038;lang=pl" title="Questions" width="100%" height="700" loading="lazy"></iframe>`);
  assert.match(frame.script, /^<script type="module"  ?src='https:\/\/questions\.surgery\.example\/embed\.js' id=/);
  const element = made({ attributes: { as: "element", config: "config/surgery.json", instrument: "ons4" }, content: "Begin" });
  assert.equal(element.html, `<what-matters config="${ADDRESS}config/surgery.json" heading-level="2" instrument="ons4"><p><a href="${ADDRESS}?instrument=ons4" data-start>Begin</a></p></what-matters>`);
  assert.equal(element.other, '<script src="/other.js"></script>', "other scripts stay as they are");
});

it("hostile attributes and words come out as words or not at all", { skip: noPhp }, () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;
  for (const as of ["link", "frame", "element", evil]) {
    const attributes = { as, title: evil, instrument: evil, language: evil, config: as === "element" ? "config/a.json" : evil, height: evil, heading: evil };
    const out = html({ attributes, content: evil });
    assert.doesNotMatch(out.replace(/="[^"]*"/g, '=""'), /<(script|img)|onerror=\w|alert\(1\)<\/script/, out);
    assert.doesNotMatch(out, / instrument=|\?instrument| language=/, "what is no name is left out");
    assert.equal((out.match(/</g) ?? []).length, { frame: 2, element: 6 }[as] ?? 4, out);
  }
});

it("a configuration elsewhere is no configuration: what is left is the link", { skip: noPhp }, () => {
  for (const config of ["https://evil.example/c.json", "//evil.example/c.json", "../c.json", "config/../../c.json", "c.json?x", "c.json\n", ""]) {
    assert.equal(html({ attributes: { as: "element", config }, content: "Begin" }), `<p><a href="${ADDRESS}">Begin</a></p>`, config);
  }
});

it("an address that is not https, or not alone, is not saved and not used", { skip: noPhp }, () => {
  for (const address of ["http://questions.surgery.example/", "javascript:alert(1)", "https://", "https://a@evil.example/", "https://a.example/?b", "//a.example", "", "data:text/html,x", "http://localhost.evil.example/"]) {
    const out = made({ address, content: "Begin" });
    assert.deepEqual([out.saved, out.html], ["", ""], address);
  }
  assert.match(html({ address: "", admin: true }), /fill in its address/);
  assert.equal(made({ address: "https://a.example/questions" }).saved, "https://a.example/questions/");
  assert.equal(made({ address: '"><script>' }).field.includes("<script"), false);
});
