import type { FactQuery } from "@/lib/warehouse/mod.ts";

const plain: Omit<FactQuery, "version"> = {
  from: null,
  to: null,
  groups: [],
  aggregates: [{ id: "clicks", fn: "sum", column: "clicks" }, { id: "lines", fn: "count_rows" }],
  where: null,
  order: [],
  limit: null,
  offset: 0,
  totals: true,
};

/** Questions that every warehouse answers alike: names, levels, rollups, conditions, values that cannot be added. */
export const ALIKE_QUESTIONS: Omit<FactQuery, "version">[] = [
  plain,
  { ...plain, groups: [{ id: "period", column: "date", grain: "month" }, { id: "platform", column: "platform" }] },
  {
    ...plain,
    groups: [{ id: "campaign", column: "campaign" }, { id: "account", column: "account" }],
    order: [{ by: { formula: { aggregate: "clicks", scale: 1 } }, direction: "desc" }],
    limit: 3,
  },
  {
    ...plain,
    groups: [{ id: "period", column: "date", grain: "week" }, { id: "device", column: "device" }],
    aggregates: [
      ...plain.aggregates,
      { id: "spend", fn: "sum", column: "spend" },
      { id: "reach", fn: "only", column: "reach" },
      { id: "named", fn: "count", column: "campaign" },
      { id: "names", fn: "count_distinct", column: "campaign" },
      { id: "most", fn: "max", column: "clicks" },
      { id: "last", fn: "max", column: "date" },
    ],
  },
  {
    ...plain,
    from: "2026-01-02",
    to: "2026-01-04",
    groups: [{ id: "campaign_id", column: "campaign_id" }],
    where: { not: { column: "campaign", op: "contains", value: "O" } },
    offset: 1,
  },
  {
    ...plain,
    groups: [{ id: "currency", column: "currency" }],
    where: {
      any: [
        { column: "campaign", op: "in", values: ["New", "Grüße/%.$", "c2"] },
        { column: "account", op: "is-empty" },
        { column: "clicks", op: "greater", value: 1n },
      ],
    },
  },
];
