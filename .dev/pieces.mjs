// Pieces of functions that run or do not run as one: from the start of a list of statements, or from behind one
// that may jump away, to the next that may. What a piece is called outlives the next compilation as long as the
// piece stays what it is: labels, locals and addresses are no part of it.

import { createHash } from "node:crypto";
import { lasting } from "./wat.mjs";

const TOKEN = /[()]|"(?:[^"\\]|\\.)*"|\$"(?:[^"\\]|\\.)*"|[^\s()"]+/g;

/** A form as nested arrays of its words. */
export function parse(text) {
  const stack = [[]];
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "(") stack.push([]);
    else if (token === ")") {
      const done = stack.pop();
      stack[stack.length - 1].push(done);
    } else stack[stack.length - 1].push(token);
  }
  return stack[0][0];
}

export const isList = (node) => Array.isArray(node);
const HEADS = new Set(["param", "result", "local", "type"]);
/** Where a block's, loop's, arm's or function's statements begin. */
export const startOf = (node) => {
  const at = node.findIndex((kid, place) => place > 0 && isList(kid) && !HEADS.has(kid[0]));
  return at < 0 ? node.length : at;
};
const LISTS = new Set(["func", "block", "loop", "then", "else"]);
export const holdsStatements = (node) => LISTS.has(node[0]);
export const labelOf = (node) => (typeof node[1] === "string" && node[1].startsWith("$") ? node[1] : undefined);

export const print = (node) => (typeof node === "string" ? node : `(${node.map(print).join(" ")})`);
/** A function as a form: what it takes and gives on the first line. */
export function printFunction(node) {
  const start = startOf(node);
  const declared = node.slice(2, start);
  const head = declared.filter(([what]) => what !== "local");
  const rest = [...declared.filter(([what]) => what === "local"), ...node.slice(start)];
  return ` (func ${[node[1], ...head.map(print)].join(" ")}\n  ${rest.map(print).join("\n  ")}\n )`;
}

/** About how many bytes nodes become. */
export const weigh = (nodes) =>
  nodes.reduce((sum, node) => sum + (isList(node) ? 1 + weigh(node) : /^[a-z]/.test(node) ? 0 : 1), 0);

const JUMPS = new Set(["br", "br_if", "br_table"]);
const known = new WeakMap();
/** Where a statement may jump to outside itself: labels, and "return". */
export function exits(node) {
  if (!isList(node)) return new Set();
  if (known.has(node)) return known.get(node);
  const [what] = node;
  const found = new Set(what === "return" ? ["return"] : []);
  if (JUMPS.has(what)) for (const word of node.slice(1)) if (typeof word === "string" && word.startsWith("$")) found.add(word);
  for (const kid of node) for (const label of exits(kid)) found.add(label);
  if (what === "block" || what === "loop" || what === "if") found.delete(labelOf(node));
  known.set(node, found);
  return found;
}

/** The pieces of a list of statements. */
export function pieces(list) {
  const out = [];
  let piece = [];
  for (const node of list) {
    piece.push(node);
    if (exits(node).size) {
      out.push(piece);
      piece = [];
    }
  }
  if (piece.length) out.push(piece);
  return out;
}

const numbers = new Map();
function numberOf(word) {
  if (!numbers.has(word)) {
    const plain = /^\$(\d|block|label|switch)/.test(word) ? "$" : /^-?\d{5,}$/.test(word) ? "0" : lasting(word);
    numbers.set(word, createHash("sha256").update(plain).digest().readInt32LE(0));
  }
  return numbers.get(word);
}
const mix = (a, b) => (Math.imul(a ^ b, 0x9e3779b1) ^ (Math.imul(a, 31) >>> 7)) | 0;
const mixed = new WeakMap();
function mixOf(node) {
  if (!isList(node)) return numberOf(node);
  if (!mixed.has(node)) mixed.set(node, node.reduce((sum, kid) => mix(sum, mixOf(kid)), 7));
  return mixed.get(node);
}

/** What a piece of a function is called. Pieces of one function that say the same are called the same. */
export const keyOf = (name, piece) =>
  createHash("sha256").update(`${lasting(name)} ${piece.map(mixOf).join(" ")}`).digest("hex").slice(0, 8);
