import { timeColumn } from "@/lib/model/mod.ts";
import type { FactQuery } from "./mod.ts";
import { isSingleLevel, type KnownFacts, neededColumns, type RollupInfo } from "./known_facts.ts";

/**
 * The rollup that answers a question exactly, or null: it must stand at the query's version, which must be the current
 * one; hold every column asked for or filtered by (for a name also its id, or a renaming would not reach it); begin and
 * end with the range; and only sums and counts come from it. With several levels the rows answer, as the choice between
 * levels is made day by day.
 */
export function chooseRollup(known: KnownFacts, query: FactQuery): RollupInfo | null {
  if (!isSingleLevel(known) || query.version !== known.currentVersion) return null;
  const fitting = known.rollups.filter((rollup) =>
    rollup.version === query.version && fitsTime(known, query, rollup) && fitsColumns(known, query, rollup)
  );
  // The coarser the rollup, the fewer rows; then the one with fewer dimensions.
  const weight = (rollup: RollupInfo) => (rollup.grain === "month" ? 0 : 1_000) + rollup.dimensions.length;
  return fitting.sort((a, b) => weight(a) - weight(b))[0] ?? null;
}

function fitsTime(known: KnownFacts, query: FactQuery, rollup: RollupInfo): boolean {
  if (rollup.grain === "day") return true;
  const time = timeColumn(known.dataset).name;
  const { filtered } = neededColumns(query);
  const grains = query.groups.filter((group) => group.column === time).map((group) => group.grain ?? "day");
  return !filtered.includes(time) && grains.every((grain) => grain !== "day" && grain !== "week") &&
    (query.from === null || query.from.endsWith("-01")) && (query.to === null || isLastOfMonth(query.to));
}

function fitsColumns(known: KnownFacts, query: FactQuery, rollup: RollupInfo): boolean {
  const held = new Set([...rollup.dimensions, "currency", timeColumn(known.dataset).name]);
  const definition = (name: string) => known.dataset.columns.find((column) => column.name === name);
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
    return labelled === undefined || [labelled, ...ownerNames(known)].every((other) => held.has(other));
  });
}

function ownerNames(known: KnownFacts): string[] {
  return ["platform", "account_id", "account"].filter((name) => known.dataset.columns.some((c) => c.name === name));
}

function isLastOfMonth(day: string): boolean {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
  return next.getUTCDate() === 1;
}
