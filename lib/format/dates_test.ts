import assert from "node:assert/strict";
import { formatPeriod, formatPeriodFull, formatRange, isDay, isoWeek, nextPeriod, periodStart } from "./dates.ts";

const en = { locale: "en-GB" };

Deno.test("formatPeriod() writes each grain short", () => {
  assert.equal(formatPeriod("2026-10-26", "day", en), "26 Oct");
  assert.equal(formatPeriod("2026-10-26", "day", { locale: "en-US" }), "Oct 26");
  assert.equal(formatPeriod("2026-11-23", "week", en), "W48");
  assert.equal(formatPeriod("2026-11-01", "month", en), "Nov");
  assert.equal(formatPeriod("2026-11-01", "month", { ...en, year: true }), "Nov 2026");
  assert.equal(formatPeriod("2026-10-01", "quarter", en), "Q4");
  assert.equal(formatPeriod("2026-01-01", "year", en), "2026");
  assert.equal(formatPeriod("no day", "day", en), "no day");
});

Deno.test("formatPeriodFull() writes each grain in full", () => {
  assert.equal(formatPeriodFull("2026-11-23", "week", en), "W48 2026, 23 Nov – 29 Nov");
  assert.equal(formatPeriodFull("2026-11-01", "month", en), "November 2026");
  assert.match(formatPeriodFull("2026-10-26", "day", en), /^Mon,? 26 Oct 2026$/);
});

Deno.test("formatRange() names years only where they differ or are asked for", () => {
  assert.equal(formatRange("2026-10-26", "2026-11-22", en), "26 Oct – 22 Nov");
  assert.equal(formatRange("2025-12-26", "2026-01-22", en), "26 Dec 2025 – 22 Jan 2026");
  assert.equal(formatRange("2026-10-26", "2026-10-26", en), "26 Oct");
});

Deno.test("isoWeek() gives the week to the year of its Thursday", () => {
  assert.deepEqual(isoWeek("2026-12-31"), { year: 2026, week: 53 });
  assert.deepEqual(isoWeek("2027-01-03"), { year: 2026, week: 53 });
  assert.deepEqual(isoWeek("2027-01-04"), { year: 2027, week: 1 });
});

Deno.test("periodStart() and nextPeriod() walk the calendar", () => {
  assert.equal(periodStart("2026-11-26", "week"), "2026-11-23");
  assert.equal(periodStart("2026-11-26", "quarter"), "2026-10-01");
  assert.equal(nextPeriod("2026-12-28", "week"), "2027-01-04");
  assert.equal(nextPeriod("2026-12-01", "month"), "2027-01-01");
  assert.equal(nextPeriod("2026-02-28", "day"), "2026-03-01");
  assert.equal(nextPeriod("2026-10-01", "quarter"), "2027-01-01");
});

Deno.test("isDay() takes calendar days only", () => {
  assert.equal(isDay("2026-02-28"), true);
  assert.equal(isDay("2026-13-01"), false);
  assert.equal(isDay(20260228), false);
});
