import type { FactAggregate, FactRows } from "@/lib/warehouse/mod.ts";

type Parts = FactRows["rows"][number];

/** Sums of several groups as those of one, and what cannot be merged: a value of `only`, a count of different values. */
export function mergeParts(
  aggregates: FactAggregate[],
  groups: Parts[],
): { parts: Parts; heldBack: FactAggregate[] } {
  const parts: Parts = {};
  const heldBack: FactAggregate[] = [];
  for (const aggregate of aggregates) {
    const values = groups.map((group) => group[aggregate.id]).filter((value) => typeof value === "bigint");
    const single = groups.length === 1 ? groups[0]?.[aggregate.id] ?? null : null;
    switch (aggregate.fn) {
      case "only":
      case "count_distinct":
        if (groups.length > 1 && values.length > 0) heldBack.push(aggregate);
        parts[aggregate.id] = single;
        break;
      case "min":
      case "max":
        parts[aggregate.id] = values.length === 0
          ? null
          : values.reduce((a, b) => (aggregate.fn === "min" ? a < b : a > b) ? a : b);
        break;
      case "sum":
        parts[aggregate.id] = values.length === 0 ? null : values.reduce((a, b) => a + b);
        break;
      default:
        parts[aggregate.id] = values.reduce((a, b) => a + b, 0n);
    }
  }
  return { parts, heldBack };
}
