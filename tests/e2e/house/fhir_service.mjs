// The link worker's service: sekmet-fhir, a FHIR R4 server that is not ours, on a temporary database.
// What it holds is read through its own API, never through our code.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setting } from "./packages.mjs";

const launcher = fileURLToPath(new URL("../../../.dev/fhir_server.py", import.meta.url));

function announced(child) {
  return new Promise((found, failed) => {
    let said = "";
    let wrong = "";
    const late = setTimeout(() => failed(new Error(`the FHIR server did not start within 60 s: ${wrong}`)), 60_000);
    child.stderr.on("data", (chunk) => (wrong += chunk));
    child.stdout.on("data", (chunk) => {
      said += chunk;
      if (!said.includes("\n")) return;
      clearTimeout(late);
      found(JSON.parse(said.split("\n", 1)[0]));
    });
    child.once("exit", (code) => failed(new Error(`the FHIR server stopped with ${code}: ${wrong}`)));
  });
}

async function fetched(address) {
  const response = await fetch(address, { headers: { Accept: "application/fhir+json" } });
  if (!response.ok) throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Starts the service. `token` makes it ask for a bearer token. */
export async function startService({ token } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "what-matters-service-"));
  const options = ["--database", join(folder, "received.db"), "--port", "0", ...(token ? ["--token", token] : [])];
  const child = spawn(setting("WHAT_MATTERS_PYTHON"), [launcher, ...options], { stdio: ["ignore", "pipe", "pipe"] });
  const gone = new Promise((done) => child.once("exit", done));
  const { base } = await announced(child);
  return {
    base,
    /** Every response it holds, as it gives them back. */
    async responses() {
      const bundle = await fetched(`${base}/QuestionnaireResponse?_count=500`);
      return (bundle.entry ?? []).map((entry) => entry.resource);
    },
    read: (id) => fetched(`${base}/QuestionnaireResponse/${id}`),
    versions: (id) => fetched(`${base}/QuestionnaireResponse/${id}/_history`).then((bundle) => bundle.entry.length),
    async stop() {
      child.kill("SIGINT");
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await gone;
      clearTimeout(late);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
