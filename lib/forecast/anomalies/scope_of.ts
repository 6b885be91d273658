import type { Filter, ForecastQuery } from "@/lib/model/mod.ts";

/** What a series is filtered to, in single values. */
export interface SeriesScope {
  scope: { field: string; value: string }[];
  currency: string | null;
}

/** The single values that a filter names, a currency apart; null for one that says anything else. */
export function scopeOf({ filters }: Pick<ForecastQuery, "filters">): SeriesScope | null {
  const conditions = equalsIn(filters);
  if (!conditions) return null;
  const scope = conditions.filter(({ field }) => field !== "currency");
  const currency = conditions.find(({ field }) => field === "currency")?.value ?? null;
  return { scope: scope.toSorted((a, b) => a.field < b.field ? -1 : 1), currency };
}

function equalsIn(filter: Filter | undefined): SeriesScope["scope"] | null {
  if (!filter) return [];
  if ("and" in filter) {
    const all = filter.and.map(equalsIn);
    return all.every((one) => one !== null) ? all.flat() : null;
  }
  if ("or" in filter) return filter.or.length === 1 ? equalsIn(filter.or[0]) : null;
  const { field, op } = filter;
  if (op === "equals" && typeof filter.value === "string") return [{ field, value: filter.value }];
  const [only] = op === "in" && filter.value.length === 1 ? filter.value : [];
  return typeof only === "string" ? [{ field, value: only }] : null;
}
