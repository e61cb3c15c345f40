// What takes too long for every run: a browser killed 500 times while somebody writes, its tab as often, and how
// long a save takes on a slow device. Prints a line each, as docs/scoreboard.md has them.
//
//   ./dev torture [KILLS]
//   node tests/e2e/torture.mjs KILLS [R2 | R3]      one row alone, with the settings ./dev gives

import { writeSync } from "node:fs";
import { kills } from "./house/kills.mjs";
import { inWords, saveTimes } from "./house/save_times.mjs";
import { startTown } from "./house/visit.mjs";

const times = Number(process.argv[2] ?? 500);
const say = (line) => writeSync(1, `${line}\n`);
/** The upper bound, with 95 % confidence, of a rate that showed itself `failures` times in `trials` (Poisson). */
const bound = (failures, trials) => {
  // Half the 95 % quantile of chi-square with 2(f + 1) degrees of freedom, for the few that may be met here.
  const upper = [2.996, 4.744, 6.296, 7.754, 9.154][failures] ?? failures + 1.645 * Math.sqrt(failures) + 3;
  return `${((100 * upper) / trials).toFixed(2)} %`;
};

const town = await startTown();
let failed = 0;
try {
  const saves = await saveTimes(town, { throttle: 6, edits: 400 });
  say(`P1  a save at 6 × CPU throttle, both stores: ${inWords(saves)}`);
  for (const [row, victim] of [["R2", "browser"], ["R3", "renderer"]]) {
    if (process.argv[3] && process.argv[3] !== row) continue;
    const onKill = ({ kills, called, lost }) => kills % 50 === 0 && say(`    ${kills} of ${times}: ${called} entries called saved, ${lost.length} kills lost one`);
    const { kills: done, called, lost } = await kills(town, { times, victim, seed: 500, onKill });
    say(`${row}  ${victim} killed ${done} times, ${called} entries called saved, ${lost.length} kills that lost one (95 %: at most ${bound(lost.length, done)} of kills)`);
    for (const { kill, called, found } of lost) say(`    kill ${kill}: ${called} was called saved, ${found} was found`);
    failed += lost.length;
  }
} finally {
  await town.close();
}
process.exit(failed === 0 ? 0 : 1);
