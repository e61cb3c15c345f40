// The WASM's exports that the glue uses, as the graph `wasm-metadce` reads: what none of them reaches goes.
//
//   node .dev/exports.mjs GLUE.js MODULE.wasm

import { readFileSync } from "node:fs";

const [glue, module] = process.argv.slice(2);
const script = readFileSync(glue, "utf8");
const exported = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(module))).map(({ name }) => name);
const used = exported.filter((name) => new RegExp(`\\b${name.replaceAll("$", "\\$")}\\b`).test(script));
if (!used.includes("mount")) throw new Error("The glue does not use the export `mount`: it was not read rightly.");
const nodes = used.map((name) => ({ name: `used ${name}`, export: name }));
console.log(JSON.stringify([{ name: "glue", root: true, reaches: nodes.map(({ name }) => name) }, ...nodes]));
