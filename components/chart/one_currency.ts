/** Amounts in several currencies, where a chart can show one only. */
import type { MetricResult, Notice, ResultRow } from "@/lib/model/mod.ts";

/**
 * The result in its leading currency, the one with the most rows, and a notice that says so. Rows of several currencies
 * stand apart where no base is chosen; stacked or in a ring they would be read as one sum.
 */
export function inOneCurrency(result: MetricResult, asked?: string): { result: MetricResult; notices: Notice[] } {
  const split = result.columns.some((column) => column.role === "dimension" && column.name === "currency");
  if (!split || asked === "currency") return { result, notices: [] };
  const counts = new Map<string, number>();
  for (const { currency } of result.rows) {
    if (typeof currency === "string") counts.set(currency, (counts.get(currency) ?? 0) + 1);
  }
  const [leading, ...others] = [...counts].sort((a, b) => b[1] - a[1]).map(([currency]) => currency);
  if (leading === undefined) return { result, notices: [] };
  const kept = (row: ResultRow) => row.currency === leading;
  const { comparison } = result;
  const one: MetricResult = {
    ...result,
    columns: result.columns.filter((column) => column.name !== "currency"),
    rows: result.rows.filter(kept),
    totals: result.totalsByCurrency?.find(kept) ?? null,
    totalsByCurrency: null,
    comparison: comparison && {
      ...comparison,
      // Rows of both sides belong together by their place.
      rows: comparison.rows.filter((_, index) => result.rows[index]?.currency === leading),
      totals: comparison.totalsByCurrency?.find(kept) ?? null,
      totalsByCurrency: null,
      current: comparison.current && {
        rows: comparison.current.rows.filter(kept),
        totals: comparison.current.totalsByCurrency?.find(kept) ?? null,
        totalsByCurrency: null,
      },
    },
    meta: { ...result.meta, currency: leading },
  };
  if (others.length === 0) return { result: one, notices: [] };
  const message = `Only ${leading} is drawn; there are amounts in ${others.join(", ")} too`;
  return { result: one, notices: [{ code: "one-currency", message }] };
}
