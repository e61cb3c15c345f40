// The measurements as a table: medians, and beside ours how it stands to the floor in the same round.

import { median } from "./visit.mjs";

const whole = (value) => Math.round(value).toLocaleString("en-GB");
const seconds = (value) => `${(value / 1_000).toFixed(2)} s`;
const LINES = [
  { name: "Bytes until then", of: ({ bytes }) => bytes, as: whole },
  { name: "Requests until then", of: ({ requests }) => requests, as: whole },
  { name: "Bytes in all", of: ({ allBytes }) => allBytes, as: whole },
  { name: "First text", of: ({ text }) => text, as: seconds },
  { name: "Question visible", of: ({ visible }) => visible, as: seconds },
  { name: "Question answered", of: ({ answerable }) => answerable, as: seconds },
  { name: "Second question", of: ({ second }) => second, as: seconds },
  { name: "Busy beyond 50 ms", of: ({ blocked }) => blocked, as: (value) => `${whole(value)} ms` },
  { name: "Click to next paint", of: ({ click }) => click, as: (value) => `${whole(value)} ms` },
  { name: "Memory", of: ({ memory }) => memory, as: (value) => `${(value / 1_000_000).toFixed(1)} MB` },
];
const START = "<!-- ./dev bench page --write -->";
const END = "<!-- end -->";

/** The table. `rows` are `{ name, ours, floor }` for each form, what each visit saw in the order of the rounds. */
export function report(rows, { rounds, processors }) {
  const lines = rows.flatMap(({ name, ours, floor }) =>
    LINES.filter(({ of }) => of(ours[0]) !== undefined).map((line) => {
      const [own, least] = [ours, floor].map((seen) => seen.map(line.of));
      const ratio = median(own.map((value, round) => value / least[round]));
      const times = Number.isFinite(ratio) ? ratio.toFixed(2) : "–";
      return `| ${name} | ${line.name} | ${line.as(median(own))} | ${line.as(median(least))} | ${times} |`;
    }),
  );
  const head = `Medians of ${rounds} interleaved rounds in Chromium, on a machine with ${processors} processors.`;
  return [head, "", "| Form | What | Ours | Floor | Times |", "|---|---|--:|--:|--:|", ...lines].join("\n");
}

/** A document with the table in its place. */
export function within(document, table) {
  const [before, rest] = document.split(START);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`The document has no place between "${START}" and "${END}".`);
  return `${before}${START}\n${table}\n${END}${after}`;
}
