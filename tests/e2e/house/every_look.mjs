// A screen as people set up their devices: colours, sizes, spacing, and a keyboard.

import { assertTabGoesThrough } from "./keyboard.mjs";
import { changedPixels, readPicture } from "./pixels.mjs";
import { axe, axeColours, axeSystemColours, cutWords, dragging, headings, helpInPlace, html, languages, motion, targets } from "./screen_checks.mjs";

const PHONE = { width: 360, height: 740 };
/** 1280 × 1024 CSS pixels at 400 % (WCAG 1.4.10). */
const ZOOMED = { width: 320, height: 256 };

/** Colours: the media the browser is told, and the page's own setting. */
export const COLOURS = {
  "more contrast, as the device asks": { media: { contrast: "more" } },
  "more contrast": { own: "more" },
  "dark colours": { own: "dark" },
  "the system's own colours": { media: { forcedColors: "active" } },
};
const USUAL = { contrast: "no-preference", forcedColors: "none", reducedMotion: "reduce" };

/** Letters and lines as far apart as WCAG 1.4.12 asks. */
const SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }";

export async function inColours(tab, { media, own }, look) {
  await tab.emulateMedia({ ...USUAL, ...media });
  await tab.evaluate((own) => (own ? (document.documentElement.dataset.contrast = own) : delete document.documentElement.dataset.contrast), own);
  try {
    return await look();
  } finally {
    await tab.emulateMedia(USUAL);
    await tab.evaluate(() => delete document.documentElement.dataset.contrast);
  }
}

export async function spacedOut(tab, look) {
  // A sheet made by a script is not an inline style, which the policy forbids.
  await tab.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, SPACED);
  try {
    return await look();
  } finally {
    await tab.evaluate(() => (document.adoptedStyleSheets = []));
  }
}

/** With the browser's own setting for the size of letters at 200 % (WCAG 1.4.4). */
export async function largeLetters(tab, look) {
  const talk = await tab.context().newCDPSession(tab);
  const letters = (times) => talk.send("Page.setFontSizes", { fontSizes: { standard: 16 * times, fixed: 13 * times } });
  await letters(2);
  try {
    return await look();
  } finally {
    await letters(1);
    await talk.detach();
  }
}

const named = (name, found) => found.map((what) => `${name}: ${what}`);

/**
 * Everything on the screen that shows. `seenStops` holds the sorts of stop whose focus has been looked at, in
 * `sort` of colours, so that each is photographed once.
 */
export async function lookAtEverything(tab, { language, names, seenStops }) {
  const wrong = [];
  const note = (name, found) => wrong.push(...named(name, found));
  await tab.emulateMedia(USUAL);
  await tab.setViewportSize(PHONE);
  note("the usual colours", await axe(tab));
  note("markup", await html(tab));
  note("headings", await headings(tab));
  note("help", await helpInPlace(tab));
  note("targets", await targets(tab));
  note("motion", await motion(tab));
  note("dragging", await dragging(tab));
  note("language", await languages(tab, language, names));
  for (const [name, colours] of Object.entries(COLOURS)) {
    note(name, await inColours(tab, colours, () => (colours.media?.forcedColors ? axeSystemColours(tab) : axeColours(tab))));
  }
  await tab.setViewportSize({ width: 320, height: 640 });
  note("320 px", await cutWords(tab));
  // Nastaliq stands taller than lines half again as high as their letters: WCAG 1.4.12 excepts such scripts.
  const spaced = await spacedOut(tab, () => cutWords(tab));
  note("spaced out at 320 px", spaced.filter((what) => !(language === "ur" && what.includes(" lies over "))));
  note("large letters at 320 px", await largeLetters(tab, () => cutWords(tab)));
  await tab.setViewportSize({ width: 1280, height: 640 });
  note("large letters at 1280 px", await largeLetters(tab, () => cutWords(tab)));
  await tab.setViewportSize(ZOOMED);
  note("keyboard at 400 %", await byKeyboard(tab, seenStops));
  await tab.setViewportSize(PHONE);
  return wrong;
}

/** Tab goes through everything in order; what has the focus shows, and shows that it has it. */
export async function byKeyboard(tab, seenStops, colours = COLOURS) {
  const wrong = [];
  const talk = await tab.context().newCDPSession(tab);
  try {
    await assertTabGoesThrough(tab, "the screen", async () => {
      const stop = await tab.evaluate(whereFocusIs);
      if (stop.covered) wrong.push(`the focus cannot be seen on ${stop.name}`);
      if (seenStops.has(stop.sort)) return;
      seenStops.add(stop.sort);
      for (const [name, look] of [["the usual colours", {}], ...Object.entries(colours)]) {
        const changed = await inColours(tab, look, () => changeOfFocus(tab, talk, stop));
        // WCAG 2.4.7 and 1.4.11: as much as a line 2 px thick along its longer side, at 3 to 1.
        if (changed < 2 * stop.longest) wrong.push(`in ${name} the focus changes ${changed} px of ${stop.sort}, ${stop.longest} px long`);
      }
    });
  } catch (error) {
    if (error.code !== "ERR_ASSERTION") throw error;
    wrong.push(error.message);
  } finally {
    await talk.detach();
  }
  return wrong;
}

/** In the page. A sort of stop is an element's kind and classes and those of what it stands in. */
function whereFocusIs() {
  const at = document.activeElement;
  const labels = ["radio", "checkbox"].includes(at.type) ? [...at.labels] : [];
  const own = (element) => element && (element === at || at.contains(element) || labels.some((label) => label.contains(element)));
  const boxNow = () => {
    const boxes = [at, ...labels].map((one) => one.getBoundingClientRect());
    const left = Math.max(0, Math.min(...boxes.map((box) => box.left)));
    const top = Math.max(0, Math.min(...boxes.map((box) => box.top)));
    const right = Math.min(innerWidth, Math.max(...boxes.map((box) => box.right)));
    const bottom = Math.min(innerHeight, Math.max(...boxes.map((box) => box.bottom)));
    return { left, top, width: right - left, height: bottom - top };
  };
  const seen = boxNow();
  let shows = false;
  for (const x of [0.05, 0.5, 0.95]) for (const y of [0.1, 0.5, 0.9]) shows ||= own(document.elementFromPoint(seen.left + x * seen.width, seen.top + y * seen.height));
  // The browser stops scrolling at the element's own edge; for its picture, with what is drawn around it.
  at.scrollIntoView({ block: "center" });
  const { left, top, width, height } = boxNow();
  const is = (element) => `${element.localName}${element.type ? `[${element.type}]` : ""}${[...element.classList].map((name) => `.${name}`).join("")}`;
  const around = at.closest("header, .nhsuk-error-summary, .nhsuk-card, .wm-panel, main");
  // A link in two lines is as long as the longer of them.
  const lengths = labels.length > 0 ? [width, height] : [...at.getClientRects()].flatMap((line) => [line.width, line.height]);
  return {
    name: at.outerHTML.slice(0, 120),
    sort: `${is(at)} in ${around ? is(around) : "the page"}`,
    covered: !shows,
    longest: Math.round(Math.min(Math.max(...lengths), Math.max(width, height))),
    clip: { x: Math.max(0, scrollX + left - 8), y: Math.max(0, scrollY + top - 8), width: width + 16, height: height + 16, scale: 1 },
  };
}

/** How many pixels change at 3 to 1 when the focus goes; it is then given back. */
async function changeOfFocus(tab, talk, { clip }) {
  const picture = async () => {
    const { data } = await talk.send("Page.captureScreenshot", { format: "png", clip });
    return readPicture(Buffer.from(data, "base64"));
  };
  const held = await tab.evaluateHandle(() => document.activeElement);
  const focused = await picture();
  await held.evaluate((element) => element.blur());
  const plain = await picture();
  // Given back by script after a key, it still counts as reached by keyboard (:focus-visible).
  await held.evaluate((element) => element.focus({ preventScroll: true }));
  await held.dispose();
  return changedPixels(focused, plain);
}
