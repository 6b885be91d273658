import assert from "node:assert/strict";
import { sparkPaths } from "./Sparkline.tsx";

Deno.test("sparkPaths() draws from left to right, gaps left open", () => {
  const { line, area, tail } = sparkPaths([1, 2, null, 3, 4], false);
  assert.equal(line.match(/M/g)?.length, 2);
  assert.match(line, /^M0 /);
  assert.match(line, /L200 3$/);
  assert.equal(area.match(/Z/g)?.length, 2);
  assert.equal(tail, "");
});

Deno.test("sparkPaths() draws the unfinished last step apart, and nothing of fewer than two values", () => {
  const { line, tail } = sparkPaths([1, 2, 1], true);
  assert.equal(line.match(/L/g)?.length, 1);
  assert.match(tail, /^M100 3L200 /);
  assert.deepEqual(sparkPaths([null, 5, null], false), { line: "", area: "", tail: "" });
});

Deno.test("sparkPaths() thins long courses and keeps level ones in the middle", () => {
  assert.ok(sparkPaths(Array.from({ length: 2_000 }, (_, index) => index % 7), false).line.length < 1_500);
  assert.equal(sparkPaths([3, 3], false).line, "M0 20L200 20");
});
