import assert from "node:assert/strict";
import { dayRuns } from "./day_runs.ts";

Deno.test("dayRuns() cuts between days only, in order, at some thousand rows", () => {
  assert.deepEqual(dayRuns(new Map()), []);
  assert.deepEqual(dayRuns(new Map([["2026-01-02", 3], ["2026-01-01", 4]])), [["2026-01-01", "2026-01-02"]]);
  const days = new Map([["a", 12_000], ["b", 8_000], ["c", 1], ["d", 50_000], ["e", 1]]);
  assert.deepEqual(dayRuns(days), [["a", "b"], ["c"], ["d"], ["e"]]);
});
