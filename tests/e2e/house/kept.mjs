// What lies on a device, held to the table of docs/safety/privacy.md.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dist } from "./page_server.mjs";

const privacy = readFileSync(new URL("../../../docs/safety/privacy.md", import.meta.url), "utf8");

/** The keys that may be there, as patterns: `<key>` is a whole path, any other `<name>` one part of it. */
const DOCUMENTED = [...privacy.matchAll(/^\| `(wm\/[^`]+)`/gm)].map(([, key]) => {
  const parts = key.split(/(<[^>]+>)/).map((part) => {
    if (part === "<key>") return ".+";
    return part.startsWith("<") ? "[^/]+" : part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`);
});

/** The names of everything kept for this site, wherever a page can keep things. Nothing where it may not look. */
export function namesOnTheDevice(tab) {
  return tab.evaluate(async () => {
    const names = { local: [], session: [], databases: [], records: [], caches: [], cookie: "" };
    const look = async (at) => {
      try {
        await at();
      } catch {
        // Refused, broken or gone: then there is nothing of it to name.
      }
    };
    await look(() => names.local.push(...Object.keys({ ...localStorage })));
    await look(() => names.session.push(...Object.keys({ ...sessionStorage })));
    await look(async () => names.caches.push(...(await caches.keys())));
    await look(() => (names.cookie = document.cookie));
    await look(async () => {
      for (const { name } of await indexedDB.databases()) {
        const database = await new Promise((done, failed) => {
          const asked = indexedDB.open(name);
          asked.onsuccess = () => done(asked.result);
          asked.onerror = () => failed(asked.error);
        });
        for (const store of database.objectStoreNames) {
          names.databases.push(`${name}/${store}`);
          const keys = await new Promise((done, failed) => {
            const asked = database.transaction(store).objectStore(store).getAllKeys();
            asked.onsuccess = () => done(asked.result);
            asked.onerror = () => failed(asked.error);
          });
          names.records.push(...keys.map(String));
        }
        database.close();
      }
    });
    return names;
  });
}

/** The keys among these that the table does not have. */
export function undocumented(keys) {
  return keys.filter((key) => !DOCUMENTED.some((pattern) => pattern.test(key)));
}

/** Everything of ours on the device is in the table. Other people's keys are their own affair. */
export async function assertDocumented(tab) {
  const { local, records } = await namesOnTheDevice(tab);
  const ours = [...local, ...records].filter((key) => key.startsWith("wm/"));
  assert.deepEqual(undocumented(ours), [], "keys that docs/safety/privacy.md does not have");
}

/** What the service worker keeps: `{ cache, url, text }` of each file. */
export function keptFiles(tab) {
  return tab.evaluate(async () => {
    const found = [];
    for (const cache of await caches.keys()) {
      const files = await caches.open(cache);
      for (const request of await files.keys()) {
        // The worker forgets closed windows meanwhile.
        const file = await files.match(request);
        if (!file) continue;
        const text = await file.text();
        found.push({ cache, url: request.url, text: text.length < 1e5 ? text : "" });
      }
    }
    return found;
  });
}

/** It keeps the files of the site, a page's origin ("network" or "kept"), and nothing else. */
export async function assertKeptFilesAreOurs(tab) {
  const scope = new URL("./", tab.url()).href;
  for (const { cache, url, text } of await keptFiles(tab)) {
    assert.match(cache, new RegExp(`^what-matters ${scope} [0-9a-f]{16}$`));
    const path = url.slice(scope.length);
    if (path.startsWith(".client/")) assert.match(text, /^(network|kept)$/);
    else assert.ok(url.startsWith(scope) && existsSync(join(dist(), path || "index.html")), `${url} is kept`);
  }
}
