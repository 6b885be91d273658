import assert from "node:assert/strict";
import fc from "fast-check";
import type { DateRange } from "@/lib/model/mod.ts";
import { addDays, daysBetween, endOf, startOf, todayIn } from "@/lib/model/calendar.ts";
import { resolveRange } from "./resolve_range.ts";

const context = {
  timeZone: "UTC",
  now: new Date("2026-03-04T12:00:00Z"),
  dataRange: { from: "2024-01-05", to: "2026-03-03" },
};
const resolve = (range: DateRange | undefined, more = {}) => {
  const span = resolveRange(range, { ...context, ...more });
  return span && `${span.from}..${span.to}`;
};

Deno.test("resolveRange() ends yesterday unless today is asked for", () => {
  assert.equal(resolve({ last: 28, unit: "day" }), "2026-02-04..2026-03-03");
  assert.equal(resolve({ last: 28, unit: "day", includeToday: true }), "2026-02-05..2026-03-04");
  assert.equal(resolve({ this: "month" }), "2026-03-01..2026-03-03");
  assert.equal(resolve({ this: "month", includeToday: true }), "2026-03-01..2026-03-04");
  assert.equal(resolve({ this: "day" }), "2026-03-04..2026-03-04");
});

Deno.test("resolveRange() takes complete units for the last weeks, months, quarters and years", () => {
  assert.equal(resolve({ last: 2, unit: "week" }), "2026-02-16..2026-03-01");
  assert.equal(resolve({ last: 3, unit: "month" }), "2025-12-01..2026-02-28");
  assert.equal(resolve({ last: 1, unit: "quarter" }), "2025-10-01..2025-12-31");
  assert.equal(resolve({ last: 2, unit: "year" }), "2024-01-01..2025-12-31");
  assert.equal(resolve({ last: 3, unit: "month", includeToday: true }), "2026-01-01..2026-03-04");
  assert.equal(resolve({ previous: "week" }), "2026-02-23..2026-03-01");
  assert.equal(resolve({ previous: "quarter" }), "2025-10-01..2025-12-31");
});

Deno.test("resolveRange() holds nothing on the first day of this unit, as no day of it is over", () => {
  assert.equal(resolve({ this: "month" }, { now: new Date("2026-03-01T00:00:00Z") }), null);
  assert.equal(resolve({ this: "week" }, { now: new Date("2026-03-02T23:59:59Z") }), null);
});

Deno.test("resolveRange() asks the dataset's zone what today is", () => {
  const now = new Date("2026-03-01T02:00:00Z");
  assert.equal(resolve({ last: 1, unit: "day" }, { now, timeZone: "America/New_York" }), "2026-02-27..2026-02-27");
  assert.equal(resolve({ last: 1, unit: "day" }, { now, timeZone: "Asia/Tokyo" }), "2026-02-28..2026-02-28");
});

Deno.test("resolveRange() answers the data's own range for everything, null without data", () => {
  assert.equal(resolve({ all: true }), "2024-01-05..2026-03-03");
  assert.equal(resolve(undefined), "2024-01-05..2026-03-03");
  assert.equal(resolve({ all: true }, { dataRange: null }), null);
});

Deno.test("resolveRange() of relative ranges is made of whole units that end before today", () => {
  const unit = fc.constantFrom("day" as const, "week" as const, "month" as const, "quarter" as const, "year" as const);
  const now = fc.date({ min: new Date("1980-01-01"), max: new Date("2080-01-01"), noInvalidDate: true });
  const zone = fc.constantFrom("UTC", "Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles");
  fc.assert(fc.property(unit, fc.integer({ min: 1, max: 40 }), now, zone, (unit, last, now, timeZone) => {
    const span = resolveRange({ last, unit }, { timeZone, now, dataRange: null });
    const today = todayIn(timeZone, now);
    assert.ok(span);
    assert.equal(span.from, startOf(span.from, unit));
    assert.equal(span.to, endOf(span.to, unit));
    assert.ok(span.to < today);
    assert.equal(addDays(span.to, 1), startOf(today, unit));
    const days = daysBetween(span.from, span.to) + 1;
    const shortest = { day: 1, week: 7, month: 28, quarter: 90, year: 365 }[unit];
    const longest = { day: 1, week: 7, month: 31, quarter: 92, year: 366 }[unit];
    assert.ok(days >= last * shortest && days <= last * longest);
  }));
});

Deno.test("resolveRange() stays within the years that have a four-digit name", () => {
  assert.match(resolve({ last: 3_660, unit: "year" }) ?? "", /^0001-01-01\.\.2025-12-31$/);
});
