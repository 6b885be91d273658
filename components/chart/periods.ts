/** Results by period as chart series: gaps stay gaps, unfinished periods are marked. */
import { isDay, nextPeriod, periodStart } from "@/lib/format/mod.ts";
import type { Grain, MetricResult, ResultColumn, ResultRow } from "@/lib/model/mod.ts";

/** The column of a metric; one made of its name where the answer lacks it. */
export function metricColumn(result: MetricResult, name: string): ResultColumn {
  const found = result.columns.find((column) => column.name === name);
  return found ?? { name, title: name, role: "metric", format: "decimal" };
}

/** The format of a metric, for charts. */
export function metricFormat(result: MetricResult, name: string): import("@/lib/model/mod.ts").MetricFormat {
  const { format } = metricColumn(result, name);
  return format === "text" || format === "date" ? "decimal" : format;
}

/** Every period from the first to the last that has rows, none left out, so that equal spans are equally wide. */
export function allPeriods(result: MetricResult, grain: Grain): string[] {
  const present = result.rows.map((row) => row.period).filter(isDay).sort();
  const [first, last] = [present[0], present.at(-1)];
  if (!first || !last) return [];
  const periods = [first];
  for (let at = nextPeriod(first, grain); at <= last && periods.length < 4_000; at = nextPeriod(at, grain)) {
    periods.push(at);
  }
  return periods;
}

/** One value per period; null where there is no row. */
export function valuesByPeriod(rows: ResultRow[], periods: string[], metric: string): (number | null)[] {
  const values = new Map(rows.map((row) => [row.period, row[metric]]));
  return periods.map((period) => {
    const value = values.get(period);
    return typeof value === "number" ? value : null;
  });
}

/** What each period is compared with: value and own period, in the order of `periods`. */
export function comparisonByPeriod(
  result: MetricResult,
  periods: string[],
  metric: string,
  keep: (row: ResultRow) => boolean = () => true,
): { values: (number | null)[]; labels: string[] } | null {
  if (!result.comparison) return null;
  const compared = new Map<unknown, ResultRow>();
  for (const [index, row] of result.rows.entries()) {
    const other = result.comparison.rows[index];
    if (other && keep(row)) compared.set(row.period, other);
  }
  const values = periods.map((period) => {
    const value = compared.get(period)?.[metric];
    return typeof value === "number" ? value : null;
  });
  if (values.every((value) => value === null)) return null;
  return { values, labels: periods.map((period) => String(compared.get(period)?.period ?? "")) };
}

/** Indices of periods that are incomplete: days not over when reported, or cut by the ends of the range. */
export function provisionalPeriods(result: MetricResult, periods: string[], grain: Grain): number[] {
  const { provisional, range } = result.meta;
  const unfinished = new Set(provisional.map((day) => periodStart(day, grain)));
  return periods.flatMap((period, index) => {
    const cut = range && grain !== "day" &&
      (period < range.from || nextPeriod(period, grain) > nextPeriod(range.to, "day"));
    return unfinished.has(period) || cut ? [index] : [];
  });
}

/** Indices of periods in which a platform may still correct a metric; nothing where it is final. */
export function unsettledPeriods(
  result: MetricResult,
  { metric, periods, grain }: { metric: string; periods: string[]; grain: Grain },
): { unsettled?: number[] } {
  const from = result.meta.notFinal?.find((one) => one.metric === metric)?.from;
  if (from === undefined) return {};
  const unsettled = periods.flatMap((period, index) => nextPeriod(period, grain) > from ? [index] : []);
  return unsettled.length > 0 ? { unsettled } : {};
}

/**
 * From which period on a course is pale: days that a platform may still correct, or one that is not over. Where all of
 * them may change nothing would stand out, so only what is not over is pale. Past the end: nothing is.
 */
export function paleFrom(
  result: MetricResult,
  of: { metric: string; periods: string[]; grain: Grain },
): number {
  const { periods, grain } = of;
  const last = periods.length - 1;
  const { unsettled: [first] = [] } = unsettledPeriods(result, of);
  if (first !== undefined && first > 0) return first;
  return provisionalPeriods(result, periods, grain).includes(last) ? last : periods.length;
}

/** The days that were asked for, as a chart takes them. */
export function rangeOf(result: MetricResult): { range?: { from: string; to: string } } {
  return result.meta.range ? { range: result.meta.range } : {};
}

/** What a comparison is called. */
export function comparisonName(kind: NonNullable<MetricResult["comparison"]>["kind"]): string {
  if (kind === "previous-year") return "previous year";
  return kind === "aligned-weekdays" ? "previous year, aligned weekdays" : "previous period";
}

/** A grain in words, as subtitles use it. */
export function byGrain(grain: Grain): string {
  return `by ${grain}`;
}
