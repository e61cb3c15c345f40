// Questionnaires and responses made by chance from a seed: the same seed always makes the same ones.

const EXTENSION = "http://hl7.org/fhir/StructureDefinition/";
const KG = { system: "http://unitsofmeasure.org", code: "kg" };
const CODES = ["a", "b", "c"].map((code) => ({ system: "urn:test:codes", code, display: `Word ${code}` }));

/** What each type is answered with: FHIR's name of the value, and values close to one another. */
export const VALUES = {
  boolean: ["Boolean", [true, false]],
  integer: ["Integer", [-1, 0, 1, 2, 5]],
  decimal: ["Decimal", [0.5, 1, 1.5, 2.25]],
  string: ["String", ["a", "b", "Leeds"]],
  text: ["String", ["a", "two words", "b"]],
  date: ["Date", ["2025-01-31", "2026-03-01", "2026-03-02"]],
  dateTime: ["DateTime", ["2026-03-01T12:00:00Z", "2026-03-01T12:00:00+01:00", "2026-03-02T12:00:00Z"]],
  time: ["Time", ["09:00:00", "09:30:00", "17:30:00"]],
  choice: ["Coding", CODES],
  quantity: ["Quantity", [1, 2, 70].map((value) => ({ value, unit: "kg", ...KG }))],
};
const ORDERED = ["integer", "decimal", "string", "text", "date", "dateTime", "time", "quantity"];
const EQUALITY = ["=", "!="];
const ORDER = [">", "<", ">=", "<="];

/** Numbers by chance from a seed (mulberry32). */
export class Chance {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  is(likelihood) {
    return this.next() < likelihood;
  }

  below(limit) {
    return Math.floor(this.next() * limit);
  }

  of(list) {
    return list[this.below(list.length)];
  }

  some(list, count) {
    const left = [...list];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(this.below(left.length), 1)[0]);
  }
}

/** A condition on an earlier question: every operator its type has, against every value it may take. */
function condition(chance, { linkId, type }) {
  const operator = chance.of(["exists", ...EQUALITY, ...(ORDERED.includes(type) ? ORDER : [])]);
  if (operator === "exists") return { question: linkId, operator, answerBoolean: chance.is(0.5) };
  const [name, values] = VALUES[type];
  return { question: linkId, operator, [`answer${name}`]: chance.of(values) };
}

/** A Questionnaire of some three to twenty items, nested at most four deep, conditions looking back. */
export function form(chance) {
  const earlier = [];
  let count = 0;
  const level = (depth, copies) => {
    const item = { linkId: `q${(count += 1)}` };
    item.type = depth < 3 && chance.is(0.25) ? "group" : chance.is(0.05) ? "display" : chance.of(Object.keys(VALUES));
    item.text = `Question ${item.linkId}`;
    // A condition looks at a question of the same copy, or outside all copies.
    const seen = earlier.filter((question) => question.copies.every((copy) => copies.includes(copy)));
    if (seen.length > 0 && chance.is(0.55)) {
      item.enableWhen = chance.some(seen, chance.of([1, 1, 2, 3])).map((question) => condition(chance, question));
      if (item.enableWhen.length > 1) item.enableBehavior = chance.of(["all", "any"]);
    }
    if (item.type === "display") return item;
    if (chance.is(0.3)) item.required = true;
    if (chance.is(0.1) && item.type !== "boolean") item.repeats = true;
    if (item.type === "choice") item.answerOption = CODES.map((valueCoding) => ({ valueCoding }));
    if (item.type === "quantity") item.extension = [{ url: `${EXTENSION}questionnaire-unitOption`, valueCoding: { ...KG, display: "kg" } }];
    if (item.type === "choice" && item.repeats) {
      const coding = [{ system: "http://hl7.org/fhir/questionnaire-item-control", code: "check-box" }];
      item.extension = [{ url: `${EXTENSION}questionnaire-itemControl`, valueCodeableConcept: { coding } }];
    }
    const inside = item.repeats ? [...copies, item.linkId] : copies;
    if (item.type !== "group") earlier.push({ linkId: item.linkId, type: item.type, copies });
    // LHC-Forms fails on some responses with questions under several answers of one question.
    const takesItems = depth < 3 && !item.repeats;
    const below = item.type === "group" ? 1 + chance.below(4) : takesItems && chance.is(0.15) ? 1 + chance.below(2) : 0;
    if (below > 0) item.item = Array.from({ length: below }, () => level(depth + 1, inside));
    return item;
  };
  const item = Array.from({ length: 2 + chance.below(5) }, () => level(0, []));
  return { resourceType: "Questionnaire", url: "https://example.org/made", version: "1", status: "active", title: "A made form", item };
}

/** What a question may be answered with: its own options, what its conditions compare with, or the type's. */
function answers(item, compared) {
  const values = (element, start) => Object.entries(element).filter(([name]) => name.startsWith(start)).map(([name, value]) => [name.slice(start.length), value]);
  if (item.answerOption) return item.answerOption.flatMap((option) => values(option, "value"));
  if (item.type === "choice" || item.type === "open-choice") return [["String", "own words"]];
  if (item.type === "url") return [["Uri", "https://example.org/"]];
  const [name, usual] = VALUES[item.type] ?? [];
  const all = [...(compared.get(item.linkId) ?? []), ...(usual ?? []).map((value) => [name, value])];
  return all.filter((one, at) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === at);
}

/** Typed answers to about three quarters of the questions, whether they will be asked or not. */
export function response(chance, questionnaire) {
  const compared = new Map();
  const look = ({ type, linkId, enableWhen = [], item = [] }) => {
    for (const { question, operator, ...rest } of enableWhen) {
      const [name, value] = Object.entries(rest).find(([key]) => key.startsWith("answer")) ?? [];
      if (name && operator !== "exists") compared.set(question, [...(compared.get(question) ?? []), [name.slice("answer".length), value]]);
    }
    item.forEach(look);
  };
  look(questionnaire);
  const level = (items = []) => items.flatMap((item) => {
    const { linkId } = item;
    const copies = item.repeats ? 1 + chance.below(3) : 1;
    if (item.type === "display" || item.readOnly) return [];
    if (item.type === "group") {
      const groups = Array.from({ length: copies }, () => level(item.item));
      return groups.map((below) => ({ linkId, ...(below.length > 0 && { item: below }) }));
    }
    if (!chance.is(0.75)) return [];
    const given = chance.some(answers(item, compared), copies).map(([name, value]) => {
      const below = level(item.item);
      return { [`value${name}`]: value, ...(below.length > 0 && { item: below }) };
    });
    return given.length > 0 ? [{ linkId, answer: given }] : [];
  });
  const item = level(questionnaire.item);
  return {
    resourceType: "QuestionnaireResponse",
    questionnaire: questionnaire.url,
    status: "completed",
    authored: "2026-11-22T10:00:00Z",
    ...(item.length > 0 && { item }),
  };
}
