// What assistive technology is told of a screen, as text: Chromium's accessibility tree without what nobody
// hears. One file a screen in tests/e2e/trees; `./dev trees --write` makes them anew.

import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../trees/", import.meta.url));

/** What is told; all else only holds others together. Chromium's own names are put as people say them. */
const TOLD = new Map([
  ...["banner", "main", "contentinfo", "navigation", "complementary", "region", "article", "form", "search"].map((role) => [role, role]),
  ...["heading", "paragraph", "list", "listitem", "term", "definition", "img", "separator"].map((role) => [role, role]),
  ...["link", "button", "textbox", "searchbox", "combobox", "listbox", "option", "radio", "radiogroup", "checkbox"].map((role) => [role, role]),
  ...["spinbutton", "slider", "group", "status", "alert", "timer", "progressbar", "table", "row", "cell"].map((role) => [role, role]),
  ["DisclosureTriangle", "disclosure"],
  ["DescriptionList", "list of terms"],
  ["DescriptionListTerm", "term"],
  ["DescriptionListDetail", "definition"],
]);
/** Named by what is in them, which is told with the name. */
const WHOLE = new Set(["heading", "link", "button", "disclosure", "radio", "checkbox", "option"]);
const STATES = ["checked", "expanded", "required", "invalid", "disabled", "selected", "pressed", "readonly", "multiline", "focused"];

/** What differs from one run to the next. */
const CHANGING = [
  [/\b[0-9A-Z]{3}-[0-9A-Z]{3}\b/g, "<reference>"],
  [/\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b/g, "<date>"],
  [/(cleared: )\d+/g, "$1<seconds>"],
];
const steady = (text) => CHANGING.reduce((text, [what, name]) => text.replace(what, name), text.replace(/\s+/g, " ").trim());

/** The lines of the tree: two spaces deeper for each element that is told and holds others. */
export async function treeOf(tab) {
  const talk = await tab.context().newCDPSession(tab);
  const { nodes } = await talk.send("Accessibility.getFullAXTree");
  await talk.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines = [];
  const kidsOf = (node) => (node.childIds ?? []).map((id) => byId.get(id)).filter(Boolean);
  /** The words directly in an element, if there is nothing else in it. */
  const wordsAlone = (node) => {
    const words = [];
    const look = (node) =>
      kidsOf(node).every((kid) => {
        const role = kid.role?.value;
        if (role === "StaticText") words.push(kid.name?.value ?? "");
        return role === "StaticText" || (!TOLD.has(role) && look(kid));
      });
    return look(node) && words.length > 0 ? words.join("") : null;
  };
  const tell = (node, depth) => {
    const role = node.role?.value;
    if (!node.ignored && role === "StaticText") {
      const text = steady(node.name?.value ?? "");
      if (text) lines.push(`${"  ".repeat(depth)}"${text}"`);
      return;
    }
    const told = node.ignored ? undefined : TOLD.get(role);
    if (!told) return kidsOf(node).forEach((kid) => tell(kid, depth));
    const own = steady(node.name?.value ?? "");
    const alone = WHOLE.has(told) ? null : wordsAlone(node);
    const words = own || (alone === null ? "" : steady(alone));
    const is = new Map((node.properties ?? []).map(({ name, value }) => [name, value.value]));
    const states = STATES.filter((name) => ![undefined, false, "false"].includes(is.get(name)));
    if (is.get("expanded") === false) states.push("collapsed");
    const parts = [told, is.has("level") && `${is.get("level")}`, words && `"${words}"`, states.length > 0 && `(${states.join(", ")})`];
    const said = steady(node.description?.value ?? "");
    if (said) parts.push(`– ${said}`);
    const value = steady(String(node.value?.value ?? ""));
    if (value) parts.push(`= ${value}`);
    lines.push("  ".repeat(depth) + parts.filter(Boolean).join(" "));
    if (!WHOLE.has(told) && (alone === null || own)) kidsOf(node).forEach((kid) => tell(kid, depth + 1));
  };
  nodes.filter(({ parentId }) => !byId.has(parentId)).forEach((root) => tell(root, 0));
  return lines;
}

export const isWriting = () => process.env.WHAT_MATTERS_WRITE_TREES === "1";

/** Holds a tree to its file, or writes the file; gives what differs, in lines that begin with - and +. */
export function compareTree(screen, lines) {
  const file = `${FOLDER}${screen}.txt`;
  const now = `${lines.join("\n")}\n`;
  if (isWriting()) {
    writeFileSync(file, now);
    return [];
  }
  let kept;
  try {
    kept = readFileSync(file, "utf8");
  } catch {
    return [`there is no tests/e2e/trees/${screen}.txt: look at the screen, then ./dev trees --write`];
  }
  return kept === now ? [] : difference(kept.split("\n"), now.split("\n"));
}

/** Files of screens that are no more. */
export function assertNoStrangers(screens) {
  const strangers = readdirSync(FOLDER).filter((name) => !screens.includes(name.replace(/\.txt$/, "")));
  if (isWriting()) strangers.forEach((name) => rmSync(FOLDER + name));
  else if (strangers.length > 0) throw new Error(`no screen has the trees ${strangers.join(", ")}: ./dev trees --write`);
}

/** The lines that went and came, by their longest common sequence, with the line before each change. */
export function difference(before, after) {
  const longest = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      longest[i][j] = before[i] === after[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const told = [];
  let same = null;
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      same = before[i];
      i += 1;
      j += 1;
      continue;
    }
    if (same !== null) told.push(`  ${same}`);
    same = null;
    const goes = j >= after.length || (i < before.length && longest[i + 1][j] >= longest[i][j + 1]);
    told.push(goes ? `- ${before[i]}` : `+ ${after[j]}`);
    if (goes) i += 1;
    else j += 1;
  }
  return told;
}
