// What the division of the WASM promises, on a program small enough to read: nothing is lost between the two
// modules, a stub asks for the rest before it calls it, and data goes where its only users go.

import assert from "node:assert/strict";
import { it } from "node:test";
import { divide } from "../../.dev/data.mjs";
import { open, shorten } from "../../.dev/glue.mjs";
import { outline } from "../../.dev/outline.mjs";
import { count, digestOf, split } from "../../.dev/split.mjs";
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
  readOnlyEnd: 1048632,
};
const [NEEDED, LATER, POINTED_TO] = LIBRARY.objects;
LIBRARY.links[0].to = POINTED_TO;
LIBRARY.uses.set("early", new Set([NEEDED])).set("late", new Set([LATER]));
const isFirst = (name) => name === "$early";
const functionsOf = (wat) => new Map(forms(wat).filter(({ kind }) => kind === "func").map(({ text }) => [nameOf(text), text]));

it("gives every function to one module, and the other a stub or an import of it", () => {
  const { first, rest, counts } = split(WHOLE, LIBRARY, isFirst);
  assert.deepEqual([...functionsOf(first).keys()].filter((name) => !name.includes("never")), ["$early", "$late"]);
  assert.deepEqual([...functionsOf(rest).keys()].filter((name) => !name.includes("never")), ["$late"]);
  assert.equal(counts.rest, 2);
  assert.match(rest, /\(import "first" "_\w+" \(func \$early \(param i32\) \(result i32\)\)\)/);
  assert.match(rest, /\(elem \(table \$0\) \(i32\.const 1\) func \$late\)/);
});

it("has a stub ask for the rest before it goes there", () => {
  const { first } = split(WHOLE, LIBRARY, isFirst);
  assert.match(functionsOf(first).get("$late"), /\(call \$need_rest\)\n {2}\(call_indirect \$0 \(type \$shape\d+\) \(local\.get \$0\) \(i32\.const 1\)\)/);
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
  assert.ok(functions.get("$early").includes(`(local.set $1 (call ${name} (local.get $1)))`));
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

it("counts every function once", () => {
  const { wat, names } = count(WHOLE);
  assert.deepEqual(names, ["$early", "$late"]);
  assert.equal(wat.match(/\(call \$counted/g).length, 2);
});

it("makes names short on both sides, and drops classes nobody asked for", () => {
  const glue = `export class Foreign {\n  x() {}\n}\nif (Symbol.dispose) Foreign.prototype[Symbol.dispose] = 1;\nexport function mount() { wasm.mount; }\n`;
  assert.doesNotMatch(open(glue), /Foreign/);
  const short = shorten('x={"./what_matters_bg.js":{__wbg_say_0123456789abcdef:1}}', [WHOLE]);
  assert.doesNotMatch(short.glue + short.wats[0], /__wbg_say/);
  const [, name] = /import "_" "(\S+)"/.exec(short.wats[0]);
  assert.ok(short.glue.includes(`"_":{${name}:1}`));
});
