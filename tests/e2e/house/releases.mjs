// A second release of the page: the one that was built, with changes, as a host would put it in its place.

import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listRelease } from "../../../.dev/offline.mjs";
import { dist } from "./page_server.mjs";

const SOURCE = fileURLToPath(new URL("../../../public/offline.js", import.meta.url));

function plainCopy(changes) {
  const folder = mkdtempSync(join(tmpdir(), "what-matters-release-"));
  cpSync(dist(), folder, { recursive: true, filter: (name) => !/\.(br|gz)$/.test(name) });
  for (const [name, change] of Object.entries(changes)) {
    const path = join(folder, name);
    writeFileSync(path, change(readFileSync(path, "utf8")));
  }
  return folder;
}

/**
 * The built release with another style sheet, and so another page, and with `changes`: from a file's path to what
 * becomes of its text. `forget()` deletes it.
 */
export function anotherRelease(changes = {}) {
  const folder = plainCopy(changes);
  const style = readdirSync(folder).find((name) => /^what-matters-[0-9a-f]{16}\.css$/.test(name));
  const bytes = Buffer.concat([readFileSync(join(folder, style)), Buffer.from("\n.wm-of-another-release{color:inherit}\n")]);
  const hash = (algorithm) => createHash(algorithm).update(bytes);
  const name = `what-matters-${hash("sha256").digest("hex").slice(0, 16)}.css`;
  renameSync(join(folder, style), join(folder, name));
  writeFileSync(join(folder, name), bytes);
  const pages = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".html"));
  for (const page of pages.map((path) => join(folder, path))) {
    const html = readFileSync(page, "utf8").replace(
      new RegExp(`(href="(?:\\.\\./)*)${style}" integrity="[^"]*"`),
      (_, before) => `${before}${name}" integrity="sha384-${hash("sha384").digest("base64")}"`,
    );
    writeFileSync(page, html);
  }
  writeFileSync(join(folder, "offline.js"), listRelease(folder, readFileSync(SOURCE, "utf8")));
  return { folder, style: name, forget: () => rmSync(folder, { recursive: true, force: true }) };
}
