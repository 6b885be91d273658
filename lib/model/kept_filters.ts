/**
 * Filters that a dashboard, a tab or a tile keeps, whoever looks at it. Pure, and free of zod: browsers load it.
 */
import type { Dashboard, Placement } from "./dashboard.ts";
import type { Filter } from "./metric_query.ts";
import { openTab } from "./tabs.ts";

/** A filter that holds for every tile of a page, and who keeps it. */
export interface KeptFilter {
  by: "dashboard" | "tab";
  filter: Filter;
}

/** What a tile keeps for itself alone. */
export type OwnFilters = Pick<Placement, "filters" | "range">;

/** The filters that hold for every tile of a tab: the dashboard's and the tab's own, each condition by itself. */
export function keptFilters(dashboard: Pick<Dashboard, "filters" | "tabs">, tab?: string): KeptFilter[] {
  const kept = (by: KeptFilter["by"], filter: Filter | undefined) =>
    membersOf(filter).map((filter) => ({ by, filter }));
  return [...kept("dashboard", dashboard.filters), ...kept("tab", openTab(dashboard, tab)?.filters)];
}

/** What a tile keeps for itself; undefined where that is nothing. */
export function ownFilters({ filters, range }: OwnFilters): OwnFilters | undefined {
  if (membersOf(filters).length === 0 && !range) return undefined;
  return { ...filters ? { filters } : {}, ...range ? { range } : {} };
}

/** The fields that a filter looks at, each once. */
export function fieldsOf(filter: Filter | undefined): string[] {
  if (!filter) return [];
  if ("field" in filter) return [filter.field];
  return [...new Set(("and" in filter ? filter.and : filter.or).flatMap(fieldsOf))];
}

/**
 * A filter as far as data has its columns; null where nothing of it is left. Of alternatives none may be left out: what
 * cannot be told of one of them may hold for any row.
 */
export function fittingFilter(filter: Filter, columns: ReadonlySet<string>): Filter | null {
  if ("field" in filter) return columns.has(filter.field) ? filter : null;
  if ("or" in filter) return fieldsOf(filter).every((field) => columns.has(field)) ? filter : null;
  const left = filter.and.flatMap((one) => fittingFilter(one, columns) ?? []);
  return left.length === 0 ? null : left.length === 1 ? left[0]! : { and: left };
}

/** The conditions that all hold. */
function membersOf(filter: Filter | undefined): Filter[] {
  if (!filter) return [];
  return "and" in filter ? filter.and.flatMap(membersOf) : [filter];
}
