// Two validators that share no code with ours or with each other: fhirkit (FHIR R4 in Rust, from PyPI) and
// the official R4 JSON Schema. Each misses what the other finds, so a resource must please both.

import { spawnSync } from "node:child_process";
import { Ajv, fhirSchema, setting } from "./packages.mjs";

const PROGRAM = `
import json, sys, fhirkit
print(json.dumps([str(issue) for issue in fhirkit.validate(sys.stdin.read())]))
`;

function fhirkitProblems(text) {
  const run = spawnSync(setting("WHAT_MATTERS_VALIDATOR_PYTHON"), ["-c", PROGRAM], { input: text, encoding: "utf8" });
  if (run.status !== 0) return [`fhirkit: ${run.stderr.trim().split("\n").at(-1)}`];
  return JSON.parse(run.stdout).map((problem) => `fhirkit: ${problem}`);
}

const checks = new Map();

/** The schema's check of one resource type: its own definitions only, so that a failure names one branch. */
function schemaCheck(type) {
  if (!checks.has(type)) {
    // The packaged schema refers to two definitions it does not carry: resources inside resources, and a
    // type that R4 does not have, which is therefore wrong wherever it stands.
    const definitions = { Resource: { type: "object" }, integer64: false, ...fhirSchema().definitions };
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
    checks.set(type, ajv.compile({ $ref: `#/definitions/${type}`, definitions }));
  }
  return checks.get(type);
}

function schemaProblems(resource) {
  const check = schemaCheck(resource.resourceType);
  return check(resource) ? [] : check.errors.map((error) => `schema: ${error.instancePath || "/"} ${error.message}`);
}

/** What either validator says against a resource given as JSON text; empty when neither does. */
export function problems(text) {
  return [...fhirkitProblems(text), ...schemaProblems(JSON.parse(text))];
}
