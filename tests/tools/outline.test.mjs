// Whatever is taken out of a function, it does what it did: a program with every way to leave a piece of code is
// run whole, and in two modules with each of its pieces taken out, and says and gives the same.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, it } from "node:test";
import { count } from "../../.dev/counting.mjs";
import { split } from "../../.dev/split.mjs";

const GLUE = "./what_matters_bg.js";
const PROGRAM = `(module
 (type $0 (func (param i32) (result i32)))
 (import "${GLUE}" "say" (func $say (param i32)))
 (global $__stack_pointer (mut i32) (i32.const 1048576))
 (memory $0 17)
 (table $0 2 2 funcref)
 (elem $0 (table $0) (i32.const 1) func $walk)
 (export "memory" (memory $0))
 (export "walk" (func $walk))
 (func $walk (param $0 i32) (result i32)
  (local $1 i32)
  (local $2 i32)
  (local $3 i64)
  (block $skipped
   (block $small
    (br_if $skipped
     (i32.eqz (local.get $0))
    )
    (br_if $small
     (i32.lt_s (local.get $0) (i32.const 4))
    )
    (local.set $1 (i32.add (i32.mul (local.get $0) (i32.const 3)) (local.get $1)))
    (local.set $3 (i64.extend_i32_s (i32.add (local.get $1) (local.get $0))))
    (call $say (i32.add (local.get $1) (i32.const 100)))
    (br $skipped)
   )
   (call $say (i32.mul (local.get $0) (i32.const 1000)))
   (local.set $2 (i32.add (i32.mul (local.get $0) (local.get $0)) (i32.const 7)))
   (if
    (i32.eq (local.get $0) (i32.const 3))
    (then
     (call $say (i32.add (local.get $2) (i32.mul (i32.const 2) (local.get $0))))
     (return (i32.sub (i32.mul (local.get $2) (i32.const 2)) (local.get $0)))
    )
   )
  )
  (loop $again
   (block $three
    (block $two
     (block $one
      (br_table $one $two $three
       (i32.rem_u (local.get $0) (i32.const 3))
      )
     )
     (local.set $1 (i32.add (local.get $1) (i32.add (i32.const 5) (i32.mul (local.get $1) (local.get $0)))))
     (call $say (i32.add (local.get $1) (i32.add (local.get $2) (i32.const 1))))
     (br $three)
    )
    (local.set $2 (i32.add (local.get $2) (i32.add (i32.const 11) (i32.mul (local.get $2) (local.get $0)))))
    (local.set $3 (i64.add (local.get $3) (i64.extend_i32_s (i32.add (local.get $2) (local.get $0)))))
    (br_if $three
     (i32.eq (local.get $0) (i32.const 7))
    )
    (call $say (i32.add (local.get $2) (i32.mul (local.get $1) (i32.const 9))))
    (block $within
     (br_if $within
      (i32.lt_s (local.get $0) (i32.const 20))
     )
     (br_if $three
      (i32.eq (local.get $0) (i32.const 25))
     )
     (if
      (i32.eq (local.get $0) (i32.const 28))
      (then
       (return (i32.add (local.get $1) (i32.mul (local.get $2) (i32.const 13))))
      )
     )
     (local.set $1 (i32.add (local.get $1) (i32.mul (local.get $0) (i32.const 17))))
    )
    (call $say (i32.add (i32.const 7) (i32.mul (local.get $1) (local.get $2))))
   )
   (br_if $again
    (i32.gt_s (local.tee $0 (i32.sub (local.get $0) (i32.const 1))) (i32.const 0))
   )
  )
  (call $say
   (if (result i32)
    (i32.lt_s (local.get $1) (i32.const 50))
    (then
     (call $say (i32.mul (i32.add (local.get $1) (i32.const 2)) (i32.const 3)))
     (i32.add (i32.mul (local.get $1) (local.get $2)) (i32.const 6))
    )
    (else
     (call $say (i32.mul (i32.add (local.get $2) (i32.const 4)) (i32.const 5)))
     (i32.sub (i32.mul (local.get $2) (local.get $2)) (local.get $1))
    )
   )
  )
  (i32.add (i32.wrap_i64 (local.get $3)) (i32.add (local.get $1) (local.get $2)))
 )
)`;
const LIBRARY = { objects: [], uses: new Map([["walk", new Set()]]), links: [], takes: new Map([["walk", new Set()]]), places: [], readOnlyEnd: 0 };
const INPUTS = [-5, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 22, 25, 28];

const folder = mkdtempSync(join(tmpdir(), "what-matters-outline-"));
after(() => rmSync(folder, { recursive: true }));

function compiled(wat) {
  const [text, wasm] = [join(folder, "one.wat"), join(folder, "one.wasm")];
  writeFileSync(text, wat);
  const { status, stderr } = spawnSync(process.env.WHAT_MATTERS_WASM_AS, ["--enable-multivalue", "--enable-reference-types", "--enable-mutable-globals", text, "-o", wasm]);
  assert.equal(status, 0, String(stderr));
  return new WebAssembly.Module(readFileSync(wasm));
}

/** What the program says and gives for every input. */
function run(start) {
  const said = [];
  const { walk } = start((number) => said.push(number));
  return INPUTS.map((input) => [input, walk(input), said.splice(0)]);
}

const whole = compiled(PROGRAM);
const expected = run((say) => new WebAssembly.Instance(whole, { [GLUE]: { say } }).exports);

/** The program in two modules, with some pieces in the second. */
const divided = (isNever) => split(PROGRAM, LIBRARY, (name) => name === "$walk", isNever);

/** What the two say and give, and how often the second was asked for. */
function runTwo(two) {
  const [first, rest] = [compiled(two.first), compiled(two.rest)];
  let asked = 0;
  const ran = run((say) => {
    let instance;
    const need_rest = () => {
      asked += 1;
      const { table, ...exports } = instance.exports;
      const lent = Object.fromEntries(Array.from({ length: table.length }, (_, at) => [at, table.get(at)]));
      new WebAssembly.Instance(rest, { [GLUE]: { say }, first: { ...exports, ...lent, table } });
    };
    instance = new WebAssembly.Instance(first, { [GLUE]: { say, need_rest } });
    return instance.exports;
  });
  return { ran, asked };
}

it("does the same with any one of its pieces taken out", () => {
  let taken = 0;
  for (const { key } of count(PROGRAM).places) {
    if (!key) continue;
    const two = divided((other) => other === key);
    // Some are too small.
    if (two.counts.rest === 0) continue;
    assert.deepEqual(runTwo(two).ran, expected);
    taken += 1;
  }
  assert.ok(taken >= 9, `${taken} pieces were taken out`);
});

it("does the same with all of its pieces taken out at once, and asks for the rest once", () => {
  const { ran, asked } = runTwo(divided(() => true));
  assert.deepEqual(ran, expected);
  assert.equal(asked, 1);
});

it("asks for nothing where nothing is taken out", () => {
  const { ran, asked } = runTwo(divided(() => false));
  assert.deepEqual(ran, expected);
  assert.equal(asked, 0);
});
