// What a machine can tell of a screen's accessibility, beyond axe. Each check looks at the screen that shows and
// gives what is wrong with it, in sentences; nothing, if nothing is. docs/accessibility.md says what each is for.

import { axeSource, HtmlValidate } from "./packages.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe leaves to a person to decide, and what we decided. */
const TRIAGED = [
  // The arrow of a list is a picture behind its words, at the far end from them, where axe sees only "a picture".
  { rule: /^color-contrast/, what: /^<select / },
  // A short answer under whose words its control lies, which cannot be seen: the colours are those of the longer
  // ones beside it, of which axe is sure.
  { rule: /^color-contrast/, what: /^<span( lang="en[^"]*" dir="ltr")?>[^<]{1,40}<\/span>$/ },
];

/**
 * axe with every tag and with target-size, which is off by default; `only` keeps to some rules. What it is not
 * sure of must be in TRIAGED.
 */
export async function axe(tab, only) {
  // The policy forbids scripts in the page, as it should, so axe comes in through the debugger.
  if (!(await tab.evaluate(() => typeof globalThis.axe === "object"))) await tab.evaluate(axeSource);
  const found = await tab.evaluate(
    async ([tags, only]) => {
      const runOnly = only ? { type: "rule", values: only } : { type: "tag", values: tags };
      const options = { runOnly, rules: only ? {} : { "target-size": { enabled: true } }, resultTypes: ["violations", "incomplete"] };
      const { violations, incomplete } = await globalThis.axe.run(document, options);
      const flat = (sort, results) =>
        results.flatMap(({ id, help, nodes }) => nodes.map((node) => ({ sort, id, help, target: node.target.join(" "), html: node.html.slice(0, 160) })));
      return [...flat("violation", violations), ...flat("not sure", incomplete)];
    },
    [TAGS, only],
  );
  const decided = ({ sort, id, html }) => sort === "not sure" && TRIAGED.some(({ rule, what }) => rule.test(id) && what.test(html));
  return found.filter((one) => !decided(one)).map(({ sort, id, help, target, html }) => `axe ${sort} ${id}: ${help} (${target}: ${html})`);
}

/** Colours alone, where another look changes nothing else. */
export const axeColours = (tab) => axe(tab, ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]);
/** In the system's own colours the browser draws behind words itself, which axe cannot see and so is not sure of. */
export const axeSystemColours = async (tab) => (await axeColours(tab)).filter((found) => !found.startsWith("axe not sure"));

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  elements: ["html5", { "what-matters": { flow: true, permittedContent: ["@flow"], attributes: { config: {} } } }],
  rules: {
    // How a browser writes out what it holds is not ours.
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "doctype-style": "off",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    "no-raw-characters": "off",
    "attr-quotes": "off",
    // Help now stands in the header of every page, with headings of level 2, before the page's own of level 1.
    "heading-level": ["error", { minInitialRank: "h2", allowMultipleH1: false }],
    // The design system's date is a group by role too, for browsers that did not tell so of a fieldset.
    "no-redundant-role": "off",
    // Nothing here is sent as a form; several ticks share a name, and each date has a day, as browsers expect it.
    "form-dup-name": "off",
    // Spaces that do not break would be read out as part of the number by some; a number in two lines still calls.
    "tel-non-breaking": "off",
  },
});

/** The document as it shows, held to the HTML standard: without the static page, hidden once the app is there, and
 * the first question that waits in it. */
export async function html(tab) {
  const shown = await tab.evaluate(() => {
    const copy = document.documentElement.cloneNode(true);
    for (const hidden of copy.querySelectorAll("[data-static][hidden], template")) hidden.remove();
    return `<!doctype html>\n${copy.outerHTML}`;
  });
  const report = await validator.validateString(shown);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector, line }) => `html ${ruleId}: ${message} (${selector ?? `line ${line}`})`),
  );
}

/** One heading of level 1 shows; none is skipped on the way down; each says something. */
export const headings = (tab) =>
  tab.evaluate(() => {
    const shown = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((heading) => heading.checkVisibility());
    const wrong = [];
    const ones = shown.filter(({ localName }) => localName === "h1");
    if (ones.length !== 1) wrong.push(`${ones.length} headings of level 1`);
    let before = 1;
    for (const heading of shown.filter((heading) => heading.closest("main"))) {
      const level = Number(heading.localName[1]);
      if (level > before + 1) wrong.push(`a heading of level ${level} after one of level ${before}: ${heading.textContent}`);
      if (heading.textContent.trim() === "") wrong.push(`an empty heading of level ${level}`);
      before = level;
    }
    return wrong;
  });

/** Help now is there, in the header, before the page, in the same order among what else stands there (WCAG 3.2.6). */
export const helpInPlace = (tab) =>
  tab.evaluate(() => {
    const header = [...document.querySelectorAll("header")].find((header) => header.checkVisibility());
    if (!header) return ["there is no header"];
    const order = [...header.querySelectorAll(".nhsuk-skip-link, .wm-header__name, .wm-help > summary, .wm-languages > summary, .wm-settings > summary")];
    const named = order.map((one) => [...one.classList].find((name) => /skip-link|header__name|__summary/.test(name)));
    const wrong = [];
    const expected = ["nhsuk-skip-link", "wm-header__name", "wm-help__summary", "wm-languages__summary", "wm-settings__summary"];
    if (!named.includes("wm-help__summary")) wrong.push("help now is not in the header");
    const places = named.map((name) => expected.indexOf(name));
    if (places.some((place, at) => place < 0 || (at > 0 && place < places[at - 1]))) wrong.push(`the header has ${named.join(", ")}`);
    const main = [...document.querySelectorAll("main")].find((main) => main.checkVisibility());
    if (!main || !(header.compareDocumentPosition(main) & Node.DOCUMENT_POSITION_FOLLOWING)) wrong.push("the header is not before the page");
    return wrong;
  });

/** What can be pressed or filled in is at least `least` CSS pixels each way (WCAG 2.5.8 asks 24, we aim at 44). */
export const targets = (tab, least = 44) =>
  tab.evaluate((least) => {
    const wrong = [];
    for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.type === "hidden") continue;
      // A label presses its control: both are the target.
      const boxes = [element, ...(["radio", "checkbox"].includes(element.type) ? element.labels : [])].map((one) => one.getBoundingClientRect());
      const width = Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left));
      const height = Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ top }) => top));
      // A link among words may be as high as its line (WCAG 2.5.8, "inline").
      const around = element.closest("p, li")?.textContent.trim() ?? "";
      const inline = element.localName === "a" && getComputedStyle(element).display === "inline" && around !== element.textContent.trim();
      if (element.href?.startsWith("tel:") && element.getClientRects().length === 1) {
        element.scrollIntoView({ block: "center" });
        const { left, right, top, bottom } = element.getBoundingClientRect();
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        const missed = [[0, -least / 2], [0, least / 2], [-least / 2, 0], [least / 2, 0]].some(([dx, dy]) => document.elementFromPoint(x + dx * 0.95, y + dy * 0.95) !== element);
        if (missed) wrong.push(`a number that a shaking finger misses: ${element.outerHTML.slice(0, 120)}`);
      }
      const asked = inline ? 0 : least;
      if (width < asked - 0.5 || height < asked - 0.5) wrong.push(`${Math.round(width)} × ${Math.round(height)} px: ${element.outerHTML.slice(0, 120)}`);
    }
    return wrong;
  }, least);

/** Nothing moves by itself or on the way (for somebody who asked for less motion). */
export const motion = (tab) =>
  tab.evaluate(() => {
    const moving = document.getAnimations().map((animation) => `moves: ${animation.effect?.target?.outerHTML.slice(0, 120)}`);
    for (const element of document.querySelectorAll("body, body *")) {
      const { transitionDuration, transitionProperty, animationName, scrollBehavior } = getComputedStyle(element);
      const takes = transitionDuration.split(", ").some((time) => parseFloat(time) > 0) && transitionProperty !== "none";
      if (takes || animationName !== "none" || scrollBehavior === "smooth") moving.push(`would move: ${element.outerHTML.slice(0, 120)}`);
    }
    return moving;
  });

/** Nothing must be dragged (WCAG 2.5.7) and nothing takes the focus out of order (WCAG 2.4.3). */
export const dragging = (tab) =>
  tab.evaluate(() => {
    const found = document.querySelectorAll('[draggable="true"], input[type="range"], [ondragstart], [role="slider"]');
    const jumps = [...document.querySelectorAll("[tabindex]")].filter(({ tabIndex }) => tabIndex > 0);
    return [...[...found].map((element) => `is dragged: ${element.outerHTML.slice(0, 120)}`), ...jumps.map((element) => `jumps the queue: ${element.outerHTML.slice(0, 120)}`)];
  });

/**
 * Everything is in the language and the direction it is marked with: the page in `language`, and words in other
 * letters than its own inside an element that says so (WCAG 3.1.1, 3.1.2). `names` are proper names, which stay.
 */
export const languages = (tab, language, names = []) =>
  tab.evaluate(
    ([language, names]) => {
      const wrong = [];
      const primary = (tag) => tag.split("-")[0].toLowerCase();
      const rtl = (tag) => ["ar", "ur", "fa", "he"].includes(primary(tag));
      const LETTERS = { ar: /\p{Script=Arabic}/gu, ur: /\p{Script=Arabic}/gu, bn: /\p{Script=Bengali}/gu, pa: /\p{Script=Gurmukhi}/gu };
      const lettersOf = (tag) => LETTERS[primary(tag)] ?? /\p{Script=Latin}/gu;
      if (document.documentElement.lang !== language) wrong.push(`the page says it is in ${document.documentElement.lang}`);
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const element = node.parentElement;
        // Between U+2068 and U+2069 stand words filled in, set apart so that they keep their direction.
        const whole = node.textContent.replace(/\u2068[^\u2069]*\u2069/g, "").replace(/\b[0-9A-Z]{3}-[0-9A-Z]{3}\b/g, "");
        const words = names.reduce((words, name) => words.replaceAll(name, ""), whole);
        if (!element.checkVisibility() || element.closest("script, noscript, style, textarea")) continue;
        const marked = element.closest("[lang]")?.lang ?? "";
        const letters = [...words.matchAll(/\p{L}/gu)].length;
        const own = [...words.matchAll(lettersOf(marked))].length;
        // A letter or two may be a symbol, like A&E or km.
        if (letters - own > 3 && own < letters / 2) wrong.push(`marked as ${marked || "nothing"}: ${words.trim().slice(0, 80)}`);
        const block = element.closest("p, li, h1, h2, h3, dt, dd, legend, summary, button, label") ?? element;
        const blockLanguage = block.closest("[lang]")?.lang ?? language;
        if (letters > 0 && block.closest("[dir]") && (getComputedStyle(block).direction === "rtl") !== rtl(blockLanguage)) {
          const mixed = block !== element && primary(blockLanguage) !== primary(marked);
          if (!mixed && !block.closest("[dir=ltr] a, a[dir=ltr]")) wrong.push(`${blockLanguage} runs ${getComputedStyle(block).direction}: ${words.trim().slice(0, 80)}`);
        }
      }
      return [...new Set(wrong)];
    },
    [language, names],
  );

/** No words are cut off, run out of the window or lie over others; nothing needs sideways scrolling. */
export const cutWords = (tab) =>
  tab.evaluate(() => {
    const wrong = [];
    const page = document.scrollingElement;
    if (page.scrollWidth > page.clientWidth) {
      const wide = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > page.clientWidth + 1);
      wrong.push(`the page is ${page.scrollWidth} px wide in a window of ${page.clientWidth} px: ${wide.at(-1)?.outerHTML.slice(0, 120)}`);
    }
    const hidden = (element) => element.closest(".nhsuk-u-visually-hidden, .nhsuk-skip-link, option") || !element.checkVisibility({ visibilityProperty: true });
    const brief = (text) => JSON.stringify(text.trim().slice(0, 60));
    const seen = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement;
      if (!node.textContent.trim() || element.closest("script, style, noscript, textarea, select") || hidden(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
      for (const rect of rects) {
        if (rect.left < -1 || rect.right > page.clientWidth + 1) wrong.push(`out of the window: ${brief(node.textContent)}`);
        for (let around = element; around && around !== document.body; around = around.parentElement) {
          const { overflowX, overflowY, display } = getComputedStyle(around);
          if (display === "inline") continue;
          const box = around.getBoundingClientRect();
          const middle = (rect.top + rect.bottom) / 2;
          const cuts = overflowX !== "visible" || overflowY !== "visible";
          if (cuts && (rect.left < box.left - 1 || rect.right > box.right + 1 || middle < box.top || middle > box.bottom)) wrong.push(`cut off: ${brief(node.textContent)}`);
          if (around === element && (middle < box.top - 1 || middle > box.bottom + 1)) wrong.push(`out of its box: ${brief(node.textContent)}`);
        }
        seen.push({ node, rect });
      }
    }
    for (const [at, one] of seen.entries()) {
      for (const other of seen.slice(at + 1)) {
        if (one.node === other.node) continue;
        const width = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
        const height = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
        if (width <= 1 || height <= 1) continue;
        // Lines of tall letters share a little of their leading.
        if (height > 0.4 * Math.min(one.rect.height, other.rect.height)) wrong.push(`${brief(one.node.textContent)} lies over ${brief(other.node.textContent)}`);
      }
    }
    return [...new Set(wrong)];
  });

/** Every link of the list of mistakes leads into the page, and the list has the focus (WCAG 3.3.1, 2.4.3). */
export async function errorSummary(tab) {
  const wrong = [];
  const summary = tab.locator("[data-error-summary]");
  if (!(await summary.evaluate((list) => list === document.activeElement))) wrong.push("the list of mistakes does not have the focus");
  const links = await summary.getByRole("link").all();
  if (links.length === 0) wrong.push("the list of mistakes leads nowhere");
  for (const link of links) {
    const words = await link.innerText();
    await link.focus();
    await tab.keyboard.press("Enter");
    const there = await tab.evaluate(() => {
      const at = document.activeElement;
      const told = (at.closest("fieldset")?.getAttribute("aria-describedby") ?? "").split(" ").concat((at.getAttribute("aria-describedby") ?? "").split(" "));
      const box = at.getBoundingClientRect();
      return {
        takes: at.matches("input, select, textarea"),
        told: told.map((id) => document.getElementById(id)?.textContent ?? "").join(" "),
        shows: box.bottom > 0 && box.top < innerHeight,
      };
    });
    if (!there.takes) wrong.push(`"${words}" does not lead to a field`);
    if (!there.shows) wrong.push(`"${words}" leads to a field that does not show`);
    if (!there.told.includes(words)) wrong.push(`"${words}" is not told at its field, where there is "${there.told}"`);
  }
  return wrong;
}
