import assert from "node:assert/strict";
import { blackFriday, dayNumber, dayOf, weekday } from "./days.ts";

Deno.test("dayOf() undoes dayNumber()", () => {
  for (const day of ["1970-01-01", "2024-02-29", "2026-11-22"]) assert.equal(dayOf(dayNumber(day)), day);
});

Deno.test("weekday() is 0 on Mondays", () => {
  assert.equal(weekday(dayNumber("2026-11-23")), 0);
  assert.equal(weekday(dayNumber("2026-11-22")), 6);
});

Deno.test("blackFriday() is the day after November's fourth Thursday", () => {
  const found = [2023, 2024, 2025, 2026, 2027, 2029].map((year) => dayOf(blackFriday(year)));
  assert.deepEqual(found, ["2023-11-24", "2024-11-29", "2025-11-28", "2026-11-27", "2027-11-26", "2029-11-23"]);
});
