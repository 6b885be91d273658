/**
 * The filter bar's state in the URL, so that Back and sharing work:
 * `?tab=paid&range=last-28-day&compare=previous-period&platform=google_ads&select=bars*country*DE&fold=more`. Pure, and
 * free of zod: browsers load it.
 */
import type { PageFilters, TileValue } from "./dashboard.ts";
import type { DateRange, Filter } from "./metric_query.ts";

/** Writes filters as a query string, in one fixed order; the counterpart of `readPageFilters`. */
export function writePageFilters(filters: PageFilters): URLSearchParams {
  const params = new URLSearchParams();
  if (filters.tab) params.set("tab", filters.tab);
  if (filters.range) params.set("range", writeRange(filters.range));
  if (filters.compare) params.set("compare", filters.compare);
  if (filters.asOf) params.set("asOf", filters.asOf);
  for (const [name, values] of Object.entries(filters.values).sort(([a], [b]) => a < b ? -1 : 1)) {
    for (const value of values.length > 0 ? values : [""]) params.append(name, value);
  }
  for (const selection of filters.selections ?? []) params.append("select", writeTileValue(selection));
  for (const step of filters.drills ?? []) params.append("drill", writeTileValue(step));
  for (const [id, closed] of Object.entries(filters.folds ?? {}).sort(([a], [b]) => a < b ? -1 : 1)) {
    params.append(closed ? "fold" : "unfold", id);
  }
  return params;
}

/** A value in a tile as one word: `spend-by-platform*platform*google_ads`. Neither ids nor fields hold a `*`. */
function writeTileValue({ tile, field, value }: TileValue): string {
  return `${tile}*${field}*${value}`;
}

/** A range as one word: `last-28-day`, `this-month`, `previous-month`, `all`, `2026-01-01..2026-01-31`. */
export function writeRange(range: DateRange): string {
  if ("from" in range) return `${range.from}..${range.to}`;
  if ("last" in range) return `last-${range.last}-${range.unit}${range.includeToday ? "-today" : ""}`;
  if ("this" in range) return `this-${range.this}${range.includeToday ? "-today" : ""}`;
  if ("previous" in range) return `previous-${range.previous}`;
  return "all";
}

/** What a visitor sees: his own choices over the dashboard's defaults. */
export function effectiveFilters(
  defaults: Omit<PageFilters, "selections" | "drills" | "tab" | "folds">,
  chosen: PageFilters,
): PageFilters {
  return {
    range: chosen.range ?? defaults.range ?? { last: 28, unit: "day" },
    compare: chosen.compare ?? defaults.compare ?? "previous-period",
    ...chosen.asOf === undefined ? {} : { asOf: chosen.asOf },
    values: { ...defaults.values, ...chosen.values },
    ...chosen.selections?.length ? { selections: chosen.selections } : {},
    ...chosen.drills?.length ? { drills: chosen.drills } : {},
    ...chosen.tab ? { tab: chosen.tab } : {},
    ...chosen.folds ? { folds: chosen.folds } : {},
  };
}

/** The chosen values as one filter for a dataset that has these columns; null where nothing is chosen. */
export function filterOfValues(values: PageFilters["values"], columns: ReadonlySet<string>): Filter | null {
  const parts: Filter[] = Object.entries(values)
    .filter(([field, chosen]) => chosen.length > 0 && columns.has(field))
    .map(([field, chosen]) => ({ field, op: "in", value: chosen }));
  if (parts.length === 0) return null;
  return parts.length === 1 ? parts[0]! : { and: parts };
}
