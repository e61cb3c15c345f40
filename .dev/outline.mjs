// Takes out of functions what they never did before the first question was shown, into functions of its own, so
// that .dev/split.mjs can put it into the rest of the code.
//
// What was never done is known of each piece of a function (.dev/pieces.mjs) that a visit ran through, and without
// any visit: a piece that calls a function which never ran was never run itself. Such a run of statements becomes
// a function: the locals it reads are its parameters, those it changes for others its results, and which way it
// leaves is a number that comes with them.

import { exits, holdsStatements, isList, keyOf, labelOf, parse, pieces, printFunction, startOf, weigh } from "./pieces.mjs";
import { forms, nameOf, signatureOf } from "./wat.mjs";

/** The type of what a block, an "if" or a function gives. */
const givenBy = (node) => node.find((kid) => isList(kid) && kid[0] === "result")?.[1];

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
      if (!node.slice(startOf(node)).some((kid) => exits(kid).size)) for (const name of within) set.add(name);
    } else for (const kid of node) see(kid, set);
    if (SETS.has(what)) set.add(node[1]);
  };
  const set = new Set();
  for (const node of nodes) see(node, set);
  return early;
}

/** Smaller than this, a call costs as much as what it calls. */
const WORTH = 8;
/** What comes after one of these is never reached. */
const ENDS = new Set(["br", "br_table", "return", "unreachable"]);

/** A node with `return` as a jump to `$returned`, the value in `keep`; nothing where one stands amid an expression. */
function withoutReturn(node, keep) {
  if (!isList(node)) return node;
  if (node[0] === "return") return undefined;
  const out = [];
  for (const kid of node) {
    if (isList(kid) && kid[0] === "return" && holdsStatements(node)) {
      if (kid.length > 1) {
        const value = withoutReturn(kid[1], keep);
        if (!value) return undefined;
        out.push(["local.set", keep, value]);
      }
      out.push(["br", "$returned"]);
      continue;
    }
    const done = withoutReturn(kid, keep);
    if (done === undefined) return undefined;
    out.push(done);
  }
  return out;
}

/**
 * The module with what never ran taken out of the functions that did. `ran` says of a function's name whether it
 * did, `isNever` of a piece's key whether it did not.
 */
export function outline(wat, ran, isNever = () => false) {
  const all = forms(wat);
  const known = new Set(all.filter(({ kind }) => kind === "func").map(({ text }) => nameOf(text)));
  const neverRan = (name) => known.has(name) && !ran(name);
  const made = [];

  function inFunction(text) {
    const whole = parse(text);
    const own = nameOf(text);
    const result = signatureOf(text).result;
    const types = new Map();
    for (const part of whole) if (isList(part) && (part[0] === "param" || part[0] === "local")) types.set(part[1], part[2]);
    const params = new Set(whole.filter((part) => isList(part) && part[0] === "param").map((part) => part[1]));
    const body = whole.slice(startOf(whole));
    const allGets = locals(body, GETS);
    const allSets = locals(body, SETS);
    const withValue = new Set();
    (function look(node) {
      if (!isList(node)) return;
      if (labelOf(node) && givenBy(node)) withValue.add(labelOf(node));
      node.forEach(look);
    })(whole);
    const added = [];
    const fresh = (type) => {
      const name = `$new${added.length}`;
      added.push(["local", name, type]);
      return name;
    };

    /** What stands in the place of a run, or nothing if it must stay. `value` is the type of what its last expression gives. */
    function asFunction(given, value) {
      let run = given;
      const ways = new Set(run.flatMap((node) => [...exits(node)]));
      if ([...ways].some((label) => withValue.has(label)) || value?.includes(" ") || (ways.has("return") && result?.includes(" "))) return undefined;
      const weight = weigh(run);
      if (weight < WORTH) return undefined;
      const carried = [];
      if (ways.has("return")) {
        const keep = result && ["$kept", result];
        run = withoutReturn(["block", ...run], "$kept")?.slice(1);
        if (!run) return undefined;
        if (keep) carried.push(keep);
      }
      const last = run[run.length - 1];
      const falls = !ENDS.has(last[0]);
      if (value && falls) {
        carried.push(["$given", value]);
        run = [...run.slice(0, -1), ["local.set", "$given", last]];
      }
      const [gets, sets] = [locals(given, GETS), locals(given, SETS)];
      // Read by others, or by the run itself when a loop comes round to it again.
      const early = readEarly(given);
      const out = [...sets.keys()].filter((name) => (allGets.get(name) ?? 0) > (gets.get(name) ?? 0) || early.has(name));
      const comesIn = (name) => params.has(name) || (allSets.get(name) ?? 0) > (sets.get(name) ?? 0);
      const passed = [...new Set([...gets.keys(), ...out])].filter((name) => comesIn(name) || out.includes(name));
      const inside = [...new Set([...gets.keys(), ...sets.keys()])].filter((name) => !passed.includes(name));
      if ([...passed, ...out].some((name) => isList(types.get(name)))) return undefined;
      const labels = [...ways].map((label) => (label === "return" ? "$returned" : label));
      const says = labels.length + (falls ? 1 : 0) > 1;
      const results = [...(says ? ["i32"] : []), ...out.map((name) => types.get(name)), ...carried.map(([, type]) => type)];
      if (weight < WORTH + passed.length * 2 + results.length * 3 + labels.length * 2) return undefined;

      const leave = (way) => {
        const values = [...(says ? [["i32.const", String(way)]] : []), ...[...out, ...carried.map(([name]) => name)].map((name) => ["local.get", name])];
        if (!values.length) return [["return"]];
        return [["return", values.length === 1 ? values[0] : ["tuple.make", String(values.length), ...values]]];
      };
      // One block for each way out, named as where it leads; numbers count from 1, and 0 is to go on.
      let inner = [...run, ...(falls ? leave(0) : [["unreachable"]])];
      labels.forEach((label, at) => {
        inner = [["block", label, ...inner], ...leave(at + 1)];
      });
      const name = `$${JSON.stringify(`${own.replace(/^\$"?|"$/g, "").replace(/\\./g, "")} never ${made.length}`)}`;
      made.push(
        printFunction([
          "func",
          name,
          ...passed.map((local) => ["param", local, types.get(local)]),
          ...(results.length ? [["result", ...results]] : []),
          ...inside.map((local) => ["local", local, types.get(local)]),
          ...carried.map(([local, type]) => ["local", local, type]),
          ...inner,
        ]),
      );

      const call = ["call", name, ...passed.map((local) => ["local.get", local])];
      const site = [];
      let part;
      if (results.length === 0) site.push(call);
      else if (results.length === 1) {
        const only = out[0] ?? fresh(results[0]);
        site.push(["local.set", only, call]);
        part = () => ["local.get", only];
      } else {
        const all = fresh(["tuple", ...results]);
        site.push(["local.set", all, call]);
        part = (at) => ["tuple.extract", String(results.length), String(at), ["local.get", all]];
        out.forEach((local, at) => site.push(["local.set", local, part(at + (says ? 1 : 0))]));
      }
      const carriedAt = (wanted) => part((says ? 1 : 0) + out.length + carried.findIndex(([local]) => local === wanted));
      const go = (label) => (label === "$returned" ? ["return", ...(result ? [carriedAt("$kept")] : [])] : ["br", label]);
      labels.forEach((label, at) => {
        if (!falls && at === labels.length - 1) site.push(go(label));
        else if (label === "$returned") site.push(["if", ["i32.eq", part(0), ["i32.const", String(at + 1)]], ["then", go(label)]]);
        else if (falls && labels.length === 1) site.push(["br_if", label, part(0)]);
        else site.push(["br_if", label, ["i32.eq", part(0), ["i32.const", String(at + 1)]]]);
      });
      if (value && falls) site.push(carriedAt("$given"));
      else if (!falls && !labels.length) site.push(["unreachable"]);
      return site;
    }

    /** A run that was never done becomes a function, or if it cannot, what is within it. */
    function takeOut(run, value) {
      const done = asFunction(run, value);
      if (done) return done;
      if (run.length === 1) return [walk(run[0], true)];
      const ends = exits(run[run.length - 1]).size || value ? 1 : 0;
      if (ends) return [...takeOut(run.slice(0, -1)), ...takeOut(run.slice(-1), value)];
      return run.map((node) => walk(node, true));
    }

    /** `never`: everything inside was never done. `value`: the type of what an arm of an "if" gives. */
    function walk(node, never, value) {
      if (!isList(node)) return node;
      if (node[0] === "if") return node.map((kid) => walk(kid, never, givenBy(node)));
      if (!holdsStatements(node)) return node.map((kid) => walk(kid, never));
      const start = startOf(node);
      return [...node.slice(0, start), ...inList(node.slice(start), never, node[0] === "then" || node[0] === "else" ? value : givenBy(node))];
    }

    function inList(list, never, value) {
      const all = pieces(list);
      return all.flatMap((piece, at) => {
        const gives = at === all.length - 1 ? value : undefined;
        const isOut = never || isNever(keyOf(own, piece)) || piece.some((node) => alwaysCalls(node, neverRan));
        return isOut ? takeOut(piece, gives) : piece.map((node) => walk(node, false));
      });
    }

    const start = startOf(whole);
    const before = made.length;
    const done = inList(body, false, result);
    return made.length > before ? printFunction([...whole.slice(0, start), ...added, ...done]) : text;
  }

  const out = all.map(({ kind, text }) => (kind === "func" && ran(nameOf(text)) ? inFunction(text) : text));
  return ["(module", ...out, ...made, ")"].join("\n");
}
