/** Which column of the dataset a header means. Pure. */
import { type Dataset, headerKey } from "@/lib/model/mod.ts";
import type { SourceColumn, SourceReport } from "@/lib/source/mod.ts";

/** What a header of the file became. */
export interface HeaderMatch {
  header: string;
  /** The dataset's column; null: known and not needed; undefined: not known. */
  column: string | null | undefined;
  divisor: 1 | 100 | 1_000_000;
  when?: { header: string; oneOf: readonly string[] };
  /** Smaller is surer. */
  rank: number;
  /** What decided it. */
  by: "answer" | "report" | "name" | "synonym" | "none";
}

/** Every header under which a dataset's columns are known, with its place in the list: the first is the surest. */
export function headerIndex(dataset: Dataset): Map<string, { column: string; rank: number }> {
  const index = new Map<string, { column: string; rank: number }>();
  for (const column of dataset.columns) {
    [column.name, column.title, ...column.synonyms].forEach((header, rank) => {
      const key = headerKey(header);
      const present = index.get(key);
      if (!present || present.rank > rank) index.set(key, { column: column.name, rank });
    });
  }
  return index;
}

/** Matches headers to columns. Each column is taken once, by the surest header; the others become "not needed". */
export function matchColumns(
  dataset: Dataset,
  headers: string[],
  report: SourceReport | null,
  answers: Record<string, string>,
): HeaderMatch[] {
  const index = headerIndex(dataset);
  const special = new Map(Object.entries(report?.columns ?? {}).map(([header, column]) => [headerKey(header), column]));
  const matches = headers.map((header) => matchHeader(header, dataset, index, special, answers));
  const taken = new Map<string, HeaderMatch>();
  for (const match of matches) {
    if (!match.column) continue;
    const present = taken.get(match.column);
    if (!present || match.rank < present.rank) {
      if (present) present.column = null;
      taken.set(match.column, match);
    } else match.column = null;
  }
  return matches;
}

function matchHeader(
  header: string,
  dataset: Dataset,
  index: Map<string, { column: string; rank: number }>,
  special: Map<string, SourceColumn>,
  answers: Record<string, string>,
): HeaderMatch {
  const answer = answers[`column:${header}`];
  if (answer !== undefined) {
    const column = dataset.columns.some((c) => c.name === answer) ? answer : null;
    return { header, column, divisor: 1, rank: -2, by: "answer" };
  }
  const key = headerKey(header);
  if (special.has(key)) {
    const entry = special.get(key)!;
    if (entry === null || typeof entry === "string") {
      return { header, column: entry, divisor: 1, rank: -1, by: "report" };
    }
    return { header, column: entry.column, divisor: entry.divisor ?? 1, when: entry.when, rank: -1, by: "report" };
  }
  const known = index.get(key);
  if (!known) return { header, column: undefined, divisor: 1, rank: Infinity, by: "none" };
  return { header, column: known.column, divisor: 1, rank: known.rank, by: known.rank === 0 ? "name" : "synonym" };
}
