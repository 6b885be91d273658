import type { DuckRow } from "@/lib/duckdb/duckdb.ts";

/** Exact stored integers by measure. */
export type Sums = Record<string, bigint | null>;

/**
 * The total line that says most about these rows: the one most of whose measures are their sums. Exports write several
 * (`Total: Campaigns`, `Total: Account` …), and only some of them speak of what the file lists.
 */
export function findTotals(lines: DuckRow[], rowTotals: Sums): Sums {
  const best = bestScore(lines, rowTotals);
  const line = lines.find((candidate) => countEqual(candidate, rowTotals) === best);
  if (!line) return {};
  return Object.fromEntries(Object.keys(rowTotals).map((name) => [name, integer(line[name])]));
}

/** How many measures of the best total line are these sums. */
export function bestScore(lines: DuckRow[], sums: Sums): number {
  return lines.reduce((best, line) => Math.max(best, countEqual(line, sums)), 0);
}

/** Sums of 0 say nothing. */
function countEqual(line: DuckRow, sums: Sums): number {
  return Object.entries(sums).filter(([name, sum]) => sum !== null && sum !== 0n && integer(line[name]) === sum).length;
}

function integer(cell: DuckRow[string] | undefined): bigint | null {
  return typeof cell === "bigint" || typeof cell === "number" ? BigInt(cell) : null;
}
