import assert from "node:assert/strict";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import { barChart } from "./chart.ts";
import widget from "./mod.ts";
import { barOptions } from "./options.ts";

testWidget({
  widget,
  options: [
    { dataset: "ads", metric: "spend" },
    { dataset: "ads", metric: "spend", dimension: "platform", grain: "week" },
    { dataset: "ads", metric: "spend", dimension: "platform", grain: "week", mode: "share" },
    { dataset: "ads", metric: "clicks", dimension: "campaign", horizontal: true },
    { dataset: "ads", metrics: ["clicks", "conversions"], dimension: "platform" },
    { dataset: "ads", metrics: ["spend", "conversion_value"], grain: "month", mode: "stacked" },
  ],
});

Deno.test("bar: months without more, the unfinished ones marked", () => {
  const { spec } = show(widget, { options: { metric: "spend" } });
  assert.deepEqual(spec?.labels, ["2026-10-01", "2026-11-01"]);
  assert.deepEqual(spec?.provisional, [0, 1]); // the range cuts October, November is not over
});

Deno.test("bar: values within periods are stacked, largest first, in the dashboard's colours", () => {
  const { spec } = show(widget, { options: { metric: "spend", dimension: "platform", grain: "week", limit: 3 } });
  assert.equal(spec?.stacked, true);
  assert.deepEqual(spec?.series.map(({ name, color }) => [name, color]), [
    ["Google Ads", 1],
    ["Meta", 2],
    ["TikTok", 3],
    ["Other", "rest"],
  ]);
});

Deno.test("bar: what does not add up stands side by side, and the tile says so", () => {
  const options = { metric: "cpa", dimension: "platform", grain: "week" };
  const { spec, html, results } = show(widget, { options });
  assert.equal(spec?.stacked, undefined);
  assert.match(html, /CPA does not add up, so its bars stand side by side/);
  const { notices } = barChart({
    title: "",
    options: barOptions.parse({ ...options, mode: "grouped" }),
    results,
    result: results.main!,
    locale: "en-GB",
    size: { columns: 4, rows: 4, narrow: false },
    colors: {},
  });
  assert.deepEqual(notices, []);
});

Deno.test("bar: by a dimension, ratios have no Other", () => {
  const labels = (metric: string) =>
    show(widget, { options: { metric, dimension: "campaign", limit: 3 } }).spec?.labels ?? [];
  assert.equal(labels("spend").at(-1), "Other");
  assert.equal(labels("cpa").length, 3);
});
