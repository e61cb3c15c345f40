// Our own form without a browser: `what-matters answer` types a response into it.

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setting } from "./packages.mjs";

/** `native.opinion(questionnaire, response)` gives `{ asked, wanted, response, notes }`, or `{ error }`. */
export function startNative() {
  const program = setting("WHAT_MATTERS_NATIVE");
  const folder = mkdtempSync(join(tmpdir(), "what-matters-native-"));
  const files = [join(folder, "questionnaire.json"), join(folder, "response.json")];
  return {
    async opinion(questionnaire, response) {
      [questionnaire, response].forEach((resource, at) => writeFileSync(files[at], JSON.stringify(resource)));
      const printed = await new Promise((done) => {
        execFile(program, ["answer", ...files, "--json"], { maxBuffer: 1e8 }, (_, out, complaint) => done(out || complaint));
      });
      const said = JSON.parse(printed);
      if (said.refused) return { error: said.refusals.map(({ linkId, reason }) => `${linkId}: ${reason}`).join("; ") };
      const wanted = said.problems.filter(({ problem }) => problem === "unanswered").map(({ linkId }) => linkId);
      return { asked: said.enabled, wanted: [...new Set(wanted)], response: said.response, notes: said.notes };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What the reader of configurations says of a file: each mistake, or nothing. */
export async function checkConfiguration(path) {
  const { failed, said } = await new Promise((done) => {
    execFile(setting("WHAT_MATTERS_NATIVE"), ["check", path], (error, out, complaint) => done({ failed: Boolean(error), said: out + complaint }));
  });
  return failed ? said.trim().split("\n") : [];
}
