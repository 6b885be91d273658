import assert from "node:assert/strict";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";
import { tooltipContent } from "./tooltip_rows.ts";

const stack: ChartSpec = {
  type: "cartesian",
  labels: ["2026-10-01", "2026-11-01"],
  time: "month",
  stacked: true,
  currency: "EUR",
  provisional: [1],
  series: [
    { name: "Meta", kind: "bar", color: 2, format: "currency", values: [30, null] },
    { name: "Google Ads", kind: "bar", color: 1, format: "currency", values: [70.5, 9] },
  ],
};

Deno.test("tooltipContent() lists series by value with exact numbers and the sum of a stack", () => {
  const content = tooltipContent(stack, 0, "en-GB");
  assert.equal(content.title, "October 2026");
  assert.deepEqual(content.rows.map(({ name, value }) => [name, value]), [["Google Ads", "€70.50"], [
    "Meta",
    "€30.00",
  ]]);
  assert.equal(content.total, "€100.50");
  assert.equal(content.note, undefined);
});

Deno.test("tooltipContent() marks what is incomplete, puts what has no value last, and leaves hidden series out", () => {
  const content = tooltipContent(stack, 1, "en-GB");
  assert.equal(content.note, "incomplete");
  assert.equal(content.rows.at(-1)?.value, "–");
  assert.deepEqual(tooltipContent(stack, 0, "en-GB", new Set(["Meta"])).rows.map((row) => row.name), ["Google Ads"]);
});

Deno.test("tooltipContent() gives shares their part, and comparisons their own period", () => {
  const share = tooltipContent({ ...stack, share: true }, 0, "en-GB");
  assert.deepEqual(share.rows.map((row) => row.note), ["70.1%", "29.9%"]);
  const compared = tooltipContent(
    {
      ...stack,
      stacked: false,
      series: [{
        name: "Before",
        kind: "line",
        color: "compare",
        comparison: true,
        format: "ratio",
        values: [1, 2],
        labels: ["2025-10-01", "2025-11-01"],
      }],
    },
    0,
    "en-GB",
  );
  assert.equal(compared.rows[0]?.note, "October 2025");
});

Deno.test("tooltipContent() of a ring says the part's share", () => {
  const ring: ChartSpec = {
    type: "donut",
    labels: ["Meta", "Other"],
    currency: null,
    series: [{ name: "Clicks", kind: "arc", color: 1, colors: [2, "rest"], format: "integer", values: [30, 10] }],
  };
  assert.deepEqual(tooltipContent(ring, 1, "en-GB").rows, [
    { name: "Clicks", value: "10", color: "rest", note: "25%" },
  ]);
});

Deno.test("tooltipContent() says what may still change, unless it is not over at all or hidden", () => {
  const [meta, google] = stack.series;
  const young = { ...stack, series: [meta!, { ...google!, unsettled: [0, 1] }] };
  assert.equal(tooltipContent(young, 0, "en-GB").note, "may still change");
  assert.equal(tooltipContent(young, 1, "en-GB").note, "incomplete");
  assert.equal(tooltipContent(young, 0, "en-GB", new Set(["Google Ads"])).note, undefined);
});
