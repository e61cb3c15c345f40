// What the table of the page's speed is made from: forms of the size they say, the same text for both, and medians.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { report, within } from "../bench/report.mjs";
import { boxesOf, floorPage, form } from "../bench/subjects.mjs";
import { blocked, median } from "../bench/visit.mjs";

const page = readFileSync(new URL("../../public/index.html", import.meta.url), "utf8");
const textOf = (html) => html.slice(html.indexOf("<body")).replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");

it("makes forms with as many boxes as it says", () => {
  for (const items of [1, 10, 101]) {
    const { item } = form(items);
    assert.equal(item.length, items);
    assert.equal(item.reduce((boxes, { answerOption }) => boxes + (answerOption?.length ?? 1), 0), boxesOf(items));
  }
});

it("gives the floor our text and none of our code", () => {
  const floor = floorPage(page);
  assert.equal(textOf(floor), textOf(page.replace(/<template.*?<\/template>/s, "")));
  assert.match(floor, /<script type="module" src="floor\.js"><\/script>/);
  assert.match(floor, /<link rel="preload" href="instruments\/ons4\.json"/);
  assert.match(floor, /<link rel="stylesheet" href="floor\.css">/);
  assert.doesNotMatch(floor, /embed\.js|what-matters\.css|config\//);
});

it("takes the middle, and of two the mean", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([4, 1, 2, 9]), 3);
});

it("counts what a task took beyond 50 ms, until the question was there", () => {
  assert.equal(blocked([[0, 60], [100, 40], [200, 150], [900, 400]], 800), 110);
});

it("sets ours beside the floor of the same round, and leaves out what a form was not asked", () => {
  const seen = (visible) => ({ bytes: 1_000, requests: 4, allBytes: 2_000, allRequests: 5, text: 500, visible, blocked: 0, click: 20, memory: 2_000_000 });
  const table = report([{ name: "One", ours: [3_000, 2_000, 4_000].map(seen), floor: [1_000, 2_000, 1_000].map(seen) }], { rounds: 3, processors: 2 });
  assert.match(table, /\| One \| Question visible \| 3\.00 s \| 1\.00 s \| 3\.00 \|/);
  assert.match(table, /\| One \| Busy beyond 50 ms \| 0 ms \| 0 ms \| – \|/);
  assert.doesNotMatch(table, /Second question/);
});

it("puts the table in its place in a document, and says so where there is none", () => {
  const before = "a\n<!-- ./dev bench page --write -->\nold\n<!-- end -->\nb";
  assert.equal(within(before, "new"), before.replace("old", "new"));
  assert.throws(() => within("a", "new"), /no place/);
});
