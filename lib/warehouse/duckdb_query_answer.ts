/** What the statements of a question answer, as the query layer knows it. */
import type { DuckRow } from "@/lib/duckdb/duckdb.ts";
import type { FactAggregate, FactGroup } from "./mod.ts";
import type { AnsweredBy, LeftOut } from "./query_notices.ts";

/** A row of the answer: cells by group and aggregate id; `suffix` names the columns of totals beside it. */
export function readRow(
  row: DuckRow,
  groups: FactGroup[],
  aggregates: FactAggregate[],
  suffix = "",
): Record<string, string | bigint | null> {
  const read: Record<string, string | bigint | null> = {};
  groups.forEach((group, i) => read[group.id] = textCell(row[`g${i}`]));
  aggregates.forEach((aggregate, i) => {
    const value = row[`a${i}${suffix}`];
    const counts = aggregate.fn === "count" || aggregate.fn === "count_rows" || aggregate.fn === "count_distinct";
    if (typeof value === "number") read[aggregate.id] = BigInt(value);
    else if (typeof value === "bigint" || typeof value === "string") read[aggregate.id] = value;
    else read[aggregate.id] = counts ? 0n : null;
  });
  return read;
}

function textCell(value: DuckRow[string] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** Which levels have rows behind the answer; none where one level is all there is. */
export function readAnswered(provenance: DuckRow[]): AnsweredBy[] {
  return provenance.filter((row) => row.level !== undefined).map(({ level, platform, first, last }) => ({
    level: Number(level),
    platform: String(platform ?? ""),
    first: String(first),
    last: String(last),
  }));
}

/** The days and periods of provisional rows. */
export function readProvisional(provenance: DuckRow[]): { day: string; until: string }[] {
  return provenance.flatMap(({ day, until }) =>
    typeof day === "string" && typeof until === "string" ? [{ day, until }] : []
  );
}

/** What the choice of levels left out. */
export function readLeftOut(rows: DuckRow[]): LeftOut[] {
  return rows.map(({ kind, platform, first, last }) => ({
    kind: kind === "span" ? "span" : "filter",
    platform: String(platform ?? ""),
    first: String(first),
    last: String(last),
  }));
}
