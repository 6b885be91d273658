import assert from "node:assert/strict";
import fc from "fast-check";
import type { DateRange } from "@/lib/model/mod.ts";
import { addDays, daysBetween } from "@/lib/model/calendar.ts";
import { comparedPeriod, type CompareKind, compareRange } from "./compare_range.ts";

const before = (kind: CompareKind, from: string, to: string, range?: DateRange) => {
  const span = compareRange(kind, { from, to }, { range });
  return `${span.from}..${span.to}`;
};

Deno.test("compareRange() compares a calendar unit with the unit before", () => {
  assert.equal(before("previous-period", "2026-03-01", "2026-03-31", { previous: "month" }), "2026-02-01..2026-02-28");
  assert.equal(before("previous-period", "2026-03-01", "2026-03-31"), "2026-02-01..2026-02-28");
  assert.equal(before("previous-period", "2026-01-01", "2026-03-31"), "2025-10-01..2025-12-31");
  assert.equal(before("previous-period", "2025-01-01", "2025-12-31"), "2024-01-01..2024-12-31");
});

Deno.test("compareRange() compares an unfinished unit with the same number of days", () => {
  assert.equal(before("previous-period", "2026-05-01", "2026-05-12", { this: "month" }), "2026-04-01..2026-04-12");
  assert.equal(before("previous-period", "2026-03-01", "2026-03-30", { this: "month" }), "2026-02-01..2026-02-28");
  assert.equal(before("previous-period", "2026-05-04", "2026-05-06", { this: "week" }), "2026-04-27..2026-04-29");
  const lastThree: DateRange = { last: 3, unit: "month", includeToday: true };
  assert.equal(before("previous-period", "2026-03-01", "2026-05-12", lastThree), "2025-12-01..2026-02-12");
});

Deno.test("compareRange() compares days with as many days before", () => {
  assert.equal(
    before("previous-period", "2026-02-04", "2026-03-03", { last: 28, unit: "day" }),
    "2026-01-07..2026-02-03",
  );
  assert.equal(before("previous-period", "2026-01-10", "2026-01-10"), "2026-01-09..2026-01-09");
});

Deno.test("compareRange() goes back a year by dates, or by whole weeks", () => {
  assert.equal(before("previous-year", "2026-03-10", "2026-04-12"), "2025-03-10..2025-04-12");
  assert.equal(before("previous-year", "2025-02-01", "2025-02-28"), "2024-02-01..2024-02-29");
  assert.equal(before("previous-year", "2024-02-29", "2024-03-10"), "2023-02-28..2023-03-10");
  assert.equal(before("aligned-weekdays", "2026-03-02", "2026-03-08"), "2025-03-03..2025-03-09");
});

Deno.test("compareRange() of days is as long as the range and ends before it; aligned weekdays stay weekdays", () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays("1990-01-01", n));
  fc.assert(fc.property(day, fc.integer({ min: 0, max: 800 }), (from, length) => {
    const span = { from, to: addDays(from, length) };
    const range: DateRange = { last: length + 1, unit: "day" };
    const previous = compareRange("previous-period", span, { range });
    assert.equal(addDays(previous.to, 1), from);
    assert.equal(daysBetween(previous.from, previous.to), length);
    const aligned = compareRange("aligned-weekdays", span);
    assert.equal(new Date(aligned.from).getUTCDay(), new Date(from).getUTCDay());
    assert.equal(daysBetween(aligned.from, aligned.to), length);
    const year = compareRange("previous-year", span);
    assert.ok(Math.abs(daysBetween(year.from, year.to) - length) <= 1);
  }));
});

Deno.test("comparedPeriod() holds each unit against its own, or against nothing", () => {
  const spans = {
    span: { from: "2026-03-01", to: "2026-03-31" },
    compared: { from: "2026-02-01", to: "2026-02-28" },
  };
  assert.equal(comparedPeriod("previous-period", "2026-03-05", "day", spans), "2026-02-05");
  assert.equal(comparedPeriod("previous-period", "2026-03-29", "day", spans), null);
  assert.equal(comparedPeriod("previous-period", "2026-03-01", "month", spans), "2026-02-01");
  const leap = { span: { from: "2024-02-28", to: "2024-03-01" }, compared: { from: "2023-02-28", to: "2023-03-01" } };
  assert.equal(comparedPeriod("previous-year", "2024-02-29", "day", leap), null);
  assert.equal(comparedPeriod("previous-year", "2024-03-01", "day", leap), "2023-03-01");
});
