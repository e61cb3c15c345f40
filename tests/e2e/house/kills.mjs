// Somebody writes and writes, and the browser, or only the tab, is killed at a moment nobody chose. Whatever
// the page had called saved by then must be there when it is opened again.

import { readdirSync, readFileSync } from "node:fs";
import { forget, newProfile, startBrowser } from "./browser.mjs";
import { say } from "./person.mjs";

/** One question that takes words. */
export const DIARY = {
  resourceType: "Questionnaire",
  url: "https://elsewhere.example/Questionnaire/diary",
  version: "1",
  status: "active",
  title: "A diary",
  item: [{ linkId: "entry", type: "text", text: "What did you do today?" }],
};

/** How many kills one profile lives through before a new one begins. */
const LIVES = 25;

/** Small, fast and the same everywhere: mulberry32. */
export function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** In the page: writes entry after entry, and tells each time the page says that all of it is saved. */
function writesOn({ from, saved }) {
  const box = document.querySelector("textarea");
  const line = [...document.querySelectorAll("[role=status]")].find((line) => line.matches(".wm-saved"));
  let entry = from;
  let told = from;
  new MutationObserver(() => {
    if (line.textContent !== saved || told === entry) return;
    told = entry;
    window.tellSaved(entry);
  }).observe(line, { childList: true, characterData: true, subtree: true });
  const write = () => {
    entry += 1;
    box.value = `entry ${entry} ${"and on ".repeat(entry % 40)}`;
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    setTimeout(write, (entry * 7) % 60);
  };
  box.focus();
  write();
}

const numberIn = (words) => Number(/^entry (\d+) /.exec(words)?.[1] ?? 0);

/** A new tab, also where the browser first hands out a process that it does not know to be killed yet. */
async function newTab(context) {
  for (let left = 5; ; left -= 1) {
    try {
      return await context.newPage();
    } catch (error) {
      if (!left || !/crashed/.test(error.message)) throw error;
    }
  }
}

async function opensDiary(context, address) {
  const tab = await newTab(context);
  await tab.goto(`${address}?questionnaire=diary.json`);
  const box = tab.locator("textarea");
  await box.waitFor({ timeout: 15_000 });
  return { tab, entry: numberIn(await box.inputValue()) };
}

/** The renderers of a browser this process started: those of its process group. */
function renderersOf(leader) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const group = Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ")[2]);
        return group === leader && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=renderer");
      } catch {
        return false;
      }
    });
}

/**
 * Kills `times` times; `victim` is "browser" or "renderer". Gives how many entries were called saved and each
 * kill that lost one: `{ kills, called, lost: [{ kill, called, found }] }`.
 */
export async function kills(town, { times, victim, seed = 1, prepare, onKill = () => {} }) {
  town.page.replace("/diary.json", { body: DIARY });
  const roll = dice(seed);
  const result = { kills: 0, called: 0, lost: [] };
  let profile;
  let browser;
  let called = 0;
  const check = async (context) => {
    const { tab, entry } = await opensDiary(context, town.page.address);
    if (entry < called) result.lost.push({ kill: result.kills, called, found: entry });
    return { tab, entry };
  };
  const start = async () => {
    browser = await startBrowser({ profile });
    await prepare?.(browser.context);
  };
  try {
    for (let kill = 1; kill <= times; kill += 1) {
      if ((kill - 1) % LIVES === 0) {
        await browser?.close();
        if (profile) forget(profile);
        profile = newProfile();
        called = 0;
        browser = undefined;
      }
      if (!browser) await start();
      const { tab, entry } = await check(browser.context);
      called = entry;
      let first = entry;
      await tab.exposeFunction("tellSaved", (entry) => {
        result.called += entry - first;
        first = entry;
        called = entry;
      });
      await tab.evaluate(`(${writesOn})(${JSON.stringify({ from: entry, saved: say("kept.saved") })})`);
      await new Promise((done) => setTimeout(done, 150 + roll() * 2_500));
      result.kills = kill;
      onKill(result);
      if (victim === "browser") {
        await browser.kill();
        browser = undefined;
      } else {
        for (const pid of renderersOf(browser.pid)) process.kill(pid, "SIGKILL");
        await tab.close().catch(() => {});
      }
    }
    if (!browser) await start();
    await check(browser.context);
  } finally {
    await browser?.close();
    if (profile) forget(profile);
  }
  return result;
}
