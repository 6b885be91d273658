/** Dimension values as chart series: which ones, under which name, in which colour. */
import { valueLabel } from "@/lib/format/mod.ts";
import type { Cell, MetricResult, ResultRow } from "@/lib/model/mod.ts";
import type { ChartColor } from "@/lib/widget/chart_spec.ts";

/** One value of a dimension, ready to be drawn. */
export interface DimensionValue {
  value: Cell;
  /** Unique among the values it stands with. */
  name: string;
  color: ChartColor;
}

/** Name of what is past the limit. */
export const OTHER = "Other";

/** Distinct values of a dimension in the order of the rows, with names and colours that stay across a dashboard. */
export function dimensionValues(
  rows: ResultRow[],
  dimension: string,
  colors: Record<string, number>,
  locale: string,
): DimensionValue[] {
  const distinct = [...new Set(rows.filter((row) => row.other !== true).map((row) => row[dimension] ?? null))];
  const used = new Set<number>();
  for (const value of distinct) {
    const fixed = colors[String(value)];
    if (fixed) used.add(fixed);
  }
  const free = [1, 2, 3, 4, 5, 6, 7, 8].filter((color) => !used.has(color));
  const names = new Set<string>();
  return distinct.map((value) => {
    const fixed = colors[String(value)] ?? free.shift();
    const color = fixed && fixed >= 1 && fixed <= 8 ? fixed as ChartColor : "rest";
    return { value, name: unique(valueLabel(dimension, value, locale), names), color };
  });
}

/** Whether the parts of a metric add up to its total: told by the numbers, since a result does not say it. */
export function addsUp(result: MetricResult, metric: string): boolean {
  const total = result.totals?.[metric];
  if (typeof total !== "number") return false;
  let sum = 0;
  for (const row of result.rows) {
    const value = row[metric];
    if (typeof value === "number") sum += value;
  }
  return Math.abs(sum - total) <= Math.max(1e-6, Math.abs(total) * 1e-9);
}

/** A name that is not taken yet. */
function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name} (${number})`;
  taken.add(free);
  return free;
}
