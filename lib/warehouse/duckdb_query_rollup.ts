import { timeColumn } from "@/lib/model/mod.ts";
import type { FactQuery } from "./mod.ts";
import { isSingleLevel, neededColumns, type QueryContext, type RollupInfo } from "./duckdb_query_context.ts";

/**
 * The rollup that answers a question exactly, or null: it must stand at the query's version, which must be the current
 * one; hold every column asked for or filtered by (for a name also its id, or a renaming would not reach it); begin and
 * end with the range; and only sums and counts come from it. With several levels the rows answer, as the choice between
 * levels is made day by day.
 */
export function chooseRollup(context: QueryContext, query: FactQuery): RollupInfo | null {
  if (!isSingleLevel(context) || query.version !== context.currentVersion) return null;
  const fitting = context.rollups.filter((rollup) =>
    rollup.version === query.version && fitsTime(context, query, rollup) && fitsColumns(context, query, rollup)
  );
  // The coarser the rollup, the fewer rows; then the one with fewer dimensions.
  const weight = (rollup: RollupInfo) => (rollup.grain === "month" ? 0 : 1_000) + rollup.dimensions.length;
  return fitting.sort((a, b) => weight(a) - weight(b))[0] ?? null;
}

function fitsTime(context: QueryContext, query: FactQuery, rollup: RollupInfo): boolean {
  if (rollup.grain === "day") return true;
  const time = timeColumn(context.dataset).name;
  const { filtered } = neededColumns(query);
  const grains = query.groups.filter((group) => group.column === time).map((group) => group.grain ?? "day");
  return !filtered.includes(time) && grains.every((grain) => grain !== "day" && grain !== "week") &&
    (query.from === null || query.from.endsWith("-01")) && (query.to === null || isLastOfMonth(query.to));
}

function fitsColumns(context: QueryContext, query: FactQuery, rollup: RollupInfo): boolean {
  const held = new Set([...rollup.dimensions, "currency", timeColumn(context.dataset).name]);
  const definition = (name: string) => context.dataset.columns.find((column) => column.name === name);
  const additive = query.aggregates.every(({ fn, column }) => {
    if (fn === "count_rows") return true;
    const measure = column === undefined ? undefined : definition(column);
    return (fn === "sum" || fn === "count") && measure?.role === "measure" && measure.additive;
  });
  const columns = [...query.groups.map((group) => group.column), ...neededColumns(query).filtered];
  return additive && columns.every((name) => {
    const labelled = definition(name)?.labels;
    if (!held.has(name)) return false;
    // The label of an id is found by platform and account.
    return labelled === undefined || [labelled, ...ownerNames(context)].every((other) => held.has(other));
  });
}

function ownerNames(context: QueryContext): string[] {
  return ["platform", "account_id", "account"].filter((name) => context.dataset.columns.some((c) => c.name === name));
}

function isLastOfMonth(day: string): boolean {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
  return next.getUTCDate() === 1;
}
