import assert from "node:assert/strict";
import { sparkPaths } from "./Sparkline.tsx";

Deno.test("sparkPaths() draws from left to right, gaps left open", () => {
  const { line, area, tail } = sparkPaths([1, 2, null, 3, 4]);
  assert.equal(line.match(/M/g)?.length, 2);
  assert.match(line, /^M0 /);
  assert.match(line, /L200 3$/);
  assert.equal(area.match(/Z/g)?.length, 2);
  assert.equal(tail, "");
});

Deno.test("sparkPaths() draws what may still change apart, and nothing of fewer than two values", () => {
  const { line, tail } = sparkPaths([1, 2, 1], 2);
  assert.equal(line.match(/L/g)?.length, 1);
  assert.match(tail, /^M100 3L200 /);
  const several = sparkPaths([1, 2, 3, null, 2, 1], 2);
  assert.equal(several.line.match(/[ML]/g)?.length, 2, "up to the last value that stays");
  assert.deepEqual([several.tail.match(/M/g)?.length, several.tail.match(/L/g)?.length], [2, 2], "with its gap");
  assert.equal(sparkPaths([1, 2], 0).line, "");
  assert.deepEqual(sparkPaths([null, 5, null]), { line: "", area: "", tail: "" });
});

Deno.test("sparkPaths() thins long courses and keeps level ones in the middle", () => {
  const half = sparkPaths(Array.from({ length: 2_000 }, (_, index) => index), 1_000);
  assert.ok(half.tail.startsWith("M") && Math.abs(Number(/^M([0-9.]+)/.exec(half.tail)![1]) - 100) < 5, half.tail);
  assert.ok(sparkPaths(Array.from({ length: 2_000 }, (_, index) => index % 7)).line.length < 1_500);
  assert.equal(sparkPaths([3, 3]).line, "M0 20L200 20");
});
