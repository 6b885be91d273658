import assert from "node:assert/strict";
import { nextPeriod } from "@/lib/format/mod.ts";
import { periodTicks, shorten } from "./label_axis.ts";

const days = (count: number, from = "2026-10-12") => {
  const labels = [from];
  while (labels.length < count) labels.push(nextPeriod(labels.at(-1)!, "day"));
  return labels;
};

Deno.test("periodTicks() shows days in whole weeks where there is no room for each", () => {
  const ticks = periodTicks(days(42), "day", 680, "en-GB");
  const steps = ticks.slice(1).map((tick, index) => tick.value - (ticks[index]?.value ?? 0));
  assert.deepEqual([...new Set(steps)], [7]);
  assert.ok(ticks.length <= 9);
  assert.equal(periodTicks(days(42), "day", 240, "en-GB").length, 3);
});

Deno.test("periodTicks() shows months over long ranges, the year where it begins", () => {
  const ticks = periodTicks(days(450, "2025-08-20"), "day", 800, "en-GB");
  assert.ok(ticks.length >= 4 && ticks.length <= 10, `${ticks.length} ticks`);
  assert.equal(ticks.filter((tick) => /\d{4}/.test(tick.label)).length, 2);
});

Deno.test("periodTicks() writes months short, and the year of the first of a new one", () => {
  const months = ["2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01"];
  const labels = periodTicks(months, "month", 600, "en-GB").map((tick) => tick.label);
  assert.deepEqual(labels, ["Nov 2025", "Dec", "Jan 2026", "Feb"]);
});

Deno.test("shorten() cuts what does not fit and leaves what does", () => {
  assert.equal(shorten("Brand", 100), "Brand");
  assert.match(shorten("Performance Max with a long name", 100), /^Performance M.*…$/);
  assert.ok(shorten("x".repeat(500), 10).length >= 4);
});
