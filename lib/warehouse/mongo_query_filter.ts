/**
 * Conditions as MongoDB matches them. Field names come from the definition and values are checked by their column's
 * type, so nothing from outside ever becomes an operator. Every condition is two-valued, so `$nor` is its opposite.
 */
import type { Column, Dataset } from "@/lib/model/mod.ts";
import type { FilterLeaf } from "./filter_match.ts";
import type { FactFilter } from "./mod.ts";
import { fieldOf } from "./mongo_layout.ts";
import { textPattern } from "./text_match.ts";

/** A `$match`; true and false where nothing has to be looked at. */
export type MatchCondition = Record<string, unknown> | boolean;

/** What a filter is compiled with. */
export interface MatchScope {
  dataset: Dataset;
  /** The condition on a name that is looked up by its id; null where the stored column decides. */
  label(leaf: FilterLeaf): MatchCondition | null;
}

/** Compiles a condition over stored documents. */
export function compileMatch(scope: MatchScope, filter: FactFilter): MatchCondition {
  if ("all" in filter) return allOf(filter.all.map((part) => compileMatch(scope, part)));
  if ("any" in filter) return anyOf(filter.any.map((part) => compileMatch(scope, part)));
  if ("not" in filter) return noneOf([compileMatch(scope, filter.not)]);
  return scope.label(filter) ?? matchLeaf(columnOf(scope.dataset, filter.column), filter);
}

/** A `$match` of what has to hold together. */
export function allOf(parts: MatchCondition[]): MatchCondition {
  if (parts.includes(false)) return false;
  const found = parts.filter((part) => typeof part === "object");
  return found.length === 0 ? true : found.length === 1 ? found[0]! : { $and: found };
}

/** A `$match` of which one has to hold. */
export function anyOf(parts: MatchCondition[]): MatchCondition {
  if (parts.includes(true)) return true;
  const found = parts.filter((part) => typeof part === "object");
  return found.length === 0 ? false : found.length === 1 ? found[0]! : { $or: found };
}

/** A `$match` of what must not hold. */
export function noneOf(parts: MatchCondition[]): MatchCondition {
  if (parts.includes(true)) return false;
  const found = parts.filter((part) => typeof part === "object");
  return found.length === 0 ? true : { $nor: found };
}

/** A condition on a column's own values, or on those of another field that holds the same kind. */
export function matchLeaf(column: Column, leaf: FilterLeaf, path = pathOf(column)): MatchCondition {
  const { op } = leaf;
  switch (op) {
    case "in":
      return leaf.values.length === 0
        ? false
        : { [path]: { $in: leaf.values.map((value) => checkedValue(column, value)) } };
    case "contains":
    case "starts-with":
    case "ends-with":
      if (column.type !== "text") throw new TypeError(`Cannot look into "${column.name}": it is no text`);
      return { [path]: { $regex: textPattern(op, String(checkedValue(column, leaf.value))) } };
    case "is-empty":
      if (column.role === "time") return false;
      // Null also finds documents without the field.
      return { [path]: column.type === "text" ? { $in: [null, ""] } : null };
    default:
      if (column.type === "text") throw new TypeError(`Cannot compare "${column.name}": it is text and has no order`);
      return { [path]: { [COMPARISONS[op]]: checkedValue(column, leaf.value) } };
  }
}

const COMPARISONS = { greater: "$gt", "greater-or-equal": "$gte", less: "$lt", "less-or-equal": "$lte" } as const;

/** Where a column's values lie in a stored row. */
export function pathOf(column: Pick<Column, "name" | "role">): string {
  return column.role === "time" ? "d" : `v.${fieldOf(column.name)}`;
}

/** The column of a definition. Throws for a name that it lacks. */
export function columnOf(dataset: Dataset, name: string): Column {
  const column = dataset.columns.find((c) => c.name === name);
  if (!column) throw new TypeError(`Cannot read column "${name}": dataset "${dataset.id}" has no such column`);
  return column;
}

function checkedValue(column: Column, value: unknown): string | bigint {
  const isText = column.type === "text" || column.type === "date";
  if (isText && typeof value === "string") return value;
  if (!isText && typeof value === "bigint") return value;
  throw new TypeError(
    `Cannot compare "${column.name}" with a value of type ${typeof value}: it holds ${isText ? "text" : "numbers"}`,
  );
}
