// Chromium as people have it. Playwright starts browsers with third-party storage partitioning and other
// protections switched off, so this starts it and lets Playwright only talk to it.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, setting } from "./packages.mjs";

const SWITCHES = [
  "--headless=new",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--remote-debugging-port=0",
];

/** A new, empty profile folder; the caller deletes it with `forget`. */
export function newProfile() {
  return mkdtempSync(join(tmpdir(), "what-matters-profile-"));
}

export function forget(profile) {
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

function address(child) {
  return new Promise((found, failed) => {
    let said = "";
    const late = setTimeout(() => failed(new Error(`Chromium did not start within 60 s: ${said}`)), 60_000);
    child.stderr.on("data", (chunk) => {
      said += chunk;
      const match = /DevTools listening on (ws:\S+)/.exec(said);
      if (match) {
        clearTimeout(late);
        found(match[1]);
      }
    });
    child.once("exit", (code) => failed(new Error(`Chromium stopped with ${code}: ${said}`)));
  });
}

/**
 * Starts Chromium on `profile` (its own temporary one if none is given).
 * `browser.context` is the profile's own, which keeps its storage; `browser.visitor()` is a private window.
 */
export async function startBrowser({ profile, switches = [] } = {}) {
  const own = profile ?? newProfile();
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const child = spawn(setting("WHAT_MATTERS_CHROMIUM"), [...SWITCHES, ...root, ...switches, `--user-data-dir=${own}`, "about:blank"], {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  const gone = new Promise((done) => child.once("exit", done));
  const talk = await chromium.connectOverCDP(await address(child));

  return {
    context: talk.contexts()[0],
    /** The leader of its process group. */
    pid: child.pid,
    visitor: (options = {}) => talk.newContext({ viewport: { width: 360, height: 740 }, locale: "en-GB", ...options }),
    /** The whole browser gone at once, as when a battery dies. */
    async kill() {
      process.kill(-child.pid, "SIGKILL");
      await gone;
      await talk.close().catch(() => {});
    },
    async close() {
      // A browser that was closed before is not asked again.
      if (talk.isConnected()) await (await talk.newBrowserCDPSession()).send("Browser.close").catch(() => {});
      await Promise.race([gone, new Promise((late) => setTimeout(late, 5_000))]);
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGKILL");
      await talk.close().catch(() => {});
      if (!profile) forget(own);
    },
  };
}
