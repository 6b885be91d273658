/** Answers to `dimensionQuestions` as series: one per value, and "Other" where the metric adds up. */
import type { Grain, MetricResult } from "@/lib/model/mod.ts";
import type { ChartSeries } from "@/lib/widget/chart_spec.ts";
import { allPeriods, metricFormat, valuesByPeriod } from "./periods.ts";
import { addsUp, dimensionValues, OTHER } from "./values.ts";

/** Series by dimension, and the periods they run over. */
export interface DimensionSeries {
  periods: string[];
  series: ChartSeries[];
  /** Whether the parts add up: only then may they be stacked or shared out. */
  additive: boolean;
}

/** Series of one metric by period and dimension. */
export function dimensionSeries(
  results: Record<string, MetricResult>,
  { metric, dimension, grain, kind, other }: {
    metric: string;
    dimension: string;
    grain: Grain;
    kind: ChartSeries["kind"];
    /** Add what is past the limit. */
    other: boolean;
  },
  { colors, locale }: { colors: Record<string, number>; locale: string },
): DimensionSeries {
  const { main, top, whole } = results;
  if (!main || !top) return { periods: [], series: [], additive: false };
  const periods = allPeriods(whole ?? main, grain);
  const format = metricFormat(main, metric);
  const series: ChartSeries[] = dimensionValues(top.rows, dimension, colors, locale).map(({ value, name, color }) => ({
    name,
    kind,
    color,
    format,
    values: valuesByPeriod(main.rows.filter((row) => (row[dimension] ?? null) === value), periods, metric),
  }));
  const additive = addsUp(top, metric);
  const rest = top.rows.some((row) => row.other === true && typeof row[metric] === "number" && row[metric] !== 0);
  if (other && additive && rest && whole) {
    const totals = valuesByPeriod(whole.rows, periods, metric);
    const values = totals.map((total, index) => {
      const shown = series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);
      return total === null ? null : Math.max(0, Math.round((total - shown) * 1e6) / 1e6);
    });
    series.push({ name: OTHER, kind, color: "rest", format, values });
  }
  return { periods, series, additive };
}
