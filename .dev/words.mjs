// Measures the words people read: reading age, sentence length, words few people know, and words we do not use.
//
//   node .dev/words.mjs             prints the report and what is over the bar
//   node .dev/words.mjs --write     writes docs/words.md
//   node .dev/words.mjs --check     fails over the bar, or if docs/words.md is not what it would write
//
// WHAT_MATTERS_WORD_PACKAGES is the folder with the packages of tests/words/package.json: `./dev words` sets it.
//
// READING AGE is the mean of five grades plus 5, the age at which American first grade begins less one. None of
// the usual five is left out, because they err differently: Flesch–Kincaid counts syllables and sentence
// lengths, Automated Readability letters and sentence lengths, Coleman–Liau letters and sentences, Gunning fog
// and SMOG words of three syllables or more, in which “surgery” and “medicine” are hard. The first three put
// short lines far down, the last two keep them up. By this measure ONS4 is 11½; a published study gives 12
// (Benson 2019, PMC6542444). Dale–Chall is beside it, for its list of words that four in five ten-year-olds
// know. A formula only tells which page to look at first; people tell whether it is clear.

import { readFileSync, readdirSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readExplanation } from "./explanations.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const REPORT = join(root, "docs/words.md");

/** The oldest reading age, by reader. NHS service manual: 9 to 11 for patients, 11 to 14 if unavoidable. */
export const BARS = { patient: 11, easy: 9, staff: 14 };
/** The longest sentence for anyone, in words. */
export const LONGEST = 20;
/** Fewer words than this are too few to give an age; they count in their whole. */
export const ENOUGH = 100;

/** What patients are not told (docs: NHS service manual, A to Z and how we write), each with what to say. */
const NEVER = [
  ["triage", "say what happens"],
  ["community setting", "name the place"],
  ["mentally ill", "mental health problems"],
  ["holistic", "your whole life"],
  ["holistically", "your whole life"],
  ["signpost", "tell people where to go"],
  ["signposting", "telling people where to go"],
  ["intervention", "help"],
  ["interventions", "help"],
  ["referral pathway", "how people are asked"],
  ["pathway", "what happens"],
  ["VCSE", "charities and local groups"],
  ["PCN", "a group of GP surgeries"],
  ["co-produce", "make together"],
  ["co-produced", "made together"],
  ["non-medical", "money, housing, feeling alone"],
  ["determinants", "what affects health"],
  ["PROM", "questions about how you are"],
  ["PROMs", "questions about how you are"],
  ["well-being", "wellbeing"],
  ["ring", "call"],
  ["dial", "call"],
  ["telephone", "phone"],
  ["*", "nothing in its place"],
];
/** Not for patients; staff may read it of themselves. */
const NOT_TO_PATIENTS = [
  ["practice", "GP surgery"],
  ["practices", "GP surgeries"],
  ["referral", "asked to see"],
  ["clinician", "doctor or nurse"],
];

/** Sentences of a text. A full stop in quotation marks within a sentence does not end it. */
export function sentences(text) {
  return text
    .split(/\n|(?<=[.?!:…][”’)]?)\s+(?=[\p{Lu}“‘(\d{])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\d]/u.test(sentence));
}

/** Words of a sentence: letters with apostrophes or hyphens in them, and numbers. */
export function wordsOf(sentence) {
  return sentence.match(/\d+(?:[.,:]\d+)*|\p{L}+(?:[’'&-]\p{L}+)*/gu) ?? [];
}

/** Banned words in a text, each with what to say instead. */
export function banned(text, reader) {
  const list = reader === "staff" ? NEVER : [...NEVER, ...NOT_TO_PATIENTS];
  return list.filter(([word]) => {
    if (word === "*") return text.includes("*");
    return new RegExp(`(?<![\\p{L}-])${word}(?![\\p{L}-])`, "iu").test(text);
  });
}

const plain = (pieces) => pieces.map((piece) => (typeof piece === "string" ? piece : piece.words)).join("");

/** The texts of an explanation, each a paragraph, heading or point. */
function textsOf(page) {
  const texts = [page.title, page.summary];
  for (const part of page.parts) {
    if (part.heading !== undefined) texts.push(part.heading);
    else if (part.paragraph) texts.push(plain(part.paragraph));
    else if (part.picture !== undefined) texts.push(plain(part.words));
    // A point that begins with a link says its title, then its summary.
    else for (const [first, ...rest] of part.points) texts.push(...(first.page ? [first.words, plain(rest)] : [plain([first, ...rest])]));
  }
  return texts.filter((text) => text.trim());
}

const VALUES = { "link-worker": "link worker", date: "3 May", count: "3", at: "2", of: "5", phone: "01632 960000", question: "this question" };
const filled = (text) => text.replace(/\{([a-z-]+)\}/g, (_, name) => VALUES[name] ?? "7");

const STAFF = new Set(["for-link-workers", "for-practices"]);
const json = (path) => JSON.parse(readFileSync(path, "utf8"));
const filesOf = (folder, ending) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(ending)).sort() : [];

/** Everything people read in English: its name, who reads it, its kind, and its texts. */
export function everything(top = root) {
  const all = [];
  const content = join(top, "public/content/en-GB");
  for (const [folder, reader] of [[content, "patient"], [join(content, "easy"), "easy"]]) {
    for (const file of filesOf(folder, ".txt")) {
      const name = file.slice(0, -4);
      const texts = textsOf(readExplanation(readFileSync(join(folder, file), "utf8")));
      const kind = reader === "easy" ? "Easy Read" : "Explanations";
      all.push({ name, kind, reader: STAFF.has(name) ? "staff" : reader, texts });
    }
  }
  const screens = new Map();
  for (const [key, text] of Object.entries(json(join(top, "public/words/en-GB.json")))) {
    const group = key.split(".")[0];
    if (typeof text !== "string") continue;
    if (!screens.has(group)) screens.set(group, []);
    screens.get(group).push(filled(text));
  }
  // What the page says before the app is there, or when it does not come.
  const still = [...readFileSync(join(top, "public/index.html"), "utf8").replace(/<template.*?<\/template>/s, "").matchAll(/<(p|h[1-3]|li|summary)\b[^>]*>(.*?)<\/\1>/g)];
  screens.set("index.html", still.map(([, , html]) => html.replace(/<[^>]*>/g, "").replaceAll("&amp;", "&")));
  for (const [name, texts] of screens) all.push({ name, kind: "The interface", reader: "patient", texts });
  for (const folder of ["public/instruments", "public/packs"]) {
    for (const file of filesOf(join(top, folder), ".json")) {
      const form = json(join(top, folder, file));
      if (form.resourceType !== "Questionnaire") continue;
      const { ours, theirs } = wordsOfForm(form);
      const name = form.id;
      if (ours.length) all.push({ name, kind: "Our words in questionnaires", reader: "patient", texts: ours });
      if (theirs.length) all.push({ name, kind: "Validated questions", reader: "exempt", texts: theirs, source: form.copyright });
    }
  }
  return all;
}

const EXTENSIONS = "http://hl7.org/fhir/StructureDefinition/";
const OUR_EXTENSIONS = "https://what-matters.example/fhir/StructureDefinition/";
const OUR_COPYRIGHT = /^Questions: What Matters\b/;

/**
 * What a questionnaire says: in ours, and in words that may not be changed. One with somebody's copyright line
 * holds their validated wording; ours in it are its title, why we ask, its help, and the circumstances.
 */
export function wordsOfForm(form) {
  const said = (of) => (of.extension ?? []).filter(({ url }) => url.startsWith(OUR_EXTENSIONS)).map((it) => it.valueString ?? it.valueMarkdown);
  const ours = [form.title, form.purpose, ...said(form)].filter(Boolean);
  const theirs = [];
  const walk = (item, validated) => {
    const extension = (name) => item.extension?.find(({ url }) => url === EXTENSIONS + name);
    if (extension("questionnaire-hidden")?.valueBoolean) return;
    const control = extension("questionnaire-itemControl")?.valueCodeableConcept?.coding?.[0]?.code;
    const isOurs = !validated || control === "help" || item.linkId === "context";
    const texts = [item.text, ...(item.answerOption ?? []).map((option) => option.valueCoding?.display ?? option.valueString)];
    (isOurs ? ours : theirs).push(...texts.filter(Boolean));
    ours.push(...said(item).filter(Boolean));
    for (const child of item.item ?? []) walk(child, !isOurs);
  };
  for (const item of form.item ?? []) walk(item, Boolean(form.copyright) && !OUR_COPYRIGHT.test(form.copyright));
  // The circumstances are in every questionnaire of ours; they are measured once, in their own.
  const isContext = form.id === "context";
  const circumstances = new Set(isContext ? [] : (form.item ?? []).filter(({ linkId }) => linkId === "context").flatMap(all));
  return { ours: ours.filter((text) => !circumstances.has(text)), theirs };
}

const all = (item) => [item.text, ...(item.answerOption ?? []).map((option) => option.valueCoding?.display), ...(item.item ?? []).flatMap(all)];

async function library(folder) {
  const load = (name) => import(pathToFileURL(join(folder, "node_modules", name, "index.js")));
  const [ari, cli, list, formula, flesch, kincaid, fog, smog, syllable] = await Promise.all(
    ["automated-readability", "coleman-liau", "dale-chall", "dale-chall-formula", "flesch", "flesch-kincaid", "gunning-fog", "smog-formula", "syllable"].map(load),
  );
  return {
    automatedReadability: ari.automatedReadability,
    colemanLiau: cli.colemanLiau,
    common: new Set(list.daleChall),
    daleChall: formula.daleChallFormula,
    daleChallGrade: formula.daleChallGradeLevel,
    flesch: flesch.flesch,
    fleschKincaid: kincaid.fleschKincaid,
    gunningFog: fog.gunningFog,
    smog: smog.smogFormula,
    syllable: syllable.syllable,
  };
}

/** Whether the list has the word or what it is made from: Dale and Chall's rules count common endings in. */
export function isCommon(word, common) {
  const bare = word.toLowerCase().replaceAll("’", "'");
  if (/^\d/.test(bare) || common.has(bare)) return true;
  if (bare.includes("-")) return bare.split("-").every((part) => isCommon(part, common));
  const endings = ["'s", "s'", "s", "es", "d", "ed", "ing", "n't", "'t", "'ll", "'re", "'ve", "er", "r", "est", "st", "ly"];
  const without = [
    ...endings.filter((ending) => bare.endsWith(ending)).map((ending) => bare.slice(0, -ending.length)),
    bare.replace(/(ed|ing|er|est)$/, "e"),
    bare.replace(/(.)\1(ed|ing|er|est)$/, "$1"),
    bare.replace(/(ies|ied|ier|iest|ily)$/, "y"),
    // The list is American.
    bare.replace("our", "or"),
    bare.replace(/ise(s|d)?$/, "ize"),
  ];
  return without.some((stem) => stem !== bare && common.has(stem));
}

/** The figures of some texts. */
export function measure(texts, lib) {
  const found = texts.flatMap(sentences);
  const words = found.flatMap(wordsOf);
  const letters = words.join("").replace(/[^\p{L}\d]/gu, "").length;
  const syllables = words.map((word) => (/^\d/.test(word) ? 1 : lib.syllable(word)));
  const long = words.filter((_, at) => syllables[at] >= 3).length;
  const rare = [...new Set(words.filter((word) => !isCommon(word, lib.common)).map((word) => (/^\p{Lu}{2,}/u.test(word) ? word : word.toLowerCase())))].sort();
  const counts = { sentence: found.length, word: words.length, character: letters, letter: letters };
  const grade = {
    kincaid: lib.fleschKincaid({ ...counts, syllable: syllables.reduce((sum, count) => sum + count, 0) }),
    ari: lib.automatedReadability(counts),
    coleman: lib.colemanLiau(counts),
    fog: lib.gunningFog({ ...counts, complexPolysillabicWord: long }),
    smog: lib.smog({ sentence: found.length, polysillabicWord: long }),
  };
  const grades = Object.values(grade);
  const difficult = words.filter((word) => !isCommon(word, lib.common)).length;
  return {
    words: words.length,
    sentences: found.length,
    longest: found.map((sentence) => ({ sentence, length: wordsOf(sentence).length })).reduce((a, b) => (b.length > a.length ? b : a), { sentence: "", length: 0 }),
    ...grade,
    age: grades.reduce((sum, one) => sum + one, 0) / grades.length + 5,
    ease: lib.flesch({ ...counts, syllable: syllables.reduce((sum, count) => sum + count, 0) }),
    daleChall: lib.daleChall({ ...counts, difficultWord: difficult }),
    rare,
  };
}

/** What is over the bar, a sentence each. */
export function faults(all, lib) {
  const found = [];
  const readable = all.filter(({ reader }) => reader !== "exempt");
  for (const { name, kind, reader, texts } of readable) {
    const figures = measure(texts, lib);
    const where = `${kind}, ${name}`;
    if (figures.words >= ENOUGH && figures.age > BARS[reader]) {
      found.push(`${where}: reading age ${figures.age.toFixed(1)}, and ${BARS[reader]} is the oldest for it`);
    }
    for (const text of texts) {
      for (const sentence of sentences(text)) {
        const length = wordsOf(sentence).length;
        if (length > LONGEST) found.push(`${where}: ${length} words in “${sentence}”`);
      }
      for (const [word, instead] of banned(text, reader)) found.push(`${where}: “${word}” in “${text}” (instead: ${instead})`);
    }
  }
  const interfaceTexts = readable.filter(({ kind }) => kind === "The interface").flatMap(({ texts }) => texts);
  if (interfaceTexts.length) {
    const { age } = measure(interfaceTexts, lib);
    if (age > BARS.patient) found.push(`The interface as a whole: reading age ${age.toFixed(1)}, and ${BARS.patient} is the oldest for it`);
  }
  return found;
}

const one = (number) => (Number.isFinite(number) ? number.toFixed(1) : "–");

function table(rows, lib) {
  const lines = [
    "| Page | Words | Sentences | Longest | Flesch–Kincaid | ARI | Coleman–Liau | Fog | SMOG | Reading age | Reading ease | Dale–Chall |",
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
  ];
  for (const { name, texts } of rows) {
    const it = measure(texts, lib);
    const age = it.words >= ENOUGH ? `**${one(it.age)}**` : `(${one(it.age)})`;
    lines.push(
      `| ${name} | ${it.words} | ${it.sentences} | ${it.longest.length} | ${one(it.kincaid)} | ${one(it.ari)} | ${one(it.coleman)} | ${one(it.fog)} | ${one(it.smog)} | ${age} | ${Math.round(it.ease)} | ${one(it.daleChall)} |`,
    );
  }
  return lines.join("\n");
}

/** The whole report, as docs/words.md holds it. */
export function report(all, lib) {
  const of = (kind, reader) => all.filter((row) => row.kind === kind && (!reader || row.reader === reader));
  const interfaceRows = of("The interface");
  const whole = { name: "all of it", texts: interfaceRows.flatMap(({ texts }) => texts) };
  const rare = (rows) => rows.map(({ name, texts }) => `- ${name}: ${measure(texts, lib).rare.join(", ") || "none"}`).join("\n");
  const exempt = of("Validated questions");
  const parts = [
    "# How hard our words are to read",
    "Made by `./dev words --write`; `./dev test` fails when it is not up to date, or over the bar. A formula says\nwhich page to look at first. Whether it is clear, people say.",
    `**The bar.** Reading age at most ${BARS.patient} for patients, ${BARS.easy} for Easy Read, ${BARS.staff} for staff; no sentence over ${LONGEST} words;\nno word of the list in \`.dev/words.mjs\`. Fewer than ${ENOUGH} words are too few for an age: it is in brackets, and they\ncount in their whole.`,
    "**Reading age** is the mean of the five grades, plus 5. They look at syllables, letters, sentences and long\nwords, and err differently, so none is left out. By this measure ONS4, at the end, is close to the 12 that a\nstudy published (Benson 2019, PMC6542444). Reading ease is Flesch’s: more is easier, 70 and above is plain\nEnglish. Dale–Chall is below 5 where ten-year-olds know nearly every word.",
    "## Explanations for patients",
    table(of("Explanations", "patient"), lib),
    "## Easy Read",
    table(of("Easy Read"), lib),
    "## Explanations for staff",
    table(of("Explanations", "staff"), lib),
    "## The interface, by group of words",
    table([...interfaceRows, whole], lib),
    "## Our words in questionnaires",
    "Titles, purposes, help, and questions of our own.",
    table(of("Our words in questionnaires"), lib),
    "## Validated questions: exempt",
    "They may not be reworded, so they are measured and not judged.",
    table(exempt, lib),
    exempt.map(({ name, source }) => `- ${name}: ${source}`).join("\n"),
    "## Words outside the common list",
    "The list is Dale and Chall’s 3,000 words that four in five ten-year-olds in America knew, with common endings.\nNames of things we cannot avoid, such as “social prescribing”, are explained where they first stand.",
    rare([...of("Explanations"), ...of("Easy Read"), whole, ...of("Our words in questionnaires")]),
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

/** The packages, for this script and its tests. */
export const words = () => library(process.env.WHAT_MATTERS_WORD_PACKAGES ?? "");

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const lib = await words();
  const all = everything();
  const text = report(all, lib);
  const found = faults(all, lib);
  if (process.argv[2] === "--write") writeFileSync(REPORT, text);
  else if (process.argv[2] !== "--check") console.log(text);
  else if (!existsSync(REPORT) || readFileSync(REPORT, "utf8") !== text) found.push("docs/words.md is out of date: run ./dev words --write");
  for (const fault of found) console.error(fault);
  console.error(found.length ? `${found.length} over the bar` : "Every page is within the bar");
  process.exit(found.length ? 1 : 0);
}
