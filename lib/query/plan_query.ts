import { InputError } from "@/lib/errors.ts";
import { type Dataset, type MetricFormat, type MetricQuery, timeColumn } from "@/lib/model/mod.ts";
import type { FactAggregate, FactFilter, FactFormula, FactGroup, FactQuery } from "@/lib/warehouse/mod.ts";
import { type FormulaProblem, type FormulaScope, resolveMetric } from "./formula/mod.ts";
import { formatOf } from "./format_of.ts";
import { didYouMean } from "./nearest_name.ts";
import { queryError } from "./parse_query.ts";
import { checkShared, withColumnsOf } from "./plan_join.ts";
import { planFilter } from "./plan_filter.ts";

/** A metric of a question, taken apart. */
export interface PlannedMetric {
  name: string;
  title: string;
  format: MetricFormat;
  better: "up" | "down" | "none";
  formula: FactFormula;
  aggregates: FactAggregate[];
  notAdditive: string[];
  monetary: boolean;
}

/** A question with its names checked: what is asked of the store, and what is made of the answer. */
export interface QueryPlan {
  /** The question's dataset; with it, under names such as `orders.revenue`, columns of others that take part. */
  dataset: Dataset;
  /** Other datasets that metrics take sums from. */
  others: Dataset[];
  query: MetricQuery;
  metrics: PlannedMetric[];
  aggregates: FactAggregate[];
  /** `period` first, then the dimensions as asked. */
  groups: FactGroup[];
  where: FactFilter | null;
  order: FactQuery["order"];
  /** Whether amounts in a currency are asked for, of a dataset whose rows say in which. */
  monetary: boolean;
}

/**
 * Checks every name of a question and takes its metrics apart; `others` are the datasets that its formulas name. Throws
 * `InputError` naming the field's path.
 */
export function planQuery(
  dataset: Dataset,
  query: MetricQuery,
  others: ReadonlyMap<string, Dataset> = new Map(),
): QueryPlan {
  const metrics = planMetrics(dataset, query, others);
  const groups = planGroups(dataset, query, metrics);
  const aggregates = [...new Map(metrics.flatMap((m) => m.aggregates).map((a) => [a.id, a])).values()];
  if (query.other && query.limit !== undefined && query.dimensions.length !== 1) {
    const message = `the row for everything past the limit needs exactly one dimension, not ${query.dimensions.length}`;
    throw queryError("bad-query", "other", message);
  }
  const where = query.filters ? planFilter(dataset, query.filters) : null;
  const joined = [...others.values()].filter(({ id }) => aggregates.some((one) => one.id.startsWith(`${id}.`)));
  for (const other of joined) checkShared(dataset, other, { query, groups, where, metrics });
  return {
    dataset: withColumnsOf(dataset, joined),
    others: joined,
    query,
    metrics,
    aggregates,
    groups,
    where,
    order: planOrder(query, metrics, groups),
    monetary: metrics.some((m) => m.monetary) && dataset.columns.some(({ name }) => name === "currency"),
  };
}

function planMetrics(
  dataset: Dataset,
  query: MetricQuery,
  others: ReadonlyMap<string, Dataset>,
): PlannedMetric[] {
  const formulas = new Map(dataset.metrics.map(({ name, formula }) => [name, formula]));
  const used = new Set<string>();
  query.metrics.forEach((ref, i) => {
    const name = typeof ref === "string" ? ref : ref.name;
    if (used.has(name)) throw queryError("bad-query", `metrics[${i}]`, `"${name}" is asked for twice`);
    used.add(name);
    if (typeof ref === "string") return;
    if (formulas.has(name) && !ref.shadow) {
      const message = `dataset "${dataset.id}" has a metric "${name}" already; give the formula another name`;
      throw queryError("bad-query", `metrics[${i}].name`, message);
    }
    formulas.set(name, ref.formula);
  });
  const scope: FormulaScope = { dataset, metrics: formulas, others };
  return query.metrics.map((ref, i) => planMetric(ref, `metrics[${i}]`, scope));
}

function planMetric(ref: MetricQuery["metrics"][number], path: string, scope: FormulaScope): PlannedMetric {
  const name = typeof ref === "string" ? ref : ref.name;
  const outcome = resolveMetric(name, scope);
  if (!outcome.ok) {
    if (typeof ref === "string") throw formulaError("unknown-metric", path, outcome.problem, scope, ref);
    throw formulaError("bad-formula", `${path}.formula`, outcome.problem, scope, name);
  }
  const known = typeof ref === "string" ? scope.dataset.metrics.find((metric) => metric.name === name) : undefined;
  const inline = typeof ref === "string" ? undefined : ref;
  return {
    name,
    title: known?.title ?? inline?.title ?? titleOf(name),
    format: known?.format ?? inline?.format ??
      formatOf(outcome.value, withColumnsOf(scope.dataset, [...scope.others?.values() ?? []])),
    better: known?.better ?? inline?.better ?? "none",
    ...outcome.value,
  };
}

function formulaError(
  code: "unknown-metric" | "bad-formula",
  path: string,
  problem: FormulaProblem,
  scope: FormulaScope,
  name: string,
): InputError {
  const meant = problem.nearest ? `; did you mean "${problem.nearest}"?` : "";
  const nearest = problem.nearest ? { nearest: problem.nearest } : {};
  if (!scope.metrics.has(name)) {
    const column = scope.dataset.columns.find((column) => column.name === name);
    const fn = column?.role !== "measure" ? "count_distinct" : column.additive ? "sum" : "only";
    const message = column
      ? `"${name}" is a column, not a metric; ask for {"name": "my_${name}", "formula": "${fn}(${name})"}`
      : problem.message + meant;
    return withExtra(queryError(code, path, message), nearest);
  }
  // The path says already which formula it is; only a mistake in another metric keeps that metric's name.
  const own = `In metric "${name}": `;
  const isOwn = problem.message.startsWith(own);
  const text = isOwn ? problem.message.slice(own.length) : problem.message;
  const error = queryError("bad-formula", path, `${text}${meant} (at character ${problem.at + 1})`);
  return withExtra(error, { ...nearest, ...(isOwn ? { position: problem.at } : {}) });
}

function withExtra(error: InputError, extra: Record<string, unknown>): InputError {
  return new InputError(error.code, error.message, { ...error.extra, ...extra }, error.status);
}

function planGroups(dataset: Dataset, query: MetricQuery, metrics: PlannedMetric[]): FactGroup[] {
  const time = timeColumn(dataset).name;
  const groups: FactGroup[] = query.grain ? [{ id: "period", column: time, grain: query.grain }] : [];
  query.dimensions.forEach((name, i) => {
    const path = `dimensions[${i}]`;
    const column = dataset.columns.find((c) => c.name === name);
    if (!column) {
      const names = dataset.columns.filter((c) => c.role === "dimension").map((c) => c.name);
      const message = `dataset "${dataset.id}" has no dimension "${name}"${didYouMean(name, names)}`;
      throw queryError("unknown-dimension", path, message);
    }
    if (column.role === "measure") {
      throw queryError("unknown-dimension", path, `"${name}" is a measure; it can be a metric or a filter`);
    }
    if (query.dimensions.indexOf(name) !== i) throw queryError("bad-query", path, `"${name}" is asked for twice`);
    if (metrics.some((metric) => metric.name === name)) {
      throw queryError("bad-query", path, `"${name}" is also the name of a metric asked for; rename the metric`);
    }
    groups.push({ id: name, column: name });
  });
  const reserved = metrics.findIndex(({ name }) => name === "other" || (name === "period" && query.grain));
  if (reserved >= 0) {
    const message = `"${metrics[reserved]?.name}" is a field of every answer; give the metric another name`;
    throw queryError("bad-query", `metrics[${reserved}]`, message);
  }
  return groups;
}

function planOrder(query: MetricQuery, metrics: PlannedMetric[], groups: FactGroup[]): FactQuery["order"] {
  return query.order.map(({ by, direction }, i) => {
    const way = direction.startsWith("desc") ? "desc" as const : "asc" as const;
    const metric = metrics.find(({ name }) => name === by);
    if (metric) return { by: { formula: metric.formula }, direction: way };
    if (groups.some(({ id }) => id === by)) return { by: { group: by }, direction: way };
    const names = [...metrics.map(({ name }) => name), ...groups.map(({ id }) => id)];
    const message = `"${by}" is not part of the question; order by ${names.join(", ")}${didYouMean(by, names)}`;
    throw queryError("unknown-order", `order[${i}].by`, message);
  });
}

function titleOf(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
