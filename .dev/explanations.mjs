// Makes a page of its own from each explanation in public/content, so that they read without WASM and
// without JavaScript, and can be linked from anywhere: about/<name>.html, about/easy/<name>.html.
//
// The line rules are those of src/domain/explanation.rs; tests/fixtures/explanation.* hold the two to the
// same reading.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The name of an explanation: small letters, digits and hyphens. */
const SLUG = /^[a-z0-9-]{1,64}$/;

/** As `is_safe_link` of src/domain/prose.rs. */
function isSafeLink(to) {
  return /^(https:\/\/|tel:|mailto:)/i.test(to) && !/[\s\p{Cc}]/u.test(to);
}

/** Words and the links among them. */
function pieces(text) {
  const found = [];
  let rest = text;
  for (;;) {
    const [, before, words, to] = /^([^[]*)\[(.*?)\]\((.*?)\)/s.exec(rest) ?? [];
    if (before === undefined) break;
    if (before) found.push(before);
    if (SLUG.test(to)) found.push({ page: to, words });
    else if (isSafeLink(to)) found.push({ site: to, words });
    else if (words) found.push(words);
    rest = rest.slice(before.length + words.length + to.length + 4);
  }
  if (rest) found.push(rest);
  return found;
}

/** Reads a file; nothing if it does not begin with a title. */
export function readExplanation(text, linkWorker = "link worker") {
  const lines = text.replaceAll("{link-worker}", linkWorker).split("\n").map((line) => line.trim());
  while (lines.length && !lines[0]) lines.shift();
  const title = lines.shift();
  if (!title?.startsWith("# ")) return undefined;
  const page = { title: title.slice(2), summary: "", easy: false, parts: [] };
  let points;
  for (const line of lines) {
    if (line.startsWith("- ")) {
      if (!points) page.parts.push({ points: (points = []) });
      points.push(pieces(line.slice(2)));
      continue;
    }
    points = undefined;
    const pictured = /^@([^ ]*) (.*)$/.exec(line);
    if (line.startsWith("> ")) page.summary = line.slice(2);
    else if (line === "+easy") page.easy = true;
    else if (line.startsWith("## ")) page.parts.push({ heading: line.slice(3) });
    else if (pictured) page.parts.push({ picture: pictured[1], words: pieces(pictured[2]) });
    else if (line) page.parts.push({ paragraph: pieces(line) });
  }
  return page;
}

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text) => text.replace(/[&<>"]/g, (mark) => ESCAPES[mark]);

function drawPieces(found, address) {
  return found
    .map((piece) => {
      if (typeof piece === "string") return escape(piece);
      const words = escape(piece.words);
      if (piece.page) return `<a class="nhsuk-link" href="${address(piece.page)}">${words}</a>`;
      return `<a class="nhsuk-link" href="${escape(piece.site)}" rel="noopener noreferrer">${words}</a>`;
    })
    .join("");
}

function drawPart(part, address, pictures) {
  if (part.heading !== undefined) return `<h2 class="nhsuk-heading-m">${escape(part.heading)}</h2>`;
  if (part.paragraph) return `<p>${drawPieces(part.paragraph, address)}</p>`;
  if (part.points) {
    const points = part.points.map((point) => `<li>${drawPieces(point, address)}</li>`);
    return `<ul class="nhsuk-list nhsuk-list--bullet">${points.join("")}</ul>`;
  }
  const drawing = pictures.has(part.picture)
    ? `<span class="wm-picture wm-picture--${part.picture}" aria-hidden="true"></span>`
    : "";
  return `<p class="wm-pictured">${drawing}<span>${drawPieces(part.words, address)}</span></p>`;
}

/** The page of one explanation; `other` leads to its other version. */
function drawPage({ page, easy, words, header, pictures, other }) {
  const top = easy ? "../../" : "../";
  const address = (slug) => `${easy ? "../" : ""}${slug}.html`;
  const summary = page.summary ? `\n            <p class="nhsuk-lede-text">${escape(page.summary)}</p>` : "";
  const parts = page.parts.map((part) => `\n            ${drawPart(part, address, pictures)}`).join("");
  const switches = other ? `\n          <p class="wm-read"><a href="${other.to}">${escape(other.words)}</a></p>` : "";
  return `<!doctype html>
<html lang="en-GB" dir="ltr">
  <head>
    <meta charset="utf-8">
    <title>${escape(page.title)}</title>
    <meta name="description" content="${escape(page.summary || page.title)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <meta name="robots" content="noindex">
    <meta name="color-scheme" content="light">
    <meta name="theme-color" content="#1f4e4a">
    <link rel="icon" href="${top}icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="${top}what-matters.css">
    <link rel="stylesheet" href="${top}what-matters-more.css">
  </head>
  <body>
    <div class="wm" data-static>
        ${header}
        <div class="nhsuk-width-container">
        <nav aria-label="${escape(words["shell.back"])}"><a class="nhsuk-back-link" href="${top}">${escape(words["start.title"])}</a></nav>
        <main class="nhsuk-main-wrapper">${switches}
          <article class="wm-explanation${easy ? " wm-easy" : ""}">
            <h1 class="nhsuk-heading-xl">${escape(page.title)}</h1>${summary}${parts}
          </article>
          <p class="wm-foot"><a href="${address("index")}">${escape(words["explain.more"])}</a></p>
        </main>
      </div>
    </div>
  </body>
</html>
`;
}

/**
 * Every page: its path below the built folder, and its HTML with plain names in it. English only: a translation
 * is a draft until a practice turns it on, and a page without the configuration cannot know.
 */
export function explanationPages(source) {
  const read = (...path) => readFileSync(join(source, ...path), "utf8");
  const words = JSON.parse(read("words", "en-GB.json"));
  const header = /<header class="wm-header">[\s\S]*?<\/header>/.exec(read("index.html"))?.[0];
  if (!header) throw new Error("public/index.html has no header to put on the other pages");
  const pictures = new Set([...read("pictures.svg").matchAll(/<g id="([a-z-]+)"/g)].map(([, name]) => name));
  const pages = [];
  for (const easy of [false, true]) {
    const folder = join(source, "content", "en-GB", ...(easy ? ["easy"] : []));
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".txt")).sort()) {
      const name = file.slice(0, -4);
      const page = readExplanation(readFileSync(join(folder, file), "utf8"));
      if (!page) throw new Error(`${join(folder, file)} does not begin with a title`);
      const to = easy ? `../${name}.html` : `easy/${name}.html`;
      const other = (easy || page.easy) && { to, words: words[easy ? "explain.not-easy" : "explain.easy"] };
      const html = drawPage({ page, easy, words, header, pictures, other });
      pages.push({ path: `about/${easy ? "easy/" : ""}${name}.html`, html });
    }
  }
  return pages;
}
