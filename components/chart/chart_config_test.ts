import assert from "node:assert/strict";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";
import { chartConfig } from "./chart_config.ts";
import { plotSize } from "./plot_size.ts";
import { chartTheme } from "./theme.ts";
import { CHART_TOKENS } from "./tokens.ts";

const context = { theme: chartTheme((token) => CHART_TOKENS.light[token]), locale: "en-GB" };
const spec: ChartSpec = {
  type: "cartesian",
  labels: ["2026-10-01", "2026-11-01"],
  time: "month",
  stacked: true,
  currency: "EUR",
  provisional: [1],
  series: [
    { name: "Meta", kind: "bar", color: 2, format: "currency", values: [30, 0] },
    { name: "Google Ads", kind: "bar", color: 1, format: "currency", values: [90, 10] },
  ],
};

Deno.test("chartConfig() draws unfinished periods pale, and nothing where a stack has nothing", () => {
  const [meta, google] = chartConfig(spec, context).data.datasets;
  assert.deepEqual(meta?.data, [30, null]);
  assert.deepEqual(google?.backgroundColor, ["#0f766e", "rgba(15,118,110,0.42)"]);
});

Deno.test("chartConfig() turns shares into parts of one", () => {
  const [meta, google] = chartConfig({ ...spec, share: true }, context).data.datasets;
  assert.deepEqual([meta?.data, google?.data], [[0.25, 0], [0.75, 1]]);
});

Deno.test("chartConfig() moves only when it is told to", () => {
  assert.equal(chartConfig(spec, context).options?.animation, false);
  const moving = chartConfig(spec, { ...context, moves: 200 }).options?.animation;
  assert.equal(typeof moving === "object" && moving.duration, 200);
});

Deno.test("chartConfig() draws lines without points, save for a value between two gaps", () => {
  const line: ChartSpec = {
    ...spec,
    stacked: false,
    labels: ["2026-08-01", "2026-09-01", "2026-10-01"],
    series: [{ name: "x", kind: "line", color: 1, format: "integer", values: [null, 3, null] }],
  };
  const [dataset] = chartConfig(line, context).data.datasets;
  assert.deepEqual((dataset as { pointRadius?: number[] }).pointRadius, [0, 2.5, 0]);
});

Deno.test("plotSize() leaves room for head and legend, and rings stand beside their names", () => {
  const tile = { columns: 8, rows: 4, narrow: false };
  const one = plotSize({ ...spec, series: spec.series.slice(0, 1) }, tile, 1192);
  const two = plotSize(spec, tile, 1192);
  assert.deepEqual(one, { width: 755, height: 278 });
  assert.equal(two.height, 254);
  assert.equal(plotSize(spec, { ...tile, narrow: true }, 366).width, 332);
  assert.ok(plotSize({ ...spec, type: "donut" }, tile, 1192).width < one.width);
});

Deno.test("chartConfig() fills a band between its edges, without lines or a hover of their own", () => {
  const edge = { kind: "line" as const, color: 1 as const, format: "integer" as const };
  const banded: ChartSpec = {
    ...spec,
    stacked: false,
    series: [
      { ...edge, name: "from", values: [1, 2], band: "lower" },
      { ...edge, name: "to", values: [3, 5], band: "upper" },
      { ...edge, name: "Expected", values: [2, 3], dashed: true },
    ],
  };
  const [lower, upper, line] = chartConfig(banded, context).data.datasets as {
    fill: unknown;
    borderWidth: number;
    borderDash: number[];
  }[];
  assert.deepEqual([lower?.fill, upper?.fill, line?.fill], [false, "-1", false]);
  assert.deepEqual([lower?.borderWidth, upper?.borderWidth], [0, 0]);
  assert.deepEqual(line?.borderDash, [3, 3]);
});

Deno.test("chartConfig() draws a series pale where it may still change, unless that is everywhere", () => {
  const [meta, google] = spec.series;
  const colors = (unsettled: number[]) => {
    const series = [meta!, { ...google!, unsettled }];
    return chartConfig({ ...spec, provisional: [], series }, context).data.datasets
      .map(({ backgroundColor }) => backgroundColor as string[]);
  };
  const [still, young] = colors([1]);
  assert.equal(still![0], still![1], "the other series is final");
  assert.notEqual(young![0], young![1]);
  const all = colors([0, 1])[1]!;
  assert.equal(all[0], all[1]);
  assert.equal(all[0], young![0]);
});
