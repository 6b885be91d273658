/** The bar chart as data. */
import { dimensionSeries } from "@/components/chart/dimension_series.ts";
import { inOneCurrency } from "@/components/chart/one_currency.ts";
import {
  allPeriods,
  comparisonByPeriod,
  comparisonName,
  metricColumn,
  metricFormat,
  provisionalPeriods,
  rangeOf,
  unsettledPeriods,
  valuesByPeriod,
} from "@/components/chart/periods.ts";
import { addsUp, dimensionValues, OTHER } from "@/components/chart/values.ts";
import type { Grain, Notice, ResultRow } from "@/lib/model/mod.ts";
import type { ChartColor, ChartSeries, ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { ChartInput } from "@/lib/widget/mod.ts";
import { barMetrics, barShape } from "./bar_shape.ts";
import type { BarOptions } from "./options.ts";

/** A chart, and what has to be said where it could not be drawn as chosen. */
export interface BarChart {
  spec: ChartSpec | null;
  notices: Notice[];
}

type Input = ChartInput<BarOptions>;

/** The chart of a bar widget; a null spec where there is nothing to draw. */
export function barChart(input: Input): BarChart {
  if (!input.result?.rows.length) return { spec: null, notices: [] };
  const shape = barShape(input.options);
  const one = shape.by === "period"
    ? { result: input.result, notices: [] }
    : inOneCurrency(input.result, shape.dimension);
  const known = { ...input, result: one.result };
  const { spec, notices } = shape.by === "both"
    ? byBoth(known, shape.grain, shape.dimension)
    : shape.by === "period"
    ? byPeriod(known, shape.grain)
    : byDimension(known, shape.dimension);
  return { spec: spec.series.length && spec.labels.length ? spec : null, notices: [...one.notices, ...notices] };
}

function byBoth(input: Input, grain: Grain, dimension: string): { spec: ChartSpec; notices: Notice[] } {
  const { options, result } = input;
  const [metric = ""] = barMetrics(options);
  const mode = options.mode ?? "stacked";
  const question = { metric, dimension, grain, kind: "bar" as const, other: mode !== "grouped" };
  const { periods, series, additive } = dimensionSeries(result, question, input);
  const { title } = metricColumn(result, metric);
  const apart = mode !== "grouped" && !additive && series.length > 1;
  return {
    spec: {
      type: "cartesian",
      labels: periods,
      time: grain,
      ...rangeOf(result),
      ...(options.horizontal ? { horizontal: true } : {}),
      ...stacking(apart ? "grouped" : mode),
      series,
      provisional: provisionalPeriods(result, periods, grain),
      currency: result.meta.currency,
    },
    notices: apart ? [sideBySide(title, metric)] : [],
  };
}

function byPeriod({ options, result, locale, colors }: Input, grain: Grain): { spec: ChartSpec; notices: Notice[] } {
  const periods = allPeriods(result, grain);
  const metrics = barMetrics(options);
  const formats = new Set(metrics.map((metric) => metricFormat(result, metric)));
  // Amounts in several currencies come as rows per currency: bars beside one another, never one sum.
  const split = result.columns.some((column) => column.role === "dimension" && column.name === "currency");
  const currencies = split ? dimensionValues(result.rows, "currency", colors, locale) : [null];
  const mode = formats.size > 1 || split ? "grouped" : options.mode ?? "grouped";
  const series = metrics.flatMap((metric, position) =>
    currencies.flatMap((currency, place): ChartSeries[] => {
      const keep = (row: ResultRow) => !currency || row.currency === currency.value;
      const { title } = metricColumn(result, metric);
      const format = metricFormat(result, metric);
      const color = Math.min(8, position * currencies.length + place + 1) as ChartColor;
      const name = currency ? `${title}, ${currency.name}` : title;
      const values = valuesByPeriod(result.rows.filter(keep), periods, metric);
      const unsettled = unsettledPeriods(result, { metric, periods, grain });
      const own: ChartSeries = { name, kind: "bar", color, format, values, ...unsettled };
      const before = metrics.length === 1 && !currency ? comparisonByPeriod(result, periods, metric) : null;
      if (!before || !result.comparison) return [own];
      const words = comparisonName(result.comparison.kind);
      const compared = words.slice(0, 1).toUpperCase() + words.slice(1);
      return [{ name: compared, kind: "bar", color: "compare", comparison: true, format, ...before }, own];
    })
  );
  return {
    spec: {
      type: "cartesian",
      labels: periods,
      time: grain,
      ...rangeOf(result),
      ...(options.horizontal ? { horizontal: true } : {}),
      ...stacking(mode),
      series,
      provisional: provisionalPeriods(result, periods, grain),
      currency: result.meta.currency,
    },
    notices: [],
  };
}

function byDimension(
  { options, result, locale, colors }: Input,
  dimension: string,
): { spec: ChartSpec; notices: Notice[] } {
  const metrics = barMetrics(options);
  const values = dimensionValues(result.rows, dimension, colors, locale);
  const [first = ""] = metrics;
  // "Other" beside single values misleads where the metric is a ratio: only sums get it.
  const rest = addsUp(result, first) ? result.rows.find((row) => row.other === true) : undefined;
  const rows = result.rows.filter((row) => row.other !== true);
  const shown = values.map(({ value }) => rows.find((row) => (row[dimension] ?? null) === value));
  const series = metrics.map((metric, position): ChartSeries => {
    const fixed = values.map(({ value, color }) => colors[String(value)] ? color : 1 as const);
    return {
      name: metricColumn(result, metric).title,
      kind: "bar",
      color: Math.min(8, position + 1) as ChartColor,
      ...(metrics.length === 1 ? { colors: [...fixed, ...rest ? ["rest" as const] : []] } : {}),
      format: metricFormat(result, metric),
      values: [...shown, ...rest ? [rest] : []].map((row) => numberOf(row, metric)),
    };
  });
  const formats = new Set(series.map(({ format }) => format));
  const labels = [...values.map(({ name }) => name), ...rest ? [OTHER] : []];
  return {
    spec: {
      type: "cartesian",
      labels,
      marks: { field: dimension, values: [...values.map(({ value }) => String(value ?? "")), ...rest ? [null] : []] },
      ...(options.horizontal ? { horizontal: true } : {}),
      ...stacking(metrics.length > 1 && formats.size === 1 ? options.mode ?? "grouped" : "grouped"),
      series,
      currency: result.meta.currency,
    },
    notices: [],
  };
}

function stacking(mode: "grouped" | "stacked" | "share"): { stacked?: true; share?: true } {
  return mode === "grouped" ? {} : mode === "share" ? { stacked: true, share: true } : { stacked: true };
}

function sideBySide(title: string, metric: string): Notice {
  return { code: "not-additive", message: `${title} does not add up, so its bars stand side by side`, metric };
}

function numberOf(row: ResultRow | undefined, metric: string): number | null {
  const value = row?.[metric];
  return typeof value === "number" ? value : null;
}
