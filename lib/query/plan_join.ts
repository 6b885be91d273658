/** What several datasets need to have in common, to answer one question. */
import { type Dataset, type MetricQuery, timeColumn } from "@/lib/model/mod.ts";
import type { FactFilter, FactGroup } from "@/lib/warehouse/mod.ts";
import { queryError } from "./parse_query.ts";
import type { PlannedMetric } from "./plan_query.ts";

/** A dataset that also knows the columns of others, by the names that a question's sums have: `orders.revenue`. */
export function withColumnsOf(dataset: Dataset, others: Dataset[]): Dataset {
  if (others.length === 0) return dataset;
  const columns = others.flatMap((other) =>
    other.columns.filter(({ role }) => role !== "time").map((column) => ({
      ...column,
      name: `${other.id}.${column.name}`,
      ...column.labels === undefined ? {} : { labels: `${other.id}.${column.labels}` },
    }))
  );
  return { ...dataset, columns: [...dataset.columns, ...columns] };
}

/**
 * Throws `InputError` naming the field where another dataset that takes part lacks what is grouped or filtered by: left
 * out silently, its sums would stand beside those of something smaller.
 */
export function checkShared(
  dataset: Dataset,
  other: Dataset,
  { query, groups, where, metrics }: {
    query: MetricQuery;
    groups: FactGroup[];
    where: FactFilter | null;
    metrics: PlannedMetric[];
  },
): void {
  const time = timeColumn(dataset).name;
  const asker = metrics.find(({ aggregates }) => aggregates.some(({ id }) => id.startsWith(`${other.id}.`)))?.name ??
    "";
  const find = (name: string) => other.columns.find((column) => column.name === name);
  const needs = `and "${asker}" takes numbers from there`;
  for (const { id, column } of groups) {
    if (column === time) continue;
    const role = find(column)?.role;
    if (role === "dimension") continue;
    const path = `dimensions[${query.dimensions.indexOf(id)}]`;
    throw queryError("unknown-dimension", path, `dataset "${other.id}" has no dimension "${column}", ${needs}`);
  }
  for (const name of where ? columnsIn(where) : []) {
    const own = dataset.columns.find((column) => column.name === name);
    if (name === time || (find(name) && find(name)?.type === own?.type)) continue;
    throw queryError("unknown-column", "filters", `dataset "${other.id}" has no column "${name}", ${needs}`);
  }
}

function columnsIn(filter: FactFilter): Set<string> {
  if ("all" in filter) return new Set(filter.all.flatMap((one) => [...columnsIn(one)]));
  if ("any" in filter) return new Set(filter.any.flatMap((one) => [...columnsIn(one)]));
  if ("not" in filter) return columnsIn(filter.not);
  return new Set([filter.column]);
}
