// Takes out of functions what they never did before the first question was shown, into functions of its own, so
// that .dev/split.mjs can put it into the rest of the code.
//
// What was never done needs no measurement of its own: a straight run of statements that calls a function which
// never ran was never run itself, from the last way out before the call to the end of its block. Each part of
// such a run that nothing jumps out of becomes a function: the locals it reads are its parameters, the one it
// changes for others is its result.

import { forms, nameOf, signatureOf } from "./wat.mjs";

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

export const print = (node) => (typeof node === "string" ? node : `(${node.map(print).join(" ")})`);
/** A function as a form: what it takes and gives on the first line. */
function printFunction(node) {
  const start = startOf(node);
  const declared = node.slice(2, start);
  const head = declared.filter(([what]) => what !== "local");
  const rest = [...declared.filter(([what]) => what === "local"), ...node.slice(start)];
  return ` (func ${[node[1], ...head.map(print)].join(" ")}\n  ${rest.map(print).join("\n  ")}\n )`;
}

const isList = (node) => Array.isArray(node);
const HEADS = new Set(["param", "result", "local", "type"]);
/** Where a block's, loop's, arm's or function's statements begin. */
const startOf = (node) => {
  const at = node.findIndex((kid, place) => place > 0 && isList(kid) && !HEADS.has(kid[0]));
  return at < 0 ? node.length : at;
};
const labelOf = (node) => (typeof node[1] === "string" && node[1].startsWith("$") ? node[1] : undefined);
const gives = (node) => node.some((kid) => isList(kid) && kid[0] === "result");

/** Where a statement may jump to outside itself: labels, and "return". */
function exits(node, inside = new Set(), found = new Set()) {
  if (!isList(node)) return found;
  const [what] = node;
  if (what === "return") found.add("return");
  if (what === "br" || what === "br_if" || what === "br_table") {
    for (const word of node.slice(1)) if (typeof word === "string" && word.startsWith("$") && !inside.has(word)) found.add(word);
  }
  const label = (what === "block" || what === "loop" || what === "if") && labelOf(node);
  const within = label ? new Set([...inside, label]) : inside;
  for (const kid of node) exits(kid, within, found);
  return found;
}

/** Whether running a node always calls one of `never`. */
function alwaysCalls(node, never) {
  if (!isList(node)) return false;
  const [what] = node;
  if (what === "call" && never(node[1])) return true;
  if (what === "if") return alwaysCalls(node.slice(1).find((kid) => isList(kid) && kid[0] !== "result"), never);
  if (what === "block" || what === "loop") {
    for (const kid of node.slice(startOf(node))) {
      if (alwaysCalls(kid, never)) return true;
      if (exits(kid).size) return false;
    }
    return false;
  }
  return node.some((kid) => alwaysCalls(kid, never));
}

/** About how many bytes a node becomes. */
const weigh = (node) => (isList(node) ? node.reduce((sum, kid) => sum + weigh(kid), 1) : /^[a-z]/.test(node) ? 0 : 1);

function locals(nodes, what, found = new Map()) {
  for (const node of nodes) {
    if (!isList(node)) continue;
    if (what.has(node[0])) found.set(node[1], (found.get(node[1]) ?? 0) + 1);
    locals(node, what, found);
  }
  return found;
}
const GETS = new Set(["local.get"]);
const SETS = new Set(["local.set", "local.tee"]);

/** The locals that nodes read before they have surely set them: what they held before matters. */
function readEarly(nodes) {
  const early = new Set();
  const see = (node, set) => {
    if (!isList(node)) return;
    const [what] = node;
    if (what === "local.get" && !set.has(node[1])) early.add(node[1]);
    else if (what === "if") {
      for (const kid of node) see(kid, isList(kid) && (kid[0] === "then" || kid[0] === "else") ? new Set(set) : set);
    } else if (what === "block" || what === "loop") {
      const within = new Set(set);
      for (const kid of node) see(kid, within);
      // Somebody who leaves in the middle has not set what comes after.
      if (!exits(node.slice(startOf(node))).size) for (const name of within) set.add(name);
    } else for (const kid of node) see(kid, set);
    if (SETS.has(what)) set.add(node[1]);
  };
  const set = new Set();
  for (const node of nodes) see(node, set);
  return early;
}

/** Smaller than this, a call costs as much as what it calls. */
const WORTH = 14;

/** The module with what never ran taken out of the functions that did. `ran` says of a name whether it did. */
export function outline(wat, ran) {
  const all = forms(wat);
  const known = new Set(all.filter(({ kind }) => kind === "func").map(({ text }) => nameOf(text)));
  const never = (name) => known.has(name) && !ran(name);
  const made = [];

  function inFunction(text) {
    const whole = parse(text);
    const own = nameOf(text);
    const types = new Map();
    for (const part of whole) if (isList(part) && (part[0] === "param" || part[0] === "local")) types.set(part[1], part[2]);
    const params = new Set(whole.filter((part) => isList(part) && part[0] === "param").map((part) => part[1]));
    const body = whole.slice(startOf(whole));
    const allGets = locals(body, GETS);
    const allSets = locals(body, SETS);
    let changed = false;

    function asFunction(run) {
      if (run.reduce((sum, node) => sum + weigh(node), 0) < WORTH) return run;
      const [gets, sets] = [locals(run, GETS), locals(run, SETS)];
      // Read by others, or by the run itself when a loop comes round to it again.
      const early = readEarly(run);
      const out = [...sets.keys()].filter((name) => (allGets.get(name) ?? 0) > (gets.get(name) ?? 0) || early.has(name));
      if (out.length > 1) return undefined;
      const comesIn = (name) => params.has(name) || (allSets.get(name) ?? 0) > (sets.get(name) ?? 0);
      const given = [...new Set([...gets.keys(), ...out])].filter((name) => comesIn(name) || out.includes(name));
      const inside = [...new Set([...gets.keys(), ...sets.keys()])].filter((name) => !given.includes(name));
      if (run.reduce((sum, node) => sum + weigh(node), 0) < WORTH + given.length * 2) return run;
      const name = `$${JSON.stringify(`${own.replace(/^\$"?|"$/g, "").replace(/\\./g, "")} never ${made.length}`)}`;
      made.push(
        printFunction([
          "func",
          name,
          ...given.map((local) => ["param", local, types.get(local)]),
          ...(out.length ? [["result", types.get(out[0])]] : []),
          ...inside.map((local) => ["local", local, types.get(local)]),
          ...run,
          ...(out.length ? [["local.get", out[0]]] : []),
        ]),
      );
      changed = true;
      const call = ["call", name, ...given.map((local) => ["local.get", local])];
      return [out.length ? ["local.set", out[0], call] : call];
    }

    /** A run that was never done: what nothing jumps out of becomes functions. */
    function takeOut(run, isValue) {
      const out = [];
      let stay = [];
      const end = () => {
        if (!stay.length) return;
        const done = asFunction(stay);
        out.push(...(done ?? stay.flatMap((node) => asFunction([node]) ?? [walk(node, true)])));
        stay = [];
      };
      run.forEach((node, at) => {
        const last = isValue && at === run.length - 1;
        if (last || exits(node).size || node[0] === "unreachable" || node[0] === "nop") {
          end();
          out.push(walk(node, true));
        } else stay.push(node);
      });
      end();
      return out;
    }

    /** `isNever`: everything inside was never done either. */
    function walk(node, isNever) {
      if (!isList(node)) return node;
      const [what] = node;
      if (what !== "block" && what !== "loop" && what !== "then" && what !== "else") return node.map((kid) => walk(kid, isNever));
      const start = startOf(node);
      // What a "then" or "else" gives is said on its "if": a last expression that is not a statement stays.
      const isValue = gives(node) || what === "then" || what === "else";
      return [...node.slice(0, start), ...inList(node.slice(start), isNever, isValue)];
    }

    function inList(list, isNever, isValue) {
      if (isNever) return takeOut(list, isValue);
      const call = list.findIndex((node) => alwaysCalls(node, never));
      if (call < 0) return list.map((node) => walk(node, false));
      let start = call;
      while (start > 0 && !exits(list[start - 1]).size) start -= 1;
      return [...list.slice(0, start).map((node) => walk(node, false)), ...takeOut(list.slice(start), isValue)];
    }

    const start = startOf(whole);
    const done = [...whole.slice(0, start), ...inList(body, false, signatureOf(text).result !== undefined)];
    return changed ? printFunction(done) : text;
  }

  const out = all.map(({ kind, text }) => (kind === "func" && ran(nameOf(text)) ? inFunction(text) : text));
  return ["(module", ...out, ...made, ")"].join("\n");
}
