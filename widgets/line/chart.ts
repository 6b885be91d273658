/** The line chart as data: metrics over time with their comparison, or one metric by the largest values of a dimension. */
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
import { dimensionValues } from "@/components/chart/values.ts";
import type { ResultRow } from "@/lib/model/mod.ts";
import type { ChartColor, ChartSeries, ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { ChartInput } from "@/lib/widget/mod.ts";
import { lineMetrics } from "./line_metrics.ts";
import type { LineOptions } from "./options.ts";

/** The chart of a line widget; null where there is nothing to draw. */
export function lineChart(input: ChartInput<LineOptions>): ChartSpec | null {
  const { options, result } = input;
  if (!result?.rows.length) return null;
  const spec = options.dimension ? byDimension(input, options.dimension) : byMetric(input);
  return spec.series.length && spec.labels.length ? spec : null;
}

function byDimension(input: ChartInput<LineOptions>, dimension: string): ChartSpec {
  const { options } = input;
  const { result } = inOneCurrency(input.result, dimension);
  const { grain, shape } = options;
  const [metric = ""] = lineMetrics(options);
  const stacked = options.stacked && shape === "area";
  const question = { metric, dimension, grain, kind: shape, other: stacked } as const;
  const drawn = dimensionSeries(result, question, input);
  // What does not add up must not be stacked: its parts stand beside one another.
  const stacks = stacked && drawn.additive;
  const series = stacked && !stacks ? drawn.series.map((one) => ({ ...one, kind: "line" as const })) : drawn.series;
  return {
    type: "cartesian",
    labels: drawn.periods,
    time: grain,
    ...rangeOf(result),
    ...(stacks ? { stacked: true } : {}),
    series,
    provisional: provisionalPeriods(result, drawn.periods, grain),
    currency: result.meta.currency,
  };
}

function byMetric({ options, result, locale, colors }: ChartInput<LineOptions>): ChartSpec {
  const { grain, shape } = options;
  const metrics = lineMetrics(options);
  const periods = allPeriods(result, grain);
  // Amounts in several currencies come as rows per currency: one line each, never one sum.
  const split = result.columns.some((column) => column.role === "dimension" && column.name === "currency");
  const currencies = split ? dimensionValues(result.rows, "currency", colors, locale) : [null];
  const formats = [...new Set(metrics.map((metric) => metricFormat(result, metric)))];
  let next = 0;
  const series: ChartSeries[] = metrics.flatMap((metric) =>
    currencies.flatMap((currency) => {
      const keep = (row: ResultRow) => !currency || row.currency === currency.value;
      const { title } = metricColumn(result, metric);
      const color = Math.min(++next, 8) as ChartColor;
      const name = currency ? `${title}, ${currency.name}` : title;
      const format = metricFormat(result, metric);
      // Two kinds of numbers need two axes; more than two share the second.
      const axis = formats.indexOf(format) > 0 ? "right" as const : undefined;
      const placed = { format, ...(axis ? { axis } : {}) };
      const values = valuesByPeriod(result.rows.filter(keep), periods, metric);
      const unsettled = unsettledPeriods(result, { metric, periods, grain });
      const own: ChartSeries = { name, kind: shape, values, color, ...placed, ...unsettled };
      const before = comparisonByPeriod(result, periods, metric, keep);
      if (!before || !result.comparison) return [own];
      const compared: ChartSeries = {
        name: metrics.length * currencies.length > 1
          ? `${name}, ${comparisonName(result.comparison.kind)}`
          : sentence(comparisonName(result.comparison.kind)),
        kind: "line",
        color: "compare",
        comparison: true,
        ...before,
        ...placed,
      };
      return [own, compared];
    })
  );
  return {
    type: "cartesian",
    labels: periods,
    time: grain,
    ...rangeOf(result),
    series,
    provisional: provisionalPeriods(result, periods, grain),
    currency: result.meta.currency,
  };
}

function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
