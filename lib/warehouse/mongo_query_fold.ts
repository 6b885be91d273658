/** Groups of stored values become groups as they are shown: named, cut to units of time, ordered, counted, added up. */
import { startOf } from "@/lib/model/calendar.ts";
import type { Document } from "@/lib/mongo/mongo.ts";
import { compareParts, compareText } from "./compare_parts.ts";
import type { FactAggregate, FactGroup, FactRows } from "./mod.ts";
import { columnOf } from "./mongo_query_filter.ts";
import { entityKey, idOf, type Labels } from "./mongo_query_labels.ts";
import { fieldsOf, type GroupPlan, isByValue, keyOf, ownerNames } from "./mongo_query_plan.ts";
import { integer, readNumber, readSum } from "./mongo_query_sums.ts";
import { levelHolds, NOT_BROKEN_DOWN } from "./query_levels.ts";

type Shown = string | bigint | null;

/** What MongoDB answered: groups with sums, and by column the groups with each different value. */
export interface RawGroups {
  groups: Document[];
  values: ReadonlyMap<string, Document[]>;
  /** By column whose sums did not fit the groups with each different number. */
  numbers: ReadonlyMap<string, Document[]>;
  /** Names by name column. */
  labels: ReadonlyMap<string, Labels>;
}

/** What one cell adds up to. */
interface Tally {
  shown: Shown[];
  n: bigint;
  /** By aggregate: its sum, count, smallest or largest value so far. */
  found: (Shown | undefined)[];
  /** By aggregate: how many rows have a value. */
  counts: bigint[];
  /** By column: its different values. */
  values: Map<string, Set<Shown>>;
}

/** Puts the answer together; `heldBack` tells which aggregates hide values in what is shown. */
export function foldGroups(
  plan: GroupPlan,
  raw: RawGroups,
): Pick<FactRows, "rows" | "totals" | "count"> & { heldBack: ReadonlySet<number> } {
  const { query } = plan;
  const show = shower(plan, raw.labels);
  const tallies = new Map<string, Tally>();
  const total = newTally(plan, []);
  if (query.groups.length === 0) tallies.set("[]", total);
  const tallyOf = (id: Document): Tally => {
    const shown = query.groups.map((group) => show.group(group, id));
    const key = shown.length === 0
      ? "[]"
      : JSON.stringify(shown.map((cell) => typeof cell === "bigint" ? `${cell}` : cell));
    let tally = tallies.get(key);
    if (!tally) tallies.set(key, tally = newTally(plan, shown));
    return tally;
  };
  const each = (id: Document, add: (tally: Tally) => void) => {
    const own = tallyOf(id);
    add(own);
    if (own !== total) add(total);
  };
  for (const group of raw.groups) each(group._id ?? {}, (tally) => addGroup(plan, tally, group, raw.numbers));
  for (const [column, groups] of raw.numbers) {
    for (const group of groups) each(group._id, (tally) => addSum(plan, tally, column, readNumber(group)));
  }
  for (const [column, groups] of raw.values) {
    for (const { _id } of groups) each(_id, (tally) => addValue(tally, column, show.value(column, _id)));
  }
  const ids = query.groups.map(({ id }) => id);
  const finished = [...tallies.values()].map((tally) => ({ tally, row: finish(plan, tally) }));
  const compare = compareParts(query.order, ids);
  finished.sort((a, b) => compare(a.row, b.row));
  const last = query.limit === null ? undefined : query.offset + query.limit;
  const shown = finished.slice(query.offset, last);
  const heldBack = new Set<number>();
  for (const tally of [...shown.map(({ tally }) => tally), ...query.totals ? [total] : []]) {
    query.aggregates.forEach((aggregate, i) => isHeldBack(plan, aggregate, tally, i) && heldBack.add(i));
  }
  return {
    rows: shown.map(({ row }) => row),
    totals: query.totals ? finish(plan, { ...total, shown: [] }) : null,
    count: finished.length,
    heldBack,
  };
}

/** How the keys of a group are shown. */
function shower(plan: GroupPlan, labels: ReadonlyMap<string, Labels>) {
  const { known, query, rollup } = plan;
  const { dataset, levels } = known;
  const periods = new Map<string, string>();
  const period = (day: string, grain: FactGroup["grain"]) => {
    let start = periods.get(`${grain} ${day}`);
    if (start === undefined) periods.set(`${grain} ${day}`, start = startOf(day, grain ?? "day"));
    return start;
  };
  const text = (id: Document, name: string): string | null => id[keyOf(known, name)] ?? null;
  const owner = (id: Document): [string, string] => {
    if (!rollup) return [String(id.o ?? ""), String(id.a ?? "")];
    const own = ownerNames(known).filter((name) => rollup.dimensions.includes(name));
    const account = own.filter((name) => name !== "platform").map((name) => text(id, name)).find((cell) =>
      cell !== null
    );
    return [own.includes("platform") ? text(id, "platform") ?? "" : "", account ?? ""];
  };
  const idColumns = new Map(query.groups.map(({ column }) => [column, idOf(known, column)]));
  const value = (name: string, id: Document): Shown => {
    const column = columnOf(dataset, name);
    if (column.role === "time") return id.v ?? id.d;
    const idColumn = idColumns.get(name) ?? idOf(known, name);
    const stored = text(id, name);
    if (!idColumn) return stored;
    const key = text(id, idColumn.name);
    const label = key === null ? undefined : labels.get(name)?.get(entityKey(...owner(id), key))?.label;
    // An id without any name is shown itself: merging all of them into one empty cell would hide them.
    return label ?? stored ?? key;
  };
  const lacking = new Map(query.groups.map(({ column }) => [
    column,
    new Set(levels.filter((level) => !levelHolds(dataset, level, column)).map(({ level }) => level)),
  ]));
  const group = ({ column, grain }: FactGroup, id: Document): Shown => {
    if (columnOf(dataset, column).role === "time") return period(String(id.d ?? `${id.m}-01`), grain);
    const without = lacking.get(column)!;
    if (without.size > 0 && (without.size === levels.length || without.has(Number(id.l)))) return NOT_BROKEN_DOWN;
    return value(column, id);
  };
  return { group, value };
}

function newTally({ query }: GroupPlan, shown: Shown[]): Tally {
  return { shown, n: 0n, found: [], counts: query.aggregates.map(() => 0n), values: new Map() };
}

function addGroup(plan: GroupPlan, tally: Tally, group: Document, numbers: RawGroups["numbers"]): void {
  tally.n += integer(group.n) ?? 0n;
  plan.query.aggregates.forEach((aggregate, i) => {
    const { fn, column } = aggregate;
    if (column === undefined || isByValue(plan, aggregate)) return;
    const field = fieldsOf(plan.known, column);
    const cell = (value: unknown): Shown => typeof value === "string" ? value : integer(value);
    const known = tally.found[i] ?? null;
    if (fn === "sum") tally.found[i] = numbers.has(column) ? known : add(known, readSum(plan, group, column));
    else if (fn === "min") tally.found[i] = extreme([known, cell(group[field.i])], -1);
    else if (fn === "max" || fn === "only") tally.found[i] = extreme([known, cell(group[field.x])], 1);
    if (fn === "count" || fn === "only") tally.counts[i] = (tally.counts[i] ?? 0n) + (integer(group[field.c]) ?? 0n);
  });
}

function addSum({ query }: GroupPlan, tally: Tally, column: string, sum: bigint | null): void {
  query.aggregates.forEach((aggregate, i) => {
    if (aggregate.fn === "sum" && aggregate.column === column) tally.found[i] = add(tally.found[i] ?? null, sum);
  });
}

function addValue(tally: Tally, column: string, value: Shown): void {
  if (value === null) return;
  const known = tally.values.get(column);
  if (known) known.add(value);
  else tally.values.set(column, new Set([value]));
}

function add(a: Shown, b: bigint | null): Shown {
  return b === null ? a : typeof a === "bigint" ? a + b : b;
}

/** The smallest (-1) or largest (1) of values; null of none. */
function extreme(values: Iterable<Shown>, sign: 1 | -1): Shown {
  let best: Shown = null;
  for (const value of values) {
    if (value === null) continue;
    if (best === null || sign * compareShown(value, best) > 0) best = value;
  }
  return best;
}

function compareShown(a: string | bigint, b: string | bigint): number {
  if (typeof a === "bigint" && typeof b === "bigint") return a < b ? -1 : a > b ? 1 : 0;
  return compareText(String(a), String(b));
}

function finish(plan: GroupPlan, tally: Tally): FactRows["rows"][number] {
  const { groups, aggregates } = plan.query;
  const row: FactRows["rows"][number] = {};
  tally.shown.forEach((cell, i) => row[groups[i]!.id] = cell === null ? null : String(cell));
  aggregates.forEach((aggregate, i) => row[aggregate.id] = finishOne(plan, aggregate, tally, i));
  return row;
}

function finishOne(plan: GroupPlan, aggregate: FactAggregate, tally: Tally, place: number): Shown {
  const { fn, column = "" } = aggregate;
  const values = tally.values.get(column) ?? new Set();
  const isOne = tally.n === 1n;
  if (fn === "count_rows") return tally.n;
  if (fn === "count") return tally.counts[place] ?? 0n;
  if (fn === "count_distinct") return BigInt(values.size);
  if (fn === "only" && !isOne) return null;
  if (isByValue(plan, aggregate)) return extreme(values, fn === "min" ? -1 : 1);
  return tally.found[place] ?? null;
}

/** Whether values stand behind a cell that shows none, because there are several rows. */
function isHeldBack(plan: GroupPlan, aggregate: FactAggregate, tally: Tally, place: number): boolean {
  if (aggregate.fn !== "only" || tally.n <= 1n) return false;
  if (!isByValue(plan, aggregate)) return (tally.counts[place] ?? 0n) > 0n;
  return (tally.values.get(aggregate.column ?? "")?.size ?? 0) > 0;
}
