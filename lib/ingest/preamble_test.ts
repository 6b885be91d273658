import assert from "node:assert/strict";
import { preambleRange, readDay } from "./preamble.ts";

Deno.test("readDay() reads days that can be read in one way only", () => {
  const cases: [string, string | null][] = [
    ["2026-01-31", "2026-01-31"],
    ["20260131", "2026-01-31"],
    ["September 1, 2026", "2026-09-01"],
    ["1 May 2026", "2026-05-01"],
    ["5. März 2026", "2026-03-05"],
    ["1 de septiembre de 2026", "2026-09-01"],
    ["31.01.2026", "2026-01-31"],
    ["13/02/2026", "2026-02-13"],
    ["2/13/2026", "2026-02-13"],
    ["2/3/2026", null],
    ["31 February 2026", null],
    ["All time", null],
  ];
  for (const [text, day] of cases) assert.equal(readDay(text), day, text);
});

Deno.test("preambleRange() finds the range above a header, however it is written", () => {
  const range = { from: "2026-09-01", to: "2026-09-30" };
  assert.deepEqual(preambleRange(["Campaign report", '"September 1, 2026 - September 30, 2026"']), range);
  assert.deepEqual(preambleRange(["# Start date: 20260901", "# End date: 20260930"]), range);
  assert.deepEqual(preambleRange(["# GA4", "# 20260901-20260930"]), range);
  assert.deepEqual(preambleRange(["Report Start: September 1, 2026", "Report End: September 30, 2026"]), range);
  assert.equal(preambleRange(["Campaign report", "All time"]), null);
});
