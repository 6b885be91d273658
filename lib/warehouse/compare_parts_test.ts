import assert from "node:assert/strict";
import { compareParts } from "./compare_parts.ts";

const rows = [{ name: "b", n: 1n }, { name: null, n: 2n }, { name: "\u{1F600}", n: null }, { name: "\uFF5E", n: 2n }];

Deno.test("compareParts() goes by code points and puts nothing last, in either direction", () => {
  const names = (direction: "asc" | "desc") =>
    rows.toSorted(compareParts([{ by: { group: "name" }, direction }], ["name"])).map(({ name }) => name);
  assert.deepEqual(names("asc"), ["b", "\uFF5E", "\u{1F600}", null]);
  assert.deepEqual(names("desc"), ["\u{1F600}", "\uFF5E", "b", null]);
});

Deno.test("compareParts() orders by a formula, ties by the groups", () => {
  const by = { formula: { aggregate: "n", scale: 1 } };
  const sorted = rows.toSorted(compareParts([{ by, direction: "desc" }], ["name"]));
  assert.deepEqual(sorted.map(({ name }) => name), ["\uFF5E", null, "b", "\u{1F600}"]);
});
