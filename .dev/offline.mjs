// Tells the service worker (public/offline.js) which files belong to a release.
//
//   shell   what every visit without a network needs: the first page and all that its files name, the help pages,
//           the measures of our own site, the explanations in English
//   more    the words and explanations of other languages, kept where a practice offers them
//
// Nothing else is ever kept but what a practice's configuration names: not the set-up page, not files for staff.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

export const OFFLINE = "offline.js";
const UNLISTED = /const release = \{[^}]*\};/;
const HASHED = /[\w.-]+-[0-9a-f]{16}\.[a-z0-9]+/g;

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** The files with digests in their names that `names` lead to: named in them, or in one that is. */
function ledTo(folder, names, there) {
  const found = new Set();
  const look = (name) => {
    if (!/\.(html|js|css)$/.test(name)) return;
    for (const [next] of readFileSync(join(folder, name), "utf8").matchAll(HASHED)) {
      if (found.has(next) || !there.has(next)) continue;
      found.add(next);
      look(next);
    }
  };
  names.forEach(look);
  return [...found].sort();
}

/** The lists of the release in `folder`. A folder's own page is listed as the folder. */
export function listsOf(folder) {
  const files = filesBelow(folder);
  const pages = files.filter((name) => name === "index.html" || /^about\/.*\.html$/.test(name));
  const plain = files.filter((name) => /^(instruments\/.*\.json|content\/en-GB\/.*\.txt|icon\.svg|manifest\.webmanifest)$/.test(name));
  const more = files.filter((name) => /^(words|content)\//.test(name) && !/^(words|content)\/en-GB[./]/.test(name));
  const addresses = pages.map((name) => name.replace(/(^|\/)index\.html$/, "$1") || "./");
  return { shell: [...addresses, ...plain, ...ledTo(folder, pages, new Set(files))], more };
}

/** The worker's source with the release of `folder` put into it, under a name that changes with any byte of it. */
export function listRelease(folder, source) {
  if (!UNLISTED.test(source)) throw new Error(`${OFFLINE} has no place for the list of the release`);
  const { shell, more } = listsOf(folder);
  const sum = createHash("sha256").update(source);
  for (const name of [...shell, ...more]) {
    sum.update(name).update(readFileSync(join(folder, /(^|\/)$/.test(name) ? `${name}index.html` : name)));
  }
  const release = { name: sum.digest("hex").slice(0, 16), shell, more };
  return source.replace(UNLISTED, () => `const release = ${JSON.stringify(release)};`);
}
