import assert from "node:assert/strict";
import { addUp } from "./query_totals.ts";
import type { FactAggregate } from "./mod.ts";

const aggregates: FactAggregate[] = [
  { id: "sum", fn: "sum", column: "spend" },
  { id: "n", fn: "count_rows" },
];

Deno.test("addUp() adds exactly, and leaves out what has no value", () => {
  const groups = [
    { g: "a", sum: 9_007_199_254_740_993n, n: 2n },
    { g: "b", sum: null, n: 1n },
    { g: null, sum: 1n, n: 4n },
  ];
  assert.deepEqual(addUp(groups, aggregates), { sum: 9_007_199_254_740_994n, n: 7n });
});

Deno.test("addUp() of nothing is nothing, and a count of nothing is 0", () => {
  assert.deepEqual(addUp([], aggregates), { sum: null, n: 0n });
});
