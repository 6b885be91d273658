import type { FactAggregate, FactQuery, FactRows } from "./mod.ts";

const ADDED = ["sum", "count", "count_rows"];

/** Whether totals come from adding up the groups, without looking at rows again. */
export function canAddUp(query: FactQuery): boolean {
  return query.aggregates.every(({ fn }) => ADDED.includes(fn));
}

/** One row over all groups. Exact, as the groups are. */
export function addUp(groups: FactRows["rows"], aggregates: FactAggregate[]): NonNullable<FactRows["totals"]> {
  return Object.fromEntries(aggregates.map(({ id, fn }) => {
    let total: bigint | null = fn === "sum" ? null : 0n;
    for (const group of groups) {
      const value = group[id];
      if (typeof value === "bigint") total = (total ?? 0n) + value;
    }
    return [id, total];
  }));
}
