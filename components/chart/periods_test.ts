import assert from "node:assert/strict";
import type { MetricResult } from "@/lib/model/mod.ts";
import { answer } from "@/tests/contracts/widget_answers.ts";
import { allPeriods, comparisonByPeriod, provisionalPeriods, unsettledPeriods, valuesByPeriod } from "./periods.ts";
import { addsUp, dimensionValues } from "./values.ts";

const daily = () => answer({ dataset: "ads", metrics: ["spend"], grain: "day" }, { compare: true });

Deno.test("allPeriods() leaves no period out, and a missing one has no value", () => {
  const result = daily();
  result.rows.splice(5, 2);
  const periods = allPeriods(result, "day");
  assert.equal(periods.length, 42);
  const values = valuesByPeriod(result.rows, periods, "spend");
  assert.deepEqual(values.slice(5, 7), [null, null]);
  assert.equal(values[7], result.rows[5]?.spend);
});

Deno.test("provisionalPeriods() marks days not over and periods that the range cuts", () => {
  assert.deepEqual(provisionalPeriods(daily(), allPeriods(daily(), "day"), "day"), [41]);
  const monthly = answer({ dataset: "ads", metrics: ["spend"], grain: "month" });
  assert.deepEqual(provisionalPeriods(monthly, allPeriods(monthly, "month"), "month"), [0, 1]);
  monthly.meta.range = { from: "2026-10-01", to: "2026-11-30" };
  monthly.meta.provisional = [];
  assert.deepEqual(provisionalPeriods(monthly, allPeriods(monthly, "month"), "month"), []);
});

Deno.test("comparisonByPeriod() pairs each period with its own, and is null where nothing stands", () => {
  const result = daily();
  const periods = allPeriods(result, "day");
  const before = comparisonByPeriod(result, periods, "spend");
  assert.equal(before?.labels[0], "2025-10-13");
  assert.equal(before?.values[0], result.comparison?.rows[0]?.spend);
  for (const row of result.comparison?.rows ?? []) row.spend = null;
  assert.equal(comparisonByPeriod(result, periods, "spend"), null);
});

Deno.test("addsUp() tells sums from ratios by their numbers", () => {
  const ask = (metric: string) =>
    answer({ dataset: "ads", metrics: [metric], dimensions: ["campaign"], limit: 3, other: true, totals: true });
  assert.equal(addsUp(ask("spend"), "spend"), true);
  assert.equal(addsUp(ask("cpa"), "cpa"), false);
  assert.equal(addsUp({ ...ask("spend"), totals: null }, "spend"), false);
});

Deno.test("dimensionValues() keeps the dashboard's colours and gives the free ones to the rest, each name once", () => {
  const rows = ["meta", "x1", "bing_ads", "microsoft_ads", null].map((platform) => ({ platform }));
  const values = dimensionValues(rows, "platform", { meta: 2, microsoft_ads: 1 }, "en-GB");
  assert.deepEqual(values.map(({ name, color }) => [name, color]), [
    ["Meta", 2],
    ["X1", 3],
    ["Microsoft Ads", 4],
    ["Microsoft Ads (2)", 1],
    ["(not set)", 5],
  ]);
  const many = dimensionValues(Array.from({ length: 10 }, (_, index) => ({ d: `v${index}` })), "d", {}, "en-GB");
  assert.deepEqual(many.slice(7).map(({ color }) => color), [8, "rest", "rest"]);
});

Deno.test("unsettledPeriods() marks every period with a day that may still change, by metric", () => {
  const notFinal = [{ metric: "conversions", from: "2026-03-11", platforms: ["google_ads"] }];
  const result = { meta: { notFinal } } as MetricResult;
  const periods = ["2026-03-02", "2026-03-09", "2026-03-16"];
  assert.deepEqual(unsettledPeriods(result, { metric: "conversions", periods, grain: "week" }), { unsettled: [1, 2] });
  assert.deepEqual(unsettledPeriods(result, { metric: "spend", periods, grain: "week" }), {});
});
