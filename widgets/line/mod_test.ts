import assert from "node:assert/strict";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import widget from "./mod.ts";

testWidget({
  widget,
  options: [
    { dataset: "ads", metric: "spend" },
    { dataset: "ads", metrics: ["spend", "roas"], grain: "week", shape: "area" },
    { dataset: "ads", metric: "spend", dimension: "campaign", limit: 3, shape: "area", stacked: true },
    { dataset: "ads", metric: "cpa", dimension: "platform", grain: "month" },
  ],
});

Deno.test("line: draws the comparison dashed and grey, with its own days", () => {
  const { spec } = show(widget, { options: { metric: "spend" }, answers: { compare: true } });
  assert.equal(spec?.series.length, 2);
  const [own, before] = spec?.series ?? [];
  assert.equal(own?.name, "Spend");
  assert.deepEqual([before?.name, before?.comparison, before?.color], ["Previous year", true, "compare"]);
  assert.equal(before?.labels?.[0], "2025-10-13");
  assert.deepEqual(spec?.provisional, [41]);
});

Deno.test("line: two kinds of numbers get two axes", () => {
  const { spec } = show(widget, { options: { metrics: ["spend", "conversion_value", "roas"] } });
  assert.deepEqual(spec?.series.map((series) => series.axis), [undefined, undefined, "right"]);
});

Deno.test("line: by a dimension, stacked areas add up to the whole; what is past the limit is Other", () => {
  const options = { metric: "spend", dimension: "campaign", limit: 3, shape: "area", stacked: true };
  const { spec, results } = show(widget, { options });
  assert.deepEqual(spec?.series.map((series) => series.name), [
    "Brand · Search · DE",
    "Prospecting · Lookalike 3 %",
    "Shopping · Bestsellers",
    "Other",
  ]);
  const sum = spec?.series.reduce((all, { values }) => all + values.reduce<number>((s, v) => s + (v ?? 0), 0), 0) ?? 0;
  assert.ok(Math.abs(sum - Number(results.main?.totals?.spend)) < 1e-4);
});

Deno.test("line: what does not add up is not stacked and has no Other", () => {
  const options = { metric: "cpa", dimension: "campaign", limit: 3, shape: "area", stacked: true };
  const { spec } = show(widget, { options });
  assert.equal(spec?.stacked, undefined);
  assert.deepEqual(spec?.series.map((series) => series.kind), ["line", "line", "line"]);
});

Deno.test("line: each currency has a line of its own", () => {
  const { spec } = show(widget, { options: { metric: "spend" }, answers: { kind: "currencies" } });
  assert.deepEqual(spec?.series.map((series) => series.name).sort(), ["Spend, EUR", "Spend, GBP"]);
  assert.equal(spec?.currency, null);
});
