import type { DuckRow } from "@/lib/duckdb/duckdb.ts";
import { timeColumn } from "@/lib/model/mod.ts";
import { isSingleLevel, neededColumns, type QueryContext } from "./duckdb_query_context.ts";
import { isDaily, levelHolds, type LevelInfo } from "./duckdb_query_levels.ts";
import type { FactAggregate, FactNotice, FactQuery } from "./mod.ts";

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
export function notAdditive(rows: DuckRow[], aggregates: FactAggregate[]): FactNotice[] {
  return aggregates.flatMap(({ fn, column = "" }, i): FactNotice[] =>
    fn === "only" && rows.some((row) => row[`a${i}x`] === true) ? [{ code: "not-additive", column, places: [] }] : []
  );
}

/** Dimensions asked for that a level which answered does not have. */
export function notBrokenDown(context: QueryContext, query: FactQuery, provenance: DuckRow[]): FactNotice[] {
  const { asked } = neededColumns(query);
  const levels = isSingleLevel(context) ? context.levels : answeredLevels(context, provenance);
  return asked.flatMap((column): FactNotice[] => {
    const lacking = levels.filter((level) => !levelHolds(context.dataset, level, column)).map(({ level }) => level);
    if (lacking.length === 0) return [];
    return [{
      code: "not-broken-down",
      column,
      places: placesOf(provenance.filter(({ level }) => lacking.includes(Number(level)))),
    }];
  });
}

/** The levels whose rows answered. */
export function answeredLevels(context: QueryContext, provenance: DuckRow[]): LevelInfo[] {
  return context.levels.filter(({ level }) => provenance.some((row) => row.level === level));
}

/** Days and periods that no level could answer for as asked. */
export function leftOutNotices(context: QueryContext, query: FactQuery, leftOut: DuckRow[]): FactNotice[] {
  const { filtered } = neededColumns(query);
  if (isSingleLevel(context)) {
    const [level] = context.levels;
    const lacking = filtered.filter((name) => level && !levelHolds(context.dataset, level, name));
    return lacking.map((column) => ({ code: "filter-left-out", column, places: [] }));
  }
  const notices: FactNotice[] = [];
  const places = (kind: string) => placesOf(leftOut.filter((row) => row.kind === kind));
  const days = places("filter");
  if (days.length > 0) {
    const column = filtered.find((name) =>
      context.levels.some((level) => isDaily(level) && !levelHolds(context.dataset, level, name))
    );
    notices.push({ code: "filter-left-out", column: column ?? "", places: days });
  }
  const spans = places("span");
  if (spans.length > 0) {
    notices.push({ code: "period-left-out", column: timeColumn(context.dataset).name, places: spans });
  }
  return notices;
}

/** First and last day by platform. */
function placesOf(rows: DuckRow[]): FactNotice["places"] {
  const places = new Map<string, FactNotice["places"][number]>();
  for (const row of rows) {
    const [platform, from, to] = [String(row.platform ?? ""), String(row.first), String(row.last)];
    const known = places.get(platform) ?? { platform, from, to };
    places.set(platform, {
      platform,
      from: from < known.from ? from : known.from,
      to: to > known.to ? to : known.to,
    });
  }
  return [...places.values()].sort((a, b) => a.platform < b.platform ? -1 : a.platform > b.platform ? 1 : 0);
}
