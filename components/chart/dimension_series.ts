/** The answer to a `dimensionQuery` as series: one per value, and "Other" where the metric adds up. */
import type { Cell, Grain, MetricResult, ResultRow } from "@/lib/model/mod.ts";
import type { ChartSeries } from "@/lib/widget/chart_spec.ts";
import { allPeriods, metricFormat, unsettledPeriods, valuesByPeriod } from "./periods.ts";
import { addsUp, dimensionValues, OTHER } from "./values.ts";

/** Series by dimension, and the periods they run over. */
export interface DimensionSeries {
  periods: string[];
  series: ChartSeries[];
  /** Whether the parts add up: only then may they be stacked or shared out. */
  additive: boolean;
}

/** What of an answer is drawn. */
export interface DrawnDimension {
  metric: string;
  dimension: string;
  grain: Grain;
  kind: ChartSeries["kind"];
  /** Add what is past the limit. */
  other: boolean;
}

/** Series of one metric by period and dimension, the largest first. */
export function dimensionSeries(
  result: MetricResult,
  { metric, dimension, grain, kind, other }: DrawnDimension,
  { colors, locale }: { colors: Record<string, number>; locale: string },
): DimensionSeries {
  const periods = allPeriods(result, grain);
  const format = metricFormat(result, metric);
  const additive = addsUp(result, metric);
  const unsettled = unsettledPeriods(result, { metric, periods, grain });
  const single = result.rows.filter((row) => row.other !== true);
  const sizes = new Map<Cell, number>();
  for (const row of single) {
    const value = row[dimension] ?? null;
    sizes.set(value, (sizes.get(value) ?? 0) + numberOf(row, metric));
  }
  const size = (row: ResultRow) => sizes.get(row[dimension] ?? null) ?? 0;
  const rows = [...single].sort((a, b) => size(b) - size(a));
  const series: ChartSeries[] = dimensionValues(rows, dimension, colors, locale).map(({ value, name, color }) => ({
    name,
    kind,
    color,
    format,
    mark: { field: dimension, value: String(value ?? "") },
    values: valuesByPeriod(single.filter((row) => (row[dimension] ?? null) === value), periods, metric),
    ...unsettled,
  }));
  const rest = result.rows.filter((row) => row.other === true);
  if (other && additive && rest.some((row) => numberOf(row, metric) !== 0)) {
    series.push({
      name: OTHER,
      kind,
      color: "rest",
      format,
      values: valuesByPeriod(rest, periods, metric),
      ...unsettled,
    });
  }
  return { periods, series, additive };
}

function numberOf(row: ResultRow, metric: string): number {
  const value = row[metric];
  return typeof value === "number" ? value : 0;
}
