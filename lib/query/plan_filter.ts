import type { Column, Condition, Dataset, Filter } from "@/lib/model/mod.ts";
import { daySchema } from "@/lib/model/mod.ts";
import type { FactFilter } from "@/lib/warehouse/mod.ts";
import { didYouMean } from "./nearest_name.ts";
import { queryError } from "./parse_query.ts";

/**
 * Turns filters into conditions over stored values: names checked, numbers made exact stored integers. Negations keep
 * rows without a value ("not Germany" holds for a row without a country).
 * Throws `InputError` naming the field's path.
 */
export function planFilter(dataset: Dataset, filter: Filter, path = "filters"): FactFilter {
  if ("and" in filter) return { all: filter.and.map((part, i) => planFilter(dataset, part, `${path}.and[${i}]`)) };
  if ("or" in filter) return { any: filter.or.map((part, i) => planFilter(dataset, part, `${path}.or[${i}]`)) };
  const column = dataset.columns.find(({ name }) => name === filter.field);
  if (!column) {
    const isMetric = dataset.metrics.some(({ name }) => name === filter.field);
    throw queryError(
      "unknown-column",
      `${path}.field`,
      isMetric
        ? `"${filter.field}" is worked out from sums; filters look at the columns of stored rows`
        : `dataset "${dataset.id}" has no column "${filter.field}"` +
          didYouMean(filter.field, dataset.columns.map(({ name }) => name)),
    );
  }
  return planCondition(column, filter, path);
}

function planCondition(column: Column, condition: Condition, path: string): FactFilter {
  const { name } = column;
  switch (condition.op) {
    case "is-empty":
      return { column: name, op: "is-empty" };
    case "is-not-empty":
      return { not: { column: name, op: "is-empty" } };
    case "contains":
    case "starts-with":
    case "ends-with":
      return { column: name, op: condition.op, value: textOnly(column, condition, path) };
    case "not-contains":
      return { not: { column: name, op: "contains", value: textOnly(column, condition, path) } };
    case "equals":
      return isOneOf(column, [condition.value], path);
    case "not":
      return { not: isOneOf(column, [condition.value], path) };
    case "in":
      return isOneOf(column, condition.value, path);
    case "not-in":
      return { not: isOneOf(column, condition.value, path) };
    case "between": {
      const [low, high] = condition.value;
      const outside = bound(column, "greater-or-equal", low, `${path}.value[0]`);
      return { all: [outside, bound(column, "less-or-equal", high, `${path}.value[1]`)] };
    }
    default:
      return bound(column, condition.op, condition.value, `${path}.value`);
  }
}

function textOnly(column: Column, condition: Condition & { value: string }, path: string): string {
  if (column.type === "text") return condition.value;
  throw queryError(
    "bad-filter",
    `${path}.op`,
    `"${condition.op}" looks into text; "${column.name}" is ${
      kindOf(column)
    }: use equals, in, between, greater or less`,
  );
}

function isOneOf(column: Column, values: (string | number)[], path: string): FactFilter {
  const at = (i: number) => values.length === 1 ? `${path}.value` : `${path}.value[${i}]`;
  if (column.type === "text") return { column: column.name, op: "in", values: values.map(String) };
  if (column.type === "date") {
    return { column: column.name, op: "in", values: values.map((value, i) => day(column, value, at(i))) };
  }
  // A number with more places than are stored equals no stored number.
  const stored = values.map((value, i) => toStored(column, value, at(i))).filter(({ exact }) => exact);
  if (stored.length === 0) return { any: [] };
  return { column: column.name, op: "in", values: stored.map(({ floor }) => floor) };
}

type BoundOp = "greater" | "greater-or-equal" | "less" | "less-or-equal";

function bound(column: Column, op: BoundOp, value: string | number, path: string): FactFilter {
  const { name } = column;
  if (column.type === "text") {
    throw queryError("bad-filter", path, `"${name}" is text and has no order; use equals, in, contains or starts-with`);
  }
  if (column.type === "date") return { column: name, op, value: day(column, value, path) };
  const { floor, exact } = toStored(column, value, path);
  if (exact) return { column: name, op, value: floor };
  // Between two stored numbers: above means above the lower one, below means up to it.
  return {
    column: name,
    op: op === "greater" || op === "greater-or-equal" ? "greater" : "less-or-equal",
    value: floor,
  };
}

function day(column: Column, value: string | number, path: string): string {
  if (typeof value === "string" && daySchema.safeParse(value).success) return value;
  throw queryError("bad-filter", path, `"${column.name}" is a date: write "2026-01-31", not ${JSON.stringify(value)}`);
}

/** Larger numbers than any that is stored; they still compare as they should. */
const LARGEST = 2n ** 62n;

/** The stored integer at or below a number, worked out from its decimal text: no binary fraction takes part. */
function toStored(column: Column, value: string | number, path: string): { floor: bigint; exact: boolean } {
  const match = /^([+-]?)(\d{1,400})(?:\.(\d{1,400}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(String(value).trim());
  if (!match) {
    throw queryError(
      "bad-filter",
      path,
      `"${column.name}" is a number: write 12.5, not ${JSON.stringify(value)}`,
    );
  }
  const [, sign, whole = "0", fraction = "", exponent = "0"] = match;
  const places = column.type === "decimal" ? 6 : 0;
  const digits = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
  const shift = places - fraction.length + Number(exponent);
  if (shift >= 0) return clamp(digits * 10n ** BigInt(shift), true);
  const divisor = 10n ** BigInt(-shift);
  const quotient = digits / divisor;
  const exact = quotient * divisor === digits;
  return clamp(digits < 0n && !exact ? quotient - 1n : quotient, exact);
}

function clamp(floor: bigint, exact: boolean): { floor: bigint; exact: boolean } {
  if (floor > LARGEST) return { floor: LARGEST, exact: false };
  return floor < -LARGEST ? { floor: -LARGEST, exact: false } : { floor, exact };
}

function kindOf(column: Column): string {
  return column.type === "date" ? "a date" : "a number";
}
