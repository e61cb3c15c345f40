// What must hold on every screen, whatever it shows.

import assert from "node:assert/strict";
import { axeSource } from "./packages.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * axe, with the WCAG 2.2 target-size rule that is off by default; no violations at all. On somebody else's page
 * `part` is a selector of what is ours.
 */
export async function assertAccessible(page, screen, part) {
  // The policy forbids scripts in the page, as it should, so axe comes in through the debugger.
  if (!(await page.evaluate(() => typeof globalThis.axe === "object"))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async ({ tags, part }) => {
    const options = { runOnly: { type: "tag", values: tags }, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] };
    const found = await globalThis.axe.run(part ?? document, options);
    return found.violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(" ")).join("; ")})`);
  }, { tags: TAGS, part });
  assert.deepEqual(violations, [], `axe on ${screen}`);
}

/**
 * At 320 CSS pixels (WCAG 1.4.10), or at another width, nothing needs sideways scrolling and nothing is cut off
 * on the left, where a page written from left to right cannot be scrolled to.
 */
export async function assertReflows(page, screen, width = 320) {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: 640 });
  const wide = await page.evaluate(() => {
    const page = document.scrollingElement;
    const box = (element) => element.getBoundingClientRect();
    const isHidden = (element) => element.closest(".nhsuk-u-visually-hidden") || !element.checkVisibility();
    const all = [...document.querySelectorAll("body *")];
    const left = all.filter((element) => box(element).left < -1 && !isHidden(element));
    const right = page.scrollWidth <= page.clientWidth ? [] : all.filter((element) => box(element).right > page.clientWidth + 1);
    if (left.length + right.length === 0 && page.scrollWidth <= page.clientWidth) return [];
    return [`${page.scrollWidth} px`, ...[...left, ...right].slice(0, 5).map((element) => element.outerHTML.slice(0, 120))];
  });
  if (before) await page.setViewportSize(before);
  assert.deepEqual(wide, [], `sideways scrolling at ${width} px on ${screen}`);
}

export async function assertGoodScreen(page, screen) {
  await assertAccessible(page, screen);
  await assertReflows(page, screen);
}

/**
 * Watches a page for what must never happen: errors in scripts, refusals by the policy, messages in the
 * console, requests to strangers. `allowed` matches console messages a test brings about on purpose.
 */
export function watchPage(page, { origins, allowed = [] }) {
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    if (!allowed.some((pattern) => pattern.test(message.text()))) wrong.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const address = request.url();
    if (/^(data|blob|about):/.test(address)) return;
    if (!origins.includes(new URL(address).origin)) wrong.push(`request to ${address}`);
  });
  return { wrong, assertClean: () => assert.deepEqual(wrong, []) };
}
