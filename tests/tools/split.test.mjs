// What the division of the WASM promises, on a program small enough to read: nothing is lost between the two
// modules, a stub asks for the rest before it calls it, and data goes where its only users go.

import assert from "node:assert/strict";
import { it } from "node:test";
import { divide } from "../../.dev/data.mjs";
import { open, shorten } from "../../.dev/glue.mjs";
import { outline } from "../../.dev/outline.mjs";
import { count, digestOf, listOf, readList } from "../../.dev/counting.mjs";
import { exits, keyOf, parse, pieces, startOf } from "../../.dev/pieces.mjs";
import { split } from "../../.dev/split.mjs";
import { forms, nameOf, signatureOf } from "../../.dev/wat.mjs";

const WHOLE = `(module
 (type $0 (func (param i32) (result i32)))
 (import "./what_matters_bg.js" "__wbg_say_0123456789abcdef" (func $say (param i32)))
 (global $__stack_pointer (mut i32) (i32.const 1048576))
 (memory $0 17)
 (data $.rodata (i32.const 1048576) "needed at first.used by the rest only..needed too......")
 (table $0 3 3 funcref)
 (elem $0 (table $0) (i32.const 1) func $late $early)
 (export "memory" (memory $0))
 (export "mount" (func $early))
 (func $early (param $0 i32) (result i32)
  (local $1 i32)
  (block $out
   (br_if $out
    (i32.eqz (local.get $0))
   )
   (call $say (i32.add (i32.mul (local.get $0) (i32.const 3)) (i32.const 4)))
   (call $say (i32.add (i32.mul (local.get $0) (i32.const 5)) (i32.const 6)))
   (call $say (call $late (i32.const 7)))
  )
  (call $say (local.get $0))
  (local.get $0)
 )
 (func $late (param $0 i32) (result i32)
  (call $early (local.get $0))
 )
)`;
const LIBRARY = {
  objects: [
    { at: 1048576, size: 16 },
    { at: 1048592, size: 24 },
    { at: 1048616, size: 16 },
  ],
  uses: new Map(),
  links: [{ from: 1048580, to: undefined }],
  takes: new Map([["early", new Set()], ["late", new Set()]]),
  places: [],
  readOnlyEnd: 1048632,
};
const [NEEDED, LATER, POINTED_TO] = LIBRARY.objects;
LIBRARY.links[0].to = POINTED_TO;
LIBRARY.uses.set("early", new Set([NEEDED])).set("late", new Set([LATER]));
const isFirst = (name) => name === "$early";
const functionsOf = (wat) => new Map(forms(wat).filter(({ kind }) => kind === "func").map(({ text }) => [nameOf(text), text]));

const names = (wat) => [...functionsOf(wat).keys()].filter((name) => !/never|through|nobody/.test(name));

it("gives every function to one module, and the rest a place in the table to call the first by", () => {
  const { first, rest, counts } = split(WHOLE, LIBRARY, isFirst);
  assert.deepEqual(names(first), ["$early"]);
  assert.deepEqual(names(rest), ["$late"]);
  assert.equal(counts.rest, 2);
  const [, place] = /\(import "first" "(\d+)" \(func \$early \(param i32\) \(result i32\)\)\)/.exec(rest);
  assert.ok(first.includes(`(elem (table $0) (i32.const ${place}) func $early)`));
  assert.match(rest, /\(elem \(table \$0\) \(i32\.const 1\) func \$late\)/);
});

it("asks for the rest before it goes there, and only where it has not come", () => {
  const { first } = split(WHOLE, LIBRARY, isFirst);
  const [, through, place] = /\(call (\$through\d+) \(local\.get \$0\) \(i32\.const (\d+)\)\)/.exec(functionsOf(first).get("$early"));
  assert.equal(place, "3");
  const text = functionsOf(first).get(through);
  assert.match(text, /\(if \(i32\.eqz \(global\.get \$here\)\) \(then \(call \$need_rest\) [\s\S]*\(call_indirect/);
});

it("puts a stub in the table only where the first module may take the place of what is not there", () => {
  assert.match(split(WHOLE, LIBRARY, isFirst).first, /\(elem \(table \$0\) \(i32\.const 1\) func \$nobody \$early\)/);
  const taking = { ...LIBRARY, takes: new Map([["early", new Set(["late"])], ["late", new Set()]]) };
  const pointing = (from) => ({ ...LIBRARY, places: [{ from, to: "late" }] });
  for (const library of [taking, pointing(NEEDED.at)]) assert.match(split(WHOLE, library, isFirst).first, /func \$late \$early\)/);
  assert.match(split(WHOLE, pointing(LATER.at), isFirst).first, /func \$nobody \$early\)/);
});

it("takes a run out that calls what never ran, with what it reads as parameters", () => {
  const functions = functionsOf(outline(WHOLE, isFirst));
  const taken = [...functions].find(([name]) => name.includes("never"));
  assert.ok(taken);
  assert.deepEqual(signatureOf(taken[1]), { params: ["i32"], result: undefined });
  assert.match(taken[1], /call \$late/);
  assert.doesNotMatch(functions.get("$early"), /call \$late/);
  assert.match(functions.get("$early"), /br_if \$out/);
});

it("gives a taken-out run what it counted in the round before, and takes it back", () => {
  const round = `(module
 (func $early (param $0 i32)
  (local $1 i32)
  (loop $again
   (block $skip
    (br_if $skip
     (local.get $0)
    )
    (local.set $1 (i32.add (local.get $1) (i32.const 1)))
    (call $late (i32.add (local.get $1) (i32.mul (i32.const 3) (local.get $1))))
    (call $late (i32.add (local.get $1) (i32.mul (i32.const 5) (local.get $1))))
   )
   (br_if $again
    (local.get $0)
   )
  )
 )
 (func $late (param $0 i32)
 )
)`;
  const functions = functionsOf(outline(round, isFirst));
  const [name, taken] = [...functions].find(([one]) => one.includes("never"));
  assert.deepEqual(signatureOf(taken), { params: ["i32"], result: "i32" });
  assert.ok(functions.get("$early").replace(/\s+/g, " ").includes(`(local.set $1 (call ${name} (local.get $1)))`));
});

it("leaves a function that did everything as it is", () => {
  assert.equal(functionsOf(outline(WHOLE, () => true)).get("$early"), functionsOf(WHOLE).get("$early"));
});

it("moves the data that only the rest names, and keeps what needed data points to", () => {
  const data = divide([forms(WHOLE).find(({ kind }) => kind === "data").text], LIBRARY, ["early"]);
  assert.equal(data.first.length, 2);
  assert.match(data.first[0], /1048576\) "needed at first\."/);
  assert.match(data.first[1], /^ \(data \(i32\.const 1048616\) "eeded too/);
  assert.deepEqual(data.rest, [' (data (i32.const 1048592) "used by the rest only..n")']);
  assert.equal(data.moved, 24);
});

it("refuses a function of which the library knows nothing, rather than to guess its data", () => {
  assert.throws(() => divide([], LIBRARY, ["unheard_of"]), /has no function unheard_of/);
});

it("names functions in a way that outlives the next compilation", () => {
  assert.equal(digestOf("$_RNvCs9ltgdHTiPiY_4core3fmt"), digestOf("$_RNvCsbUVnpfTyXkb_4core3fmt"));
  assert.notEqual(digestOf("$_RNvCs9ltgdHTiPiY_4core3fmt"), digestOf("$_RNvCs9ltgdHTiPiY_4core3str"));
});

it("counts every function and every piece once, and lists what ran and the largest pieces that did not", () => {
  const { wat, places } = count(WHOLE);
  assert.deepEqual(places.filter(({ name }) => name).map(({ name }) => name), ["$early", "$late"]);
  assert.equal(wat.match(/\(call \$counted/g).length, places.length);
  const numbered = (wanted) => places.findIndex(wanted);
  const early = numbered(({ name }) => name === "$early");
  // $early, all of it up to the block's end, and the block's first piece, which jumps away.
  const [whole, start, skipped] = places.filter(({ key }) => key).slice(0, 3);
  assert.deepEqual([whole.within, places[start.within], places[skipped.within]], [early, whole, whole]);
  const lines = listOf(places, new Set([early, places.indexOf(whole), places.indexOf(start)]));
  const { ran, isNever } = readList(lines.join("\n"));
  assert.deepEqual([ran("$early"), ran("$late")], [true, false]);
  assert.deepEqual([isNever(whole.key), isNever(start.key), isNever(skipped.key)], [false, false, true]);
});

it("calls a piece the same after the next compilation, and another piece otherwise", () => {
  const key = (text) => keyOf("$_RNvCs9ltgdHTiPiY_4core3fmt", [parse(text)]);
  const before = key("(call $_RNvCs9ltgdHTiPiY_4core3str (i32.add (local.get $12) (i32.const 1048580)))");
  assert.equal(before, key("(call $_RNvCsbUVnpfTyXkb_4core3str (i32.add (local.get $7) (i32.const 1049000)))"));
  assert.notEqual(before, key("(call $_RNvCs9ltgdHTiPiY_4core3str (i32.sub (local.get $12) (i32.const 1048580)))"));
  assert.notEqual(before, key("(call $_RNvCs9ltgdHTiPiY_4core3num (i32.add (local.get $12) (i32.const 1048580)))"));
});

it("makes names short on both sides, and drops classes nobody asked for", () => {
  const glue = `export class Foreign {\n  x() {}\n}\nif (Symbol.dispose) Foreign.prototype[Symbol.dispose] = 1;\nexport function mount() { wasm.mount; }\n`;
  assert.doesNotMatch(open(glue), /Foreign/);
  const short = shorten('x={"./what_matters_bg.js":{__wbg_say_0123456789abcdef:1}}', [WHOLE]);
  assert.doesNotMatch(short.glue + short.wats[0], /__wbg_say/);
  const [, name] = /import "_" "(\S+)"/.exec(short.wats[0]);
  assert.ok(short.glue.includes(`"_":{${name}:1}`));
});
