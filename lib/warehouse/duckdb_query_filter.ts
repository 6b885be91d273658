import type { Column, Dataset } from "@/lib/model/mod.ts";
import type { FactFilter } from "./mod.ts";
import type { StatementParams } from "./duckdb_query_params.ts";

/** What a filter leaf is compiled with. */
export interface FilterScope {
  dataset: Dataset;
  params: StatementParams;
  /** The SQL of a column; null where nothing can be said about it here. */
  expression(column: string): string | null;
}

/**
 * Compiles a condition to SQL over parameters. Every leaf is two-valued: an empty cell fulfils `is-empty` and nothing
 * else, so `not` keeps empty cells. Text is compared literally and without regard to case by contains, starts-with and
 * ends-with, exactly by `in`. A leaf whose column has no expression here counts as "may be" (true, under `not` false).
 */
export function compileFilter(scope: FilterScope, filter: FactFilter, negated = false): string {
  if ("all" in filter) return join(scope, filter.all, negated, "and", "true");
  if ("any" in filter) return join(scope, filter.any, negated, "or", "false");
  if ("not" in filter) return `(not ${compileFilter(scope, filter.not, !negated)})`;
  const expression = scope.expression(filter.column);
  if (expression === null) return negated ? "false" : "true";
  const sql = leaf(scope, filter, expression);
  // A null answer is as good as false at the top, but `not null` is null: there the leaf must decide.
  return negated ? `coalesce(${sql}, false)` : sql;
}

function join(scope: FilterScope, parts: FactFilter[], negated: boolean, word: "and" | "or", empty: string): string {
  if (parts.length === 0) return empty;
  return `(${parts.map((part) => compileFilter(scope, part, negated)).join(` ${word} `)})`;
}

function leaf(scope: FilterScope, filter: Extract<FactFilter, { column: string }>, expression: string): string {
  const column = scope.dataset.columns.find((c) => c.name === filter.column);
  if (!column) {
    throw new TypeError(`Cannot filter by "${filter.column}": dataset "${scope.dataset.id}" has no such column`);
  }
  const type = sqlType(column);
  const text = type === "varchar" ? expression : `${expression}::varchar`;
  switch (filter.op) {
    case "in":
      if (filter.values.length === 0) return "false";
      return `${expression} in (${filter.values.map((value) => scope.params.add(value, type)).join(", ")})`;
    case "contains":
      return `contains(lower(${text}), lower(${scope.params.add(filter.value, "varchar")}))`;
    case "starts-with":
      return `starts_with(lower(${text}), lower(${scope.params.add(filter.value, "varchar")}))`;
    case "ends-with":
      return `ends_with(lower(${text}), lower(${scope.params.add(filter.value, "varchar")}))`;
    case "is-empty":
      return type === "varchar" ? `(${expression} is null or ${expression} = '')` : `${expression} is null`;
    default:
      return `${expression} ${COMPARISONS[filter.op]} ${scope.params.add(filter.value, type)}`;
  }
}

const COMPARISONS = { greater: ">", "greater-or-equal": ">=", less: "<", "less-or-equal": "<=" } as const;

function sqlType(column: Column): "varchar" | "bigint" | "date" {
  if (column.type === "text") return "varchar";
  return column.type === "date" ? "date" : "bigint";
}
