// Someone who has a keyboard and nothing else.

import assert from "node:assert/strict";

/**
 * Every place where Tab should stop, in document order. Radio buttons of one name are one stop (ARIA Authoring
 * Practices, radio group); what is not shown is none.
 */
export function stopsInOrder(tab) {
  return tab.evaluate(() => {
    const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
    const shown = [...all].filter((element) => !element.disabled && element.checkVisibility({ visibilityProperty: true }));
    const named = shown.map((element, at) => {
      element.dataset.stop ??= element.type === "radio" ? `radio ${element.name}` : `${at} ${element.localName} ${element.id || element.textContent}`;
      return element.dataset.stop;
    });
    return named.filter((name, at) => name !== named[at - 1]);
  });
}

/** The place that has the focus, by the name `stopsInOrder` gave it; null if nothing on the page has it. */
export const focused = (tab) =>
  tab.evaluate(() => {
    const element = document.activeElement;
    return element === document.body || element === null ? null : (element.dataset.stop ?? `not a stop: ${element.outerHTML.slice(0, 120)}`);
  });

/**
 * Tab, from the top of the page until it leaves it: each stop once, in order, and out at the end. `look` is called
 * at each stop on the way down.
 */
export async function assertTabGoesThrough(tab, screen, look = async () => {}) {
  const stops = await stopsInOrder(tab);
  assert.ok(stops.length > 0, `${screen} has something to reach`);
  for (const [key, expected] of [["Tab", stops], ["Shift+Tab", [...stops].reverse()]]) {
    // Where Tab goes on from is the focus, or else what was last clicked or focused: begin outside the page.
    await tab.evaluate(() => document.activeElement?.blur());
    await startOutside(tab, key === "Tab");
    const reached = [];
    for (let at = 0; at < expected.length; at += 1) {
      await tab.keyboard.press(key);
      reached.push(await focused(tab));
      if (key === "Tab") await look();
    }
    assert.deepEqual(reached, expected, `${key} through ${screen}`);
    await tab.keyboard.press(key);
    // Without a window there is nothing around the page, and Chromium may go round to its other end.
    assert.ok([null, expected[0]].includes(await focused(tab)), `${key} leaves ${screen}`);
  }
}

/** Puts the place Tab goes on from before the first or after the last element of the page. */
const startOutside = (tab, isBefore) =>
  tab.evaluate((isBefore) => {
    const mark = document.createElement("span");
    mark.tabIndex = -1;
    document.body[isBefore ? "prepend" : "append"](mark);
    mark.focus();
    mark.remove();
  }, isBefore);

/** Presses Tab until `wanted` has the focus; `key` goes the other way or by other steps. */
export async function reach(tab, wanted, key = "Tab") {
  const isThere = () => wanted.evaluate((element) => element === document.activeElement);
  for (let pressed = 0; pressed < 120 && !(await isThere()); pressed += 1) await tab.keyboard.press(key);
  assert.ok(await isThere(), `${key} reaches ${wanted}`);
}

/** The words of what is checked in a group. */
export const checkedIn = (group) =>
  group.evaluate((element) => [...element.querySelectorAll("input:checked")].map((input) => input.labels[0].innerText.trim()));
