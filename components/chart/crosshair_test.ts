import assert from "node:assert/strict";
import { labelIndex } from "./crosshair.ts";

Deno.test("labelIndex() finds the period that a day lies in", () => {
  const weeks = ["2026-10-12", "2026-10-19", "2026-10-26"];
  assert.equal(labelIndex(weeks, "2026-10-21"), 1);
  assert.equal(labelIndex(weeks, "2026-10-19"), 1);
  assert.equal(labelIndex(weeks, "2026-10-01"), -1);
  assert.equal(labelIndex(weeks, null), -1);
  assert.equal(labelIndex([], "2026-10-01"), -1);
});
