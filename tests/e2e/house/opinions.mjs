// Where two opinions of one filled-in form differ.

/** A value as text, by type; words for display and the order of keys do not count. */
function spoken(name, value) {
  if (name === "valueCoding") return value.code ? `${value.system ?? ""}|${value.code}` : `"${value.display}"`;
  if (name === "valueQuantity") return `${value.value} ${value.code ? `${value.system ?? ""}|${value.code}` : (value.unit ?? "")}`;
  if (name === "valueDateTime" && value.includes("T")) return new Date(value).toISOString();
  return String(value);
}

/** Every answer as `linkId of each item around it/linkId = type value`, in order of the alphabet. */
export function answersOf(response) {
  const found = [];
  const level = (items = [], path) => {
    for (const { linkId, answer = [], item } of items) {
      const here = [...path, linkId];
      for (const { item: below, ...rest } of answer) {
        const [name] = Object.keys(rest).filter((key) => key.startsWith("value"));
        if (name) found.push({ linkId, name, value: rest[name], words: `${here.join("/")} = ${name.slice("value".length)} ${spoken(name, rest[name])}` });
        level(below, here);
      }
      level(item, here);
    }
  };
  level(response.item, []);
  return found.sort((one, other) => (one.words < other.words ? -1 : Number(one.words > other.words)));
}

/** What the first list has and the second has not, counting. */
function beyond(list, other) {
  const left = [...other];
  return list.filter((entry) => {
    const at = left.indexOf(entry);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Every item of a questionnaire by its link id, each with the one it stands under. */
export function itemsOf(questionnaire) {
  const items = new Map();
  const level = (list = [], above) => {
    for (const item of list) {
      items.set(item.linkId, { ...item, above });
      level(item.item, item.linkId);
    }
  };
  level(questionnaire.item, undefined);
  return items;
}

/** `{ about, linkId, ours, theirs }` for each item the two differ on: what is asked, wanted, answered. */
export function differences(questionnaire, ours, theirs) {
  const found = [];
  for (const linkId of itemsOf(questionnaire).keys()) {
    for (const about of ["asked", "wanted"]) {
      const [mine, yours] = [ours, theirs].map((opinion) => opinion[about].includes(linkId));
      if (mine !== yours) found.push({ about, linkId, ours: mine, theirs: yours });
    }
  }
  const [mine, yours] = [ours, theirs].map(({ response }) => answersOf(response));
  for (const linkId of new Set([...mine, ...yours].map((answer) => answer.linkId))) {
    const [here, there] = [mine, yours].map((list) => list.filter((answer) => answer.linkId === linkId).map(({ words }) => words));
    const [extra, missing] = [beyond(here, there), beyond(there, here)];
    if (extra.length + missing.length > 0) found.push({ about: "answers", linkId, ours: extra, theirs: missing });
  }
  return found;
}
