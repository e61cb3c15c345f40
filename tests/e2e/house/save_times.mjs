// How long it takes from a keystroke to "Saved on this device", which is said when both stores have it.

import { DIARY } from "./kills.mjs";
import { say } from "./person.mjs";

/** In the page: one edit after another, each timed until the page says that it is saved. */
async function edits({ count, saved }) {
  const box = document.querySelector("textarea");
  const line = document.querySelector(".wm-saved[role=status]");
  const times = [];
  box.focus();
  for (let edit = 1; edit <= count; edit += 1) {
    box.value = `entry ${edit} ${"and on ".repeat(30)}`;
    const began = performance.now();
    const done = new Promise((done) => {
      const watch = new MutationObserver(() => {
        if (line.textContent !== saved) return;
        watch.disconnect();
        done(performance.now() - began);
      });
      watch.observe(line, { childList: true, characterData: true, subtree: true });
    });
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    times.push(await done);
    await new Promise((next) => setTimeout(next, 5));
  }
  return times;
}

/**
 * `{ first, p50, p99, most, count }` in milliseconds, with the CPU slowed down `throttle` times, on a page on which all
 * has come. The first save is told by itself too: the browser compiles the code for it then.
 */
export async function saveTimes(town, { throttle, edits: count }) {
  town.page.replace("/diary.json", { body: DIARY });
  const person = await town.somebody({ allowed: [/./] });
  await person.opens("?questionnaire=diary.json");
  await person.tab.locator("textarea").waitFor();
  await person.tab.waitForLoadState("networkidle");
  const session = await person.tab.context().newCDPSession(person.tab);
  await session.send("Emulation.setCPUThrottlingRate", { rate: throttle });
  const times = await person.tab.evaluate(`(${edits})(${JSON.stringify({ count, saved: say("kept.saved") })})`);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await person.leaves();
  const [first] = times;
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))];
  return { first, p50: at(0.5), p99: at(0.99), most: times.at(-1), count: times.length };
}

/** Such times as one line. */
export function inWords({ first, p50, p99, most, count }) {
  const [median, high, slowest, cold] = [p50, p99, most, first].map((time) => time.toFixed(1));
  return `median ${median} ms, p99 ${high} ms, slowest ${slowest} ms of ${count}, the first ${cold} ms`;
}
