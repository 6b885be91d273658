import assert from "node:assert/strict";
import { addDays, daysBetween } from "@/lib/model/calendar.ts";
import type { ForecastSums } from "./models/mod.ts";
import type { MetricSeries } from "./read_series.ts";
import { totalOf, unitUnderWay } from "./unit_total.ts";

const METRIC = { name: "spend", title: "Spend" } as MetricSeries["metric"];

/** Ten a day from 1 January on: learned from up to `last`, over up to `complete`. */
function series(last: string, complete = last, more: Partial<MetricSeries> = {}): MetricSeries {
  const days = (to: string) =>
    Array.from({ length: daysBetween("2026-01-01", to) + 1 }, (_, at) => addDays("2026-01-01", at));
  return {
    metric: METRIC,
    addsUp: true,
    complete,
    periods: days(last),
    values: [days(last).map(() => 10)],
    actuals: days(complete).map((period) => ({ period, value: 10, final: period <= last })),
    ...more,
  } as MetricSeries; // what a unit does not look at is left out
}

function sums(count: number): ForecastSums {
  const path = Array.from({ length: count }, (_, at) => 11 * (at + 1));
  const band = (by: number) => ({ lower: path.map((sum) => sum - by), upper: path.map((sum) => sum + by) });
  return { path, bands80: band(5), bands95: band(8) };
}

Deno.test("unitUnderWay() is that of the day after the last one that was over", () => {
  assert.deepEqual(unitUnderWay(series("2026-03-17"), "month"), {
    unit: "month",
    from: "2026-03-01",
    to: "2026-03-31",
    sums: { from: 0, to: 14 },
  });
  // On the first morning of a month it is the new one, all of it to come.
  assert.deepEqual(unitUnderWay(series("2026-03-31"), "month").sums, { from: 0, to: 30 });
  assert.equal(unitUnderWay(series("2026-03-31"), "month").from, "2026-04-01");
  assert.deepEqual(unitUnderWay(series("2026-03-17"), "quarter").sums, { from: 0, to: 14 });
  assert.equal(unitUnderWay(series("2026-03-17"), "week").from, "2026-03-16");
});

Deno.test("unitUnderWay() begins later in the path where nothing of the unit is final yet", () => {
  const young = series("2026-02-17", "2026-03-17"); // numbers may change for four weeks
  const unit = unitUnderWay(young, "month");
  assert.deepEqual(unit.sums, { from: 11, to: 42 });
  const total = totalOf(young, unit, sums(31));
  assert.deepEqual([total.settled, total.course.length, total.course.at(-1)?.value], [0, 17, 170]);
  assert.deepEqual([total.points[0]?.period, total.points.at(-1)?.period], ["2026-03-01", "2026-03-31"]);
  assert.equal(total.points.at(-1)?.value, 341);
});

Deno.test("totalOf() adds what is final to what is expected, and counts gaps as what they were filled with", () => {
  const whole = series("2026-03-17", "2026-03-20");
  const gap = { ...whole, actuals: whole.actuals.filter(({ period }) => period !== "2026-03-05") };
  for (const one of [whole, gap]) {
    const total = totalOf(one, unitUnderWay(one, "month"), sums(14));
    assert.deepEqual([total.settled, total.course.at(-1)], [170, { period: "2026-03-20", value: 200 }]);
    assert.deepEqual(total.points.at(-1), {
      period: "2026-03-31",
      value: 324,
      lower80: 319,
      upper80: 329,
      lower95: 316,
      upper95: 332,
    });
  }
});

Deno.test("unitUnderWay() refuses a metric whose days do not add up, and says what would do", () => {
  const ratio = series("2026-03-17", "2026-03-17", { addsUp: false });
  assert.throws(() => unitUnderWay(ratio, "month"), /its days do not add up; choose what does, such as an amount/);
});
