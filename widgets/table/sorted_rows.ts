import { comparedSide } from "@/components/chart/compared_side.ts";
import type { Cell, MetricResult, ResultRow } from "@/lib/model/mod.ts";

/** A row with what is compared of it, and with what. */
export interface PairedRow {
  row: ResultRow;
  now: ResultRow | undefined;
  before: ResultRow | undefined;
}

/** The rows of a result sorted by a column; no value stands last in either direction, ties keep their order. */
export function sortedRows(result: MetricResult, by: string, direction: "asc" | "desc", locale: string): PairedRow[] {
  const paired = result.rows.map((row, index) => ({
    row,
    now: comparedSide(result).rows[index],
    before: result.comparison?.rows[index],
  }));
  const words = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
  return paired.sort((a, b) => compare(a.row[by], b.row[by], direction === "asc" ? 1 : -1, words));
}

function compare(a: Cell | undefined, b: Cell | undefined, sign: number, words: Intl.Collator): number {
  const [noA, noB] = [a === null || a === undefined, b === null || b === undefined];
  if (noA || noB) return Number(noA) - Number(noB);
  if (typeof a === "number" && typeof b === "number") return (a - b) * sign;
  return words.compare(String(a), String(b)) * sign;
}
