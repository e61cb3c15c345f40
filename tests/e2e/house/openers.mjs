// Opens sealed responses as services are shown to in docs/service.md: the very words of the document, with the
// JOSE libraries it names (jose for JavaScript, jwcrypto for Python). Neither shares code with ours.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { nodeModules, setting } from "./packages.mjs";

const SHOWN = readFileSync(fileURLToPath(new URL("../../../docs/service.md", import.meta.url)), "utf8");

/** The one block of docs/service.md in a language. */
function block(language) {
  const blocks = [...SHOWN.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))];
  assert.equal(blocks.length, 1, `docs/service.md has one block of ${language}`);
  return blocks[0][1];
}

const PYTHON = `
import json, sys
from opening import open_sealed
asked = json.load(sys.stdin)
said = []
for sealed in asked["sealed"]:
    try:
        said.append({"response": open_sealed(sealed, asked["keys"])})
    except Exception as problem:
        said.append({"error": type(problem).__name__})
print(json.dumps(said))
`;

/** Each opener takes sealed texts and private keys, and gives `{ response }` or `{ error }` for each. */
export async function startOpeners() {
  const folder = mkdtempSync(join(tmpdir(), "what-matters-opening-"));
  symlinkSync(nodeModules(), join(folder, "node_modules"));
  writeFileSync(join(folder, "opening.mjs"), block("js"));
  writeFileSync(join(folder, "opening.py"), block("python"));
  const { open } = await import(pathToFileURL(join(folder, "opening.mjs")));
  return {
    openers: {
      JavaScript: (sealed, keys) =>
        Promise.all(sealed.map((one) => open(one, keys).then((response) => ({ response }), (problem) => ({ error: problem.code ?? problem.name })))),
      async Python(sealed, keys) {
        const options = { input: JSON.stringify({ sealed, keys }), encoding: "utf8", cwd: folder, maxBuffer: 1e9 };
        const run = spawnSync(setting("WHAT_MATTERS_VALIDATOR_PYTHON"), ["-c", PYTHON], options);
        assert.equal(run.status, 0, run.stderr);
        return JSON.parse(run.stdout);
      },
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
