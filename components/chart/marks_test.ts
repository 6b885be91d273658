import assert from "node:assert/strict";
import type { ChartSeries, ChartSpec } from "@/lib/widget/chart_spec.ts";
import { hasMarks, isChosenPeriod, markOf, standsBack } from "./marks.ts";

const series = (name: string, more: Partial<ChartSeries> = {}): ChartSeries => ({
  name,
  kind: "bar",
  color: 1,
  format: "integer",
  values: [1, 2, 3],
  ...more,
});
const weeks: ChartSpec = {
  type: "cartesian",
  labels: ["2025-12-29", "2026-01-05", "2026-01-12"],
  time: "week",
  range: { from: "2026-01-01", to: "2026-01-14" },
  currency: null,
  series: [series("Meta", { mark: { field: "platform", value: "meta" } }), series("Before", { comparison: true })],
};
const parts: ChartSpec = {
  type: "donut",
  labels: ["Germany", "(not set)", "Other"],
  marks: { field: "country", values: ["DE", "", null] },
  currency: null,
  series: [series("Spend", { kind: "arc" })],
};

Deno.test("markOf() answers the value of a series, and the days of a label that were asked for", () => {
  assert.deepEqual(markOf(weeks, 0, weeks.series[0]), { field: "platform", value: "meta" });
  assert.deepEqual([0, 1, 2].map((index) => markOf(weeks, index)?.value), [
    "2026-01-01..2026-01-04",
    "2026-01-05..2026-01-11",
    "2026-01-12..2026-01-14",
  ]);
  assert.equal(markOf(weeks, 0, weeks.series[1])?.field, "period", "a comparison stands for its label");
  assert.equal(markOf({ ...weeks, range: undefined }, 0), null);
  assert.equal(markOf(weeks, 9), null);
});

Deno.test("markOf() answers the value of a label, but none for Other", () => {
  assert.deepEqual([0, 1, 2].map((index) => markOf(parts, index, parts.series[0])), [
    { field: "country", value: "DE" },
    { field: "country", value: "" },
    null,
  ]);
  assert.deepEqual([weeks, parts, { ...parts, marks: undefined }].map(hasMarks), [true, true, false]);
});

Deno.test("standsBack() holds for all that is not chosen", () => {
  const back = (spec: ChartSpec, selected: ChartSpec["selected"]) =>
    [0, 1, 2].map((index) => standsBack({ ...spec, selected }, spec.series[0]!, index));
  assert.deepEqual(back(parts, { country: ["DE"] }), [false, true, true]);
  assert.deepEqual(back(parts, { country: [""] }), [true, false, true]);
  assert.deepEqual(back(parts, { platform: ["meta"] }), [false, false, false]);
  assert.deepEqual(back(weeks, { platform: ["tiktok"] }), [true, true, true]);
  assert.deepEqual(back(weeks, { platform: ["meta"], period: ["2026-01-05..2026-01-11"] }), [true, false, true]);
  assert.deepEqual(back(weeks, {}), [false, false, false]);
});

Deno.test("isChosenPeriod() holds for the days between two chosen ones too", () => {
  const selected = { period: ["2026-01-12..2026-01-14", "2026-01-01..2026-01-04"] };
  assert.deepEqual([0, 1, 2].map((index) => isChosenPeriod({ ...weeks, selected }, index)), [true, true, true]);
});
