/** A filter as rows that can be edited, and back. Pure. */
import type { Condition, Filter } from "@/lib/model/mod.ts";

/** How rows hold together. */
export type RowsMode = "and" | "or";

/** A row that is edited: a column, how it is compared, and with what. */
export interface ConditionRow {
  field: string;
  op: RowOp;
  /** For `in` and `not-in`. */
  values: string[];
  /** For parts of texts. */
  text: string;
}

/** A row: an edited condition, or a filter that has no row of its own and stays as it is. */
export type FilterRow = ConditionRow | { kept: Filter };

/** Comparisons in the order they are offered, with their words. */
export const ROW_OPS = [
  ["in", "is"],
  ["not-in", "is not"],
  ["contains", "contains"],
  ["not-contains", "does not contain"],
  ["starts-with", "starts with"],
  ["ends-with", "ends with"],
  ["is-empty", "is empty"],
  ["is-not-empty", "is not empty"],
] as const;
/** A comparison of a row. */
export type RowOp = typeof ROW_OPS[number][0];

/** The rows of a filter. */
export function rowsOf(filter: Filter | undefined): { mode: RowsMode; rows: FilterRow[] } {
  if (!filter) return { mode: "and", rows: [] };
  if ("and" in filter) return { mode: "and", rows: filter.and.map(rowOf) };
  if ("or" in filter) return { mode: "or", rows: filter.or.map(rowOf) };
  return { mode: "and", rows: [rowOf(filter)] };
}

/** The filter of rows; what is not finished is left out, and undefined says that nothing is filtered. */
export function filterOfRows(mode: RowsMode, rows: FilterRow[]): Filter | undefined {
  const filters = rows.flatMap((row) => {
    if ("kept" in row) return [row.kept];
    const condition = conditionOf(row);
    return condition ? [condition] : [];
  });
  if (filters.length === 0) return undefined;
  return filters.length === 1 && mode === "and" ? filters[0]! : mode === "and" ? { and: filters } : { or: filters };
}

/** Whether a row lacks what it compares with. */
export function isUnfinished(row: FilterRow): boolean {
  return !("kept" in row) && conditionOf(row) === null;
}

/** What a row of a comparison is compared with: chosen values, a part of a text, or nothing. */
export function comparesWith(op: RowOp): "values" | "text" | "nothing" {
  if (op === "in" || op === "not-in") return "values";
  return op === "is-empty" || op === "is-not-empty" ? "nothing" : "text";
}

function rowOf(filter: Filter): FilterRow {
  if ("and" in filter || "or" in filter) return { kept: filter };
  const { field, op, value } = filter;
  const row = { field, values: [], text: "" };
  switch (op) {
    case "equals":
    case "not":
      return { ...row, op: op === "equals" ? "in" : "not-in", values: [String(value)] };
    case "in":
    case "not-in":
      return { ...row, op, values: value.map(String) };
    case "contains":
    case "not-contains":
    case "starts-with":
    case "ends-with":
      return { ...row, op, text: value };
    case "is-empty":
    case "is-not-empty":
      return { ...row, op };
    default:
      return { kept: filter };
  }
}

function conditionOf({ field, op, values, text }: ConditionRow): Condition | null {
  switch (comparesWith(op)) {
    case "nothing":
      return { field, op } as Condition;
    case "text":
      return text === "" ? null : { field, op, value: text } as Condition;
    default:
      return values.length === 0 ? null : { field, op, value: values } as Condition;
  }
}
