// Where LHC-Forms and we are known to differ. Each has its section in docs/second_opinion.md, with what the
// standard says; each matches as little as it can, so that anything else is news.

import { answersOf, itemsOf } from "./opinions.mjs";

const ORDER = {
  ">": (order) => order > 0,
  "<": (order) => order < 0,
  ">=": (order) => order >= 0,
  "<=": (order) => order <= 0,
};
const WORDS = ["string", "text"];
const MOMENTS = ["date", "dateTime", "time"];

/** What a value is compared by; what has no order is compared by its text. */
function key(name, value) {
  if (name === "Quantity") return value.value;
  if (name === "Coding") return `${value.system ?? ""}|${value.code}`;
  if (name === "DateTime" && value.includes("T")) return Date.parse(value);
  return value;
}

const valueOf = (element, start) => {
  const [name, value] = Object.entries(element).find(([name]) => name.startsWith(start));
  return key(name.slice(start.length), value);
};

/** Whether answers meet a condition: one that compares so is enough, and none is equal for `!=`. */
function met(condition, answers) {
  if (condition.operator === "exists") return answers.length > 0 === condition.answerBoolean;
  const wanted = valueOf(condition, "answer");
  if (condition.operator === "!=") return !answers.includes(wanted);
  if (condition.operator === "=") return answers.includes(wanted);
  return answers.some((answer) => ORDER[condition.operator](answer < wanted ? -1 : Number(answer > wanted)));
}

const has = (item, extension) => (item.extension ?? []).some(({ url }) => url.endsWith(`/${extension}`));
const options = ({ answerOption = [] }) => answerOption;
const starts = (item) => Boolean(item.initial) || options(item).some(({ initialSelected }) => initialSelected);
const isTicked = (item) => ["choice", "open-choice"].includes(item.type) && item.repeats;

/** One filled-in form both judged, with what the known disagreements ask about it. */
class Case {
  constructor({ questionnaire, response, ours }) {
    Object.assign(this, { ours, response, items: itemsOf(questionnaire) });
    this.typed = answersOf(response);
    this.given = answersOf(ours.response);
  }

  values(linkId) {
    return this.given.filter((answer) => answer.linkId === linkId).map(({ name, value }) => key(name.slice("value".length), value));
  }

  around(linkId) {
    const above = this.items.get(linkId)?.above;
    return above === undefined ? [] : [above, ...this.around(above)];
  }

  /** The conditions of an item whose question is of these types, each with the answers of that question. */
  conditions(linkId, types) {
    const conditions = this.items.get(linkId).enableWhen ?? [];
    return conditions
      .map((condition) => ({ condition, source: this.items.get(condition.question), answers: this.values(condition.question) }))
      .filter(({ source }) => !types || types.includes(source.type));
  }

  /** Whether a condition holds; where its question is in a repeated group, whether it does in some copy. */
  holds({ condition, answers }) {
    const isCopied = this.around(condition.question).some((above) => this.items.get(above).repeats);
    return isCopied ? answers.some((answer) => met(condition, [answer])) : met(condition, answers);
  }

  holdsAnswers(group) {
    return this.given.some(({ linkId }) => this.around(linkId).includes(group));
  }
}

/** Every item of a response, or of an element of one, however deep. */
function everyItem({ item = [], answer = [] }) {
  return [...answer.flatMap(everyItem), ...item.flatMap((below) => [below, ...everyItem(below)])];
}

const onlyWeAsk = ({ about, ours }) => about === "asked" && ours;
const onlyTheyGive = ({ about, ours, theirs }) => about === "answers" && ours.length === 0 && theirs.length > 0;
const onlyWeGive = ({ about, ours, theirs }) => about === "answers" && ours.length > 0 && theirs.length === 0;

export const KNOWN = [
  {
    name: "Conditions on dates and times",
    holds: (difference, it) =>
      onlyWeAsk(difference) &&
      it.conditions(difference.linkId, MOMENTS).some((looked) => {
        return looked.condition.operator !== "exists" && looked.answers.length > 0 && it.holds(looked);
      }),
  },
  {
    name: "Conditions on the order of words",
    holds: (difference, it) =>
      onlyWeAsk(difference) &&
      it.conditions(difference.linkId, WORDS).some((looked) => looked.condition.operator in ORDER && it.holds(looked)),
  },
  {
    name: "Conditions on several answers",
    holds: ({ about, linkId, ours }, it) =>
      about === "asked" &&
      it.conditions(linkId).some(({ condition, source, answers }) => {
        if (!source.repeats || answers.length < 2 || met(condition, answers) !== ours) return false;
        return answers.some((answer) => met(condition, [answer]) !== ours);
      }),
  },
  {
    name: "A question later in the same copy",
    holds: ({ about, linkId }, it) => {
      const order = [...it.items.keys()];
      const copied = it.around(linkId).filter((above) => it.items.get(above).repeats);
      return about === "asked" && it.conditions(linkId).some(({ condition: { question } }) => {
        return order.indexOf(question) > order.indexOf(linkId) && it.around(question).some((above) => copied.includes(above));
      });
    },
  },
  {
    name: "A required group with an answer in it",
    holds: ({ about, linkId, ours }, it) => about === "wanted" && !ours && it.items.get(linkId).type === "group" && it.holdsAnswers(linkId),
  },
  {
    name: "Copies of a group left empty",
    holds: ({ about, linkId, ours }, it) => {
      const copied = it.around(linkId).filter((above) => it.items.get(above).repeats);
      const copies = (response, group) => everyItem(response).filter((item) => item.linkId === group).length;
      return about === "wanted" && !ours && copied.some((group) => copies(it.response, group) > copies(it.ours.response, group));
    },
  },
  {
    name: "Questions under a list of ticks",
    holds: (difference, it) => {
      const note = `${difference.linkId}: a second item for one question`;
      return onlyTheyGive(difference) && it.around(difference.linkId).some((above) => isTicked(it.items.get(above))) && it.ours.notes.some((found) => found.startsWith(note));
    },
  },
  {
    name: "Options that are not codes",
    holds: (difference, it) => {
      const isOther = (item) => options(item).some((option) => !option.valueCoding);
      const looked = it.conditions(difference.linkId).filter(({ source }) => isOther(source));
      return (onlyWeGive(difference) && isOther(it.items.get(difference.linkId))) || (onlyWeAsk(difference) && looked.some((condition) => it.holds(condition)));
    },
  },
  {
    name: "Addresses",
    holds: (difference, it) => onlyWeGive(difference) && it.items.get(difference.linkId).type === "url",
  },
  {
    name: "Exclusive options",
    holds: (difference, it) => {
      return onlyTheyGive(difference) && options(it.items.get(difference.linkId)).some((option) => has(option, "questionnaire-optionExclusive"));
    },
  },
  {
    name: "Initial values",
    holds: (difference, it) => {
      const isOf = ({ linkId }) => linkId === difference.linkId;
      return onlyWeGive(difference) && starts(it.items.get(difference.linkId)) && it.typed.filter(isOf).length < it.given.filter(isOf).length;
    },
  },
  {
    name: "Helps and other words of an item",
    holds: (difference, it) => {
      const item = it.items.get(difference.linkId);
      return onlyWeAsk(difference) && item.type === "display" && has(item, "questionnaire-itemControl");
    },
  },
  {
    name: "Answers before what opens them",
    holds: (difference, it) => {
      const { about, linkId, ours, theirs } = difference;
      const isKept = about === "answers" && theirs.length > 0 && (ours.length === 0 || starts(it.items.get(linkId)));
      const isDropped = it.ours.notes.some((note) => note.startsWith(`${linkId}: it is not asked;`));
      return isDropped && it.ours.asked.includes(linkId) && (isKept || (about === "wanted" && ours));
    },
  },
];

/** What LHC-Forms says of responses it cannot take, and what such a response has. */
const FAILURES = [
  {
    name: "Questions under several answers",
    says: /item\.answer\.item with item\.answer\.length > 1 is not yet supported/,
    has: ({ answer = [] }) => answer.length > 1 && answer.some(({ item }) => item),
  },
];

/** Whether a failure of LHC-Forms on a response is one that is known. */
export function isKnownFailure(error, response) {
  return FAILURES.some(({ says, has }) => says.test(error) && everyItem(response).some(has));
}

/**
 * The names of the known disagreements behind the differences, and the differences nothing explains. What
 * follows from an explained difference is explained: an item inside one not asked, an item whose condition
 * looks at one that differs, the answers of an item that one side does not ask.
 */
export function explain(found) {
  const it = new Case(found);
  const names = new Set();
  const roots = found.differences.filter((difference) => {
    const known = KNOWN.find(({ holds }) => holds(difference, it));
    if (known) names.add(known.name);
    return known;
  });
  const explained = new Set(roots);
  const isExplained = (about, linkId) => [...explained].some((difference) => difference.about === about && difference.linkId === linkId);
  const follows = ({ about, linkId }) => {
    if ([linkId, ...it.around(linkId)].some((around) => (around !== linkId || about !== "asked") && isExplained("asked", around))) return true;
    const questions = it.conditions(linkId).map(({ condition }) => condition.question);
    return about === "asked" && questions.some((question) => isExplained("asked", question) || isExplained("answers", question));
  };
  for (let before = -1; before < explained.size; ) {
    before = explained.size;
    for (const difference of found.differences) if (follows(difference)) explained.add(difference);
  }
  return { names: [...names], news: found.differences.filter((difference) => !explained.has(difference)) };
}
