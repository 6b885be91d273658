/**
 * What MongoDB is asked for: to match and to group, nothing more. Groups come by stored values; names, units of time,
 * order, limits and totals are made of them afterwards. Only operators that every server of the protocol has.
 */
import type { Column } from "@/lib/model/mod.ts";
import { type KnownFacts, neededColumns, type RollupInfo } from "./known_facts.ts";
import type { FactAggregate, FactQuery } from "./mod.ts";
import { fieldOf } from "./mongo_layout.ts";
import type { GroupStage } from "./mongo_query_groups.ts";
import { columnOf, pathOf } from "./mongo_query_filter.ts";
import { idOf } from "./mongo_query_labels.ts";
import { levelHolds } from "./query_levels.ts";

/** How the groups of a question are asked for. */
export interface GroupPlan {
  known: KnownFacts;
  query: FactQuery;
  rollup: RollupInfo | null;
  /** Whether the server may answer a sum that is too large with a wrong one, so that its bounds are asked for too. */
  wraps: boolean;
  /** Whether levels have to be told apart, to know which of them answered and from when to when. */
  told: boolean;
}

/** The aggregates that only the values themselves can answer: different ones, and the first or last by text. */
export function isByValue({ known: { dataset } }: Pick<GroupPlan, "known">, { fn, column }: FactAggregate): boolean {
  if (column === undefined || fn === "count") return false;
  return fn === "count_distinct" || columnOf(dataset, column).type === "text";
}

/** The stage that answers groups with their sums. */
export function groupStage(plan: GroupPlan): GroupStage {
  const { rollup, query, told } = plan;
  const fields: Record<string, unknown> = { n: { $sum: rollup ? "$n" : 1n } };
  for (const aggregate of query.aggregates) {
    if (aggregate.column !== undefined && !isByValue(plan, aggregate)) Object.assign(fields, sumsOf(plan, aggregate));
  }
  if (told) Object.assign(fields, { first: { $min: "$d" }, last: { $max: rollup ? "$d" : "$u" } });
  return { _id: keysOf(plan), ...fields };
}

/** The stage that answers the different values of a column by group. */
export function valuesStage(plan: GroupPlan, name: string): GroupStage {
  return { _id: { ...keysOf(plan), ...keysOfColumn(plan, name) } };
}

/** The stage that answers how often each number of a column stands in a group: what adds up exactly, whatever its size. */
export function numbersStage(plan: GroupPlan, name: string): GroupStage {
  return { _id: { ...keysOf(plan), x: `$${sumPath(plan, name)}` }, n: { $sum: 1n } };
}

function sumPath({ known, rollup }: GroupPlan, name: string): string {
  return rollup ? `s.${fieldOf(name)}.sum` : pathOf(columnOf(known.dataset, name));
}

/** Fields of a column's sums: `s` sum, `x` largest, `i` smallest, `c` how many. */
export function fieldsOf(known: Pick<KnownFacts, "dataset">, name: string) {
  const place = known.dataset.columns.findIndex((column) => column.name === name);
  return { s: `s${place}`, x: `x${place}`, i: `i${place}`, c: `c${place}` };
}

/** The key of a column's stored values in `_id`. */
export function keyOf({ dataset }: Pick<KnownFacts, "dataset">, name: string): string {
  return `k${dataset.columns.findIndex((column) => column.name === name)}`;
}

function sumsOf(plan: GroupPlan, { fn, column = "" }: FactAggregate): Record<string, unknown> {
  const { known, rollup, wraps } = plan;
  const definition = columnOf(known.dataset, column);
  const field = fieldsOf(known, column);
  const value = `$${sumPath(plan, column)}`;
  const count = { [field.c]: { $sum: rollup ? `$s.${fieldOf(column)}.n` : countOf(plan, definition) } };
  const largest = { [field.x]: { $max: value } };
  switch (fn) {
    case "sum": {
      // A sum of nothing is 0 here, so something else has to tell whether there was anything.
      const anything = rollup ? { ...count, ...wraps ? largest : {} } : largest;
      return { [field.s]: { $sum: value }, ...anything, ...wraps ? { [field.i]: { $min: value } } : {} };
    }
    case "min":
      return { [field.i]: { $min: value } };
    case "max":
      return largest;
    case "only":
      return { ...largest, ...count };
    case "count":
      return count;
    default:
      throw new TypeError(`Cannot sum up "${fn}" of "${column}": it is asked for by value`);
  }
}

/** 1 for a row that has a value; a name is there where its id is. */
function countOf({ known }: GroupPlan, column: Column): unknown {
  const id = idOf(known, column.name);
  const isThere = (path: string) => ({ $gt: [`$${path}`, null] });
  const there = id ? { $or: [isThere(pathOf(column)), isThere(pathOf(id))] } : isThere(pathOf(column));
  return { $cond: [there, 1n, 0n] };
}

function keysOf(plan: GroupPlan): Record<string, string> {
  const { known, query, told } = plan;
  const keys: Record<string, string> = told ? { l: "$l", o: "$o" } : {};
  for (const { column, grain } of query.groups) {
    if (columnOf(known.dataset, column).role === "time") Object.assign(keys, keyOfTime(plan, grain ?? "day"));
    else Object.assign(keys, keysOfColumn(plan, column));
    const lacking = known.levels.filter((level) => !levelHolds(known.dataset, level, column));
    if (lacking.length > 0 && lacking.length < known.levels.length) keys.l = "$l";
  }
  return keys;
}

/** Weeks are made of days, everything longer of months; a rollup has its periods. */
function keyOfTime({ rollup }: GroupPlan, grain: string): Record<string, string> {
  return rollup || grain === "day" || grain === "week" ? { d: "$d" } : { m: "$m" };
}

/** What has to be known of a row to tell what it shows in a column. */
function keysOfColumn({ known, rollup }: GroupPlan, name: string): Record<string, string> {
  const column = columnOf(known.dataset, name);
  if (column.role === "time") return { v: "$d" };
  const keys = { [keyOf(known, name)]: `$${pathOf(column)}` };
  const id = idOf(known, name);
  if (!id) return keys;
  const owner = rollup
    ? Object.fromEntries(ownerNames(known).map((own) => [keyOf(known, own), `$v.${fieldOf(own)}`]))
    : { o: "$o", a: "$a" };
  return { ...keys, [keyOf(known, id.name)]: `$${pathOf(id)}`, ...owner };
}

/** The columns that say whose a row is. */
export function ownerNames({ dataset }: Pick<KnownFacts, "dataset">): string[] {
  return ["platform", "account_id", "account"].filter((name) => dataset.columns.some((column) => column.name === name));
}

/** The columns of a question that are shown by a name that is looked up. */
export function lookedUp(known: KnownFacts, query: FactQuery): string[] {
  const counted = query.aggregates.filter((aggregate) => isByValue({ known }, aggregate)).map(({ column = "" }) =>
    column
  );
  const shown = new Set([...query.groups.map(({ column }) => column), ...counted]);
  return neededColumns(query).asked.filter((name) => shown.has(name) && idOf(known, name) !== null);
}
