/** The combo chart as data: bars on the left scale, the line on the right one, the line's comparison in grey. */
import {
  allPeriods,
  comparisonByPeriod,
  comparisonName,
  metricColumn,
  metricFormat,
  provisionalPeriods,
  valuesByPeriod,
} from "@/components/chart/periods.ts";
import { dimensionValues } from "@/components/chart/values.ts";
import type { ResultRow } from "@/lib/model/mod.ts";
import type { ChartSeries, ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { ChartInput } from "@/lib/widget/mod.ts";
import type { ComboOptions } from "./options.ts";

/** The chart of a combo widget; null where there is nothing to draw. */
export function comboChart({ options, result, locale, colors }: ChartInput<ComboOptions>): ChartSpec | null {
  if (!result?.rows.length) return null;
  const { metric, line, grain } = options;
  const periods = allPeriods(result, grain);
  if (periods.length === 0) return null;
  // Amounts in several currencies: the largest is drawn, since bars of several and a line would be read as one.
  const split = result.columns.some((column) => column.role === "dimension" && column.name === "currency");
  const currency = split ? largestCurrency(result.rows, metric) : result.meta.currency;
  const name = split ? dimensionValues([{ currency }], "currency", colors, locale)[0]?.name : undefined;
  const rows = split ? result.rows.filter((row) => row.currency === currency) : result.rows;
  const keep = (row: ResultRow) => !split || row.currency === currency;
  const titled = (metric: string) => metricColumn(result, metric).title + (name ? `, ${name}` : "");
  const own = (metric: string) => ({
    name: titled(metric),
    format: metricFormat(result, metric),
    values: valuesByPeriod(rows, periods, metric),
  });
  const drawsLine = line !== undefined && line !== metric;
  const twoScales = drawsLine && metricFormat(result, line) !== metricFormat(result, metric);
  const axis = twoScales ? { axis: "right" as const } : {};
  const series: ChartSeries[] = [{ kind: "bar", color: 2, ...own(metric) }];
  if (drawsLine) series.push({ kind: "line", color: 3, ...own(line), ...axis });
  const before = comparisonByPeriod(result, periods, drawsLine ? line : metric, keep);
  if (before && result.comparison) {
    const compared = drawsLine ? line : metric;
    series.push({
      ...own(compared),
      ...before,
      name: `${titled(compared)}, ${comparisonName(result.comparison.kind)}`,
      kind: "line",
      color: "compare",
      comparison: true,
      ...(drawsLine ? axis : {}),
    });
  }
  const provisional = provisionalPeriods(result, periods, grain);
  return { type: "cartesian", labels: periods, time: grain, series, provisional, currency };
}

function largestCurrency(rows: ResultRow[], metric: string): string | null {
  const sums = new Map<string, number>();
  for (const { currency, [metric]: value } of rows) {
    if (typeof currency === "string") sums.set(currency, (sums.get(currency) ?? 0) + Number(value ?? 0));
  }
  return [...sums].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
