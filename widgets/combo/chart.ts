/** The combo chart as data: bars on the left scale, the line on the right one, the line's comparison in grey. */
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
import type { ChartSeries, ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { ChartInput } from "@/lib/widget/mod.ts";
import type { ComboOptions } from "./options.ts";

/** The chart of a combo widget; null where there is nothing to draw. */
export function comboChart(input: ChartInput<ComboOptions>): ChartSpec | null {
  if (!input.result?.rows.length) return null;
  const { metric, line, grain } = input.options;
  const { result } = inOneCurrency(input.result);
  const periods = allPeriods(result, grain);
  if (periods.length === 0) return null;
  const own = (metric: string) => ({
    name: metricColumn(result, metric).title,
    format: metricFormat(result, metric),
    values: valuesByPeriod(result.rows, periods, metric),
    ...unsettledPeriods(result, { metric, periods, grain }),
  });
  const drawsLine = line !== undefined && line !== metric;
  const twoScales = drawsLine && metricFormat(result, line) !== metricFormat(result, metric);
  const axis = twoScales ? { axis: "right" as const } : {};
  const series: ChartSeries[] = [{ kind: "bar", color: 2, ...own(metric) }];
  if (drawsLine) series.push({ kind: "line", color: 3, ...own(line), ...axis });
  const before = comparisonByPeriod(result, periods, drawsLine ? line : metric);
  if (before && result.comparison) {
    const compared = drawsLine ? line : metric;
    series.push({
      ...own(compared),
      ...before,
      unsettled: [],
      name: `${metricColumn(result, compared).title}, ${comparisonName(result.comparison.kind)}`,
      kind: "line",
      color: "compare",
      comparison: true,
      ...(drawsLine ? axis : {}),
    });
  }
  const provisional = provisionalPeriods(result, periods, grain);
  const { currency } = result.meta;
  return { type: "cartesian", labels: periods, time: grain, ...rangeOf(result), series, provisional, currency };
}
