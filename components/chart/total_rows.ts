import type { MetricResult, ResultRow } from "@/lib/model/mod.ts";

/** The totals to show: one row per currency where amounts stand in several, else the one row there is. */
export function totalRows(
  { totals, totalsByCurrency }: Pick<MetricResult, "totals" | "totalsByCurrency">,
): ResultRow[] {
  return totalsByCurrency ?? (totals ? [totals] : []);
}
