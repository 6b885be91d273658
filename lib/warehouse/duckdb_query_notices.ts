import type { DuckRow } from "@/lib/duckdb/duckdb.ts";
import { timeColumn } from "@/lib/model/mod.ts";
import { isSingleLevel, neededColumns, type QueryContext } from "./duckdb_query_context.ts";
import { isDaily, levelHolds, type LevelInfo, NOT_BROKEN_DOWN } from "./duckdb_query_levels.ts";
import type { FactAggregate, FactQuery, FactRows } from "./mod.ts";

/** The days in range that a provisional row stands behind. */
export function provisionalDays(provenance: DuckRow[], query: FactQuery): string[] {
  const days = new Set<string>();
  for (const { day, until } of provenance) {
    if (typeof day !== "string" || typeof until !== "string") continue;
    const last = Date.parse(`${query.to !== null && query.to < until ? query.to : until}T00:00:00Z`);
    for (let time = Date.parse(`${day}T00:00:00Z`); time <= last; time += 86_400_000) {
      days.add(new Date(time).toISOString().slice(0, 10));
    }
  }
  return [...days].sort();
}

/** Values that were held back because several rows stand behind them. */
export function notAdditive(rows: DuckRow[], aggregates: FactAggregate[]): FactRows["notices"] {
  return aggregates.flatMap((aggregate, i) =>
    aggregate.fn === "only" && rows.some((row) => row[`a${i}x`] === true)
      ? [{
        code: "not-additive",
        message: `"${aggregate.column}" cannot be summed: it is shown only where one stored row stands behind a value`,
        column: aggregate.column,
      }]
      : []
  );
}

/** Dimensions asked for that a level which answered does not have. */
export function notBrokenDown(context: QueryContext, query: FactQuery, answered: LevelInfo[]): FactRows["notices"] {
  const { asked } = neededColumns(query);
  return asked.flatMap((name) => {
    const lacking = answered.filter((level) => !levelHolds(context.dataset, level, name));
    if (lacking.length === 0) return [];
    const levels = lacking.map((level) => `"${level.name}"`).join(", ");
    const message = `Some rows are not broken down by "${name}" (level ${levels}): they stand as "${NOT_BROKEN_DOWN}"`;
    return [{ code: "not-broken-down", message, column: name }];
  });
}

/** Days and periods that no level could answer for as asked. */
export function leftOutNotices(context: QueryContext, query: FactQuery, leftOut: DuckRow[]): FactRows["notices"] {
  const notices: FactRows["notices"] = [];
  const { filtered } = neededColumns(query);
  if (isSingleLevel(context)) {
    const [level] = context.levels;
    const lacking = filtered.filter((name) => level && !levelHolds(context.dataset, level, name));
    return lacking.map((column) => ({
      code: "filter-left-out",
      message: `No row has "${column}", which the filter asks for: nothing is counted`,
      column,
    }));
  }
  const list = (kind: string) =>
    leftOut.filter((row) => row.kind === kind).map((row) => `${row.platform || "(no platform)"}: ${row.n}`).join(", ");
  const days = list("filter");
  if (days) {
    const column = filtered.find((name) =>
      context.levels.some((level) => isDaily(level) && !levelHolds(context.dataset, level, name))
    );
    const message = `Days without "${column}", which the filter asks for, are left out (days by platform: ${days})`;
    notices.push({ code: "filter-left-out", message, column });
  }
  const spans = list("span");
  if (spans) {
    const column = timeColumn(context.dataset).name;
    const message = `Rows that stand for a whole period are left out where the period does not fit the question ` +
      `(periods by platform: ${spans}); a coarser grain or a range of whole periods shows them`;
    notices.push({ code: "period-left-out", message, column });
  }
  return notices;
}
