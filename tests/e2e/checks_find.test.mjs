// The checks of tests/e2e/house find what they are for: each is shown a screen with one fault put into it, finds
// it, and finds nothing once the fault is gone.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startBrowser } from "./house/browser.mjs";
import { byKeyboard, largeLetters, spacedOut } from "./house/every_look.mjs";
import { startPage } from "./house/page_server.mjs";
import { changedPixels, readPicture } from "./house/pixels.mjs";
import { axe, axeColours, cutWords, dragging, errorSummary, headings, helpInPlace, html, languages, motion, targets } from "./house/screen_checks.mjs";
import { compareTree, difference, treeOf } from "./house/trees.mjs";

const inEnglish = (tab) => languages(tab, "en-GB", ["Demonstration Surgery"]);
/** A sheet of the test's own, which the policy does not forbid to a script. */
const sheet = (text) => `const sheet = new CSSStyleSheet(); sheet.replaceSync(${JSON.stringify(text)}); document.adoptedStyleSheets = [sheet]; undo = () => (document.adoptedStyleSheets = []);`;
const added = (name, more) => `const made = document.createElement("${name}"); made.textContent = "Read this"; ${more}; document.querySelector("[data-app] main").append(made); undo = () => made.remove();`;

/** One fault after another, undone together. */
const both = (one, other) => `${one}; const first = undo; ${other}; const second = undo; undo = () => [first(), second()];`;
const byKeys = (tab) => byKeyboard(tab, new Set(), {});

/** The check, the fault as a script that sets `undo`, and what the check says of it. */
const FAULTS = [
  ["a button without words", axe, added("button", 'made.textContent = ""; made.type = "button"'), /button-name/],
  ["a text nobody can make out", axeColours, sheet("main p { color: #ccc !important; }"), /color-contrast/],
  ["one id twice", html, added("p", 'made.id = document.querySelector("[data-app] main").id'), /no-dup-id/],
  ["a list item without a list", html, added("li", ""), /element-permitted-parent|element-permitted-content/],
  ["a second main heading", headings, added("h1", ""), /2 headings of level 1/],
  ["a heading of level 6 after one of level 3", headings, added("h6", ""), /level 6 after/],
  ["help that is not there", helpInPlace, 'const help = document.querySelector("[data-app] .wm-help"); const around = help.parentElement; help.remove(); undo = () => around.children[0].after(help);', /help now is not in the header/],
  ["help in another place", helpInPlace, 'const help = document.querySelector("[data-app] .wm-help"); const next = help.nextSibling; help.parentElement.prepend(help); undo = () => next.before(help);', /the header has/],
  ["a button that is too small", targets, both(added("button", 'made.type = "button"; made.className = "small"'), sheet(".small { min-height: 0; padding: 0; height: 20px; font-size: 10px; }")), /20 px/],
  ["something that fades", motion, sheet("main p { transition: color 1s; }"), /would move/],
  ["something that moves", motion, 'const moves = document.querySelector("[data-app] h1").animate([{ opacity: 0 }, { opacity: 1 }], { duration: 1e6 }); undo = () => moves.cancel();', /^moves/],
  ["something to drag", dragging, added("input", 'made.type = "range"'), /is dragged/],
  ["something that jumps the queue", dragging, added("button", "made.tabIndex = 3"), /jumps the queue/],
  ["a page that says it is in Polish", inEnglish, 'document.documentElement.lang = "pl"; undo = () => (document.documentElement.lang = "en-GB");', /the page says it is in pl/],
  ["Arabic that is not marked", inEnglish, added("p", 'made.textContent = "هذا سؤال عن حياتك"'), /marked as en-GB/],
  ["English that runs from right to left", inEnglish, added("p", 'made.dir = "rtl"'), /en-GB runs rtl/],
  ["words that are cut off", cutWords, both(added("p", 'made.className = "cut"; made.textContent = "These words are cut off"'), sheet(".cut { width: 60px; overflow: hidden; white-space: nowrap; }")), /cut off|out of/],
  ["words over others", cutWords, sheet("main h1 { position: absolute; inset-block-start: 0; inset-inline-start: 0; }"), /lies over/],
  ["a page that is too wide", cutWords, sheet("main { min-width: 1500px; }"), /px wide in a window/],
  ["lines that do not grow with their letters", (tab) => largeLetters(tab, () => cutWords(tab)), sheet("main p { height: 1rem !important; overflow: hidden; }"), /cut off/],
  ["a box that does not grow with its lines", (tab) => spacedOut(tab, () => cutWords(tab)), 'for (const p of document.querySelectorAll("[data-app] main p")) p.style.setProperty("max-block-size", "1.2em"), p.style.setProperty("overflow", "hidden"); undo = () => { for (const p of document.querySelectorAll("[data-app] main p")) p.removeAttribute("style"); };', /cut off/],
  ["a focus that does not show", byKeys, sheet("*:focus { outline: none !important; box-shadow: none !important; background: revert !important; color: inherit !important; }"), /the focus changes/],
  ["a focus under something", byKeys, both(added("div", 'made.className = "over"'), sheet(".over { position: fixed; inset: 0; background: white; z-index: 9; }")), /the focus cannot be seen/],
  ["a stop that takes no focus", byKeys, 'const start = [...document.querySelectorAll("[data-app] main button")][0]; start.tabIndex = -1; undo = () => start.removeAttribute("tabindex");', /Tab through/],
  ["a list of mistakes that leads nowhere", errorSummary, added("div", 'made.dataset.errorSummary = ""; made.tabIndex = -1; made.focus(); const link = document.createElement("a"); link.href = "#nowhere"; link.textContent = "Add the day"; made.append(link)'), /does not lead to a field/],
];

describe("each check of a screen", () => {
  let page;
  let browser;
  let tab;
  before(async () => {
    page = await startPage();
    browser = await startBrowser();
    tab = await (await browser.visitor()).newPage();
    await tab.emulateMedia({ reducedMotion: "reduce" });
    await tab.goto(page.address);
    await tab.locator("[data-app] h1").waitFor();
  });
  after(async () => {
    await browser?.close();
    await page?.stop();
  });

  for (const [fault, check, script, expected] of FAULTS) {
    it(`finds ${fault}`, async () => {
      await tab.setViewportSize({ width: 360, height: 740 });
      await tab.evaluate(`(() => { let undo; ${script}; globalThis.undo = undo; })()`);
      const found = await check(tab);
      await tab.evaluate(() => globalThis.undo());
      assert.match(found.join("\n"), expected);
      if (check === errorSummary) return;
      const without = (await check(tab)).filter((what) => expected.test(what));
      assert.deepEqual(without, [], "and nothing once it is gone");
    });
  }

  it("of what is heard finds a name that changed, and tells the line", async () => {
    const before = await treeOf(tab);
    await tab.evaluate(() => document.querySelector("[data-app] main h1").setAttribute("aria-label", "Something else"));
    const told = difference(before, await treeOf(tab));
    await tab.evaluate(() => document.querySelector("[data-app] main h1").removeAttribute("aria-label"));
    assert.ok(told.some((line) => /^- +heading 1/.test(line)) && told.some((line) => /^\+ +heading 1 "Something else"/.test(line)), told.join("\n"));
    assert.deepEqual(difference(before, before), []);
    assert.match(compareTree("no-such-screen", before).join(), /there is no/);
  });

  it("of the focus counts the pixels that change enough to be seen", async () => {
    const talk = await tab.context().newCDPSession(tab);
    const picture = async (colour) => {
      await tab.evaluate((colour) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`body > * { display: none; } html, body { background: ${colour} !important; }`);
        document.adoptedStyleSheets = [sheet];
      }, colour);
      const { data } = await talk.send("Page.captureScreenshot", { format: "png", clip: { x: 0, y: 0, width: 20, height: 10, scale: 1 } });
      return readPicture(Buffer.from(data, "base64"));
    };
    const [white, grey, black] = [await picture("#ffffff"), await picture("#bbbbbb"), await picture("#000000")];
    await tab.evaluate(() => (document.adoptedStyleSheets = []));
    assert.deepEqual([white.width, white.height], [20, 10]);
    assert.equal(changedPixels(white, black), 200);
    assert.equal(changedPixels(white, grey), 0, "1.9 to 1 is not enough");
    assert.equal(changedPixels(white, white), 0);
  });
});
