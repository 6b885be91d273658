import type { Cell, ResultRow } from "@/lib/model/mod.ts";
import type { Asking, FactAnswer, Parts } from "./ask_facts.ts";
import { evaluateFormula } from "./formula/mod.ts";
import type { QueryPlan } from "./plan_query.ts";

/** Rows of an answer, what is past the limit last. */
export function toRows({ plan, groups }: Asking, { rows, others }: Pick<FactAnswer, "rows" | "others">): ResultRow[] {
  const ids = groups.map(({ id }) => id);
  return [
    ...rows.map((parts) => toRow(plan, parts, ids)),
    ...others.map((parts) => ({ ...toRow(plan, parts, ids), other: true })),
  ];
}

/** One row: its groups, and its metrics worked out from the exact sums. */
export function toRow(plan: QueryPlan, parts: Parts, ids: string[]): ResultRow {
  const row: Record<string, Cell> = {};
  for (const id of ids) {
    const value = parts[id] ?? null;
    row[id] = typeof value === "bigint" ? String(value) : value;
  }
  for (const { name, formula } of plan.metrics) row[name] = evaluateFormula(formula, parts);
  return row;
}

/** Totals over all rows; an amount over several currencies would be a sum of pears and apples. */
export function toTotals(plan: QueryPlan, parts: Parts, isSplit: boolean): ResultRow {
  const row = toRow(plan, parts, []);
  if (isSplit) { for (const { name, monetary } of plan.metrics) if (monetary) row[name] = null; }
  return row;
}
