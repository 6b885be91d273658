import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { packValue, unpackValue } from "./stored_value.ts";

const rows = JSON.stringify(
  Array.from({ length: 2_000 }, (_, i) => ({ campaign: `Spring ${i % 40}`, spend: i * 1.25 })),
);

Deno.test("unpackValue() answers what packValue() was given, under the same key only", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.string(), fc.boolean(), (value, key, timed) => {
    const bytes = packValue(key, { value, timed })!;
    assert.deepEqual(unpackValue(key, bytes), { value, timed });
    assert.equal(unpackValue(`${key}x`, bytes), undefined);
  }));
});

Deno.test("packValue() compresses what is large and repeats itself, nothing else", () => {
  const packed = packValue("k", { value: rows, timed: false })!;
  assert.ok(packed.length < rows.length / 5, `${packed.length} of ${rows.length} bytes`);
  assert.deepEqual(unpackValue("k", packed), { value: rows, timed: false });
  const small = "x".repeat(1_000);
  assert.ok(packValue("k", { value: small, timed: false })!.length > small.length);
});

Deno.test("packValue() refuses what is too large, and text that UTF-8 cannot carry", () => {
  assert.equal(packValue("k", { value: "x".repeat(9 * 2 ** 20), timed: false }), null);
  assert.equal(packValue("k", { value: "ä".repeat(5 * 2 ** 20), timed: false }), null);
  assert.equal(packValue("k", { value: "\ud800", timed: false }), null);
});

Deno.test("unpackValue() takes nothing that was changed, cut off or written by others", () => {
  for (const value of ["small", rows]) {
    const bytes = Buffer.from(packValue("k", { value, timed: false })!);
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 97)) {
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= 1;
      assert.equal(unpackValue("k", flipped), undefined, `byte ${at} changed`);
      assert.equal(unpackValue("k", bytes.subarray(0, at)), undefined, `cut off after ${at}`);
    }
    assert.equal(unpackValue("k", Buffer.concat([bytes, Buffer.from("x")])), undefined);
  }
  for (const other of ["", "1", '{"rows":[]}', "\u0000".repeat(100)]) {
    assert.equal(unpackValue("k", Buffer.from(other)), undefined);
  }
});
