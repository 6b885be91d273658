/**
 * A question over several datasets: each is asked for the same groups, and their rows are put side by side. Above this
 * nothing knows that there are several: sums of another dataset carry its name, `orders.sum_revenue`.
 */
import { InputError } from "@/lib/errors.ts";
import { timeColumn } from "@/lib/model/mod.ts";
import {
  compareParts,
  type DatasetRef,
  type FactAggregate,
  type FactFilter,
  type FactGroup,
  type FactQuery,
  type FactRows,
  type Warehouse,
} from "@/lib/warehouse/mod.ts";

/** Another dataset that takes part in a question, at the version it is read at. */
export interface JoinedDataset {
  ref: DatasetRef;
  version: number;
}

/** Aggregates that only say which dimensions are asked for: every dataset must hear them, so that the same levels answer. */
export const ASKED = "asked_";
/** Groups of one dataset that are held at once while they are joined. */
const MAX_GROUPS = 500_000;

type Asked = Pick<Warehouse, "query">;
type Parts = FactRows["rows"][number];

/** The warehouse itself where no other dataset takes part. */
export function joinDatasets(warehouse: Asked, others: readonly JoinedDataset[]): Asked {
  if (others.length === 0) return warehouse;
  return {
    async query(ref, query) {
      const own = { ref, version: query.version, prefix: "" };
      const sides = [own, ...others.map((one) => ({ ...one, prefix: `${one.ref.dataset.id}.` }))];
      const answers = await Promise.all(sides.map(async (side) => {
        const asked = sideOf(side, ref, query);
        return named(await warehouse.query(side.ref, asked), side.prefix, query);
      }));
      if (answers.some(({ rows }) => rows.length > MAX_GROUPS)) {
        const message = `Cannot answer the question: a dataset has more than ${MAX_GROUPS} groups to be joined; ` +
          "ask for fewer dimensions or days";
        throw new InputError("too-large", message, { field: "dimensions" }, 422);
      }
      return join(answers, query);
    },
  };
}

/** Whose aggregate it is: the part of its id before the point. */
function prefixOf({ id }: FactAggregate): string {
  return id.slice(0, id.indexOf(".") + 1);
}

function sideOf(
  { ref, version, prefix }: JoinedDataset & { prefix: string },
  own: DatasetRef,
  query: FactQuery,
): FactQuery {
  const [ownTime, time] = [timeColumn(own.dataset).name, timeColumn(ref.dataset).name];
  const rename = (column: string) => column === ownTime ? time : column;
  const aggregates = query.aggregates
    .filter((aggregate) => prefixOf(aggregate) === prefix || aggregate.id.startsWith(ASKED))
    .map(({ id, fn, column }): FactAggregate => ({
      id: id.startsWith(ASKED) ? id : id.slice(prefix.length),
      fn,
      ...column === undefined ? {} : { column: id.startsWith(ASKED) ? rename(column) : column.slice(prefix.length) },
    }));
  return {
    ...query,
    version,
    groups: groupsOf(ref, query.groups, rename),
    aggregates,
    where: query.where && renamed(query.where, rename),
    order: [],
    limit: MAX_GROUPS + 1,
    offset: 0,
  };
}

/** A dataset without amounts has no currency to be split by: its rows stand where no currency is. */
function groupsOf({ dataset }: DatasetRef, groups: FactGroup[], rename: (column: string) => string): FactGroup[] {
  return groups
    .map((group) => ({ ...group, column: rename(group.column) }))
    .filter(({ column }) => column !== "currency" || dataset.columns.some(({ name }) => name === "currency"));
}

function renamed(filter: FactFilter, rename: (column: string) => string): FactFilter {
  if ("all" in filter) return { all: filter.all.map((one) => renamed(one, rename)) };
  if ("any" in filter) return { any: filter.any.map((one) => renamed(one, rename)) };
  if ("not" in filter) return { not: renamed(filter.not, rename) };
  return { ...filter, column: rename(filter.column) };
}

/** The answer of one dataset with its name before its sums; what it says of columns too. */
function named(facts: FactRows, prefix: string, { groups }: FactQuery): FactRows {
  const ids = new Set(groups.map(({ id }) => id));
  const name = (parts: Parts): Parts =>
    Object.fromEntries(Object.entries(parts).map(([id, value]) => [ids.has(id) ? id : `${prefix}${id}`, value]));
  return {
    ...facts,
    rows: facts.rows.map(name),
    totals: facts.totals && name(facts.totals),
    notices: facts.notices.map((notice) => ({ ...notice, column: `${prefix}${notice.column}` })),
  };
}

function join(answers: FactRows[], query: FactQuery): FactRows {
  const ids = query.groups.map(({ id }) => id);
  // Where a dataset has no row, nothing was counted; sums of nothing are nothing.
  const nothing: Parts = Object.fromEntries(
    query.aggregates.map(({ id, fn }) => [id, fn.startsWith("count") ? 0n : null]),
  );
  const joined = new Map<string, Parts>();
  for (const { rows } of answers) {
    for (const row of rows) {
      const group = Object.fromEntries(ids.map((id) => [id, row[id] ?? null]));
      const key = JSON.stringify(ids.map((id) => row[id] ?? null));
      joined.set(key, { ...(joined.get(key) ?? nothing), ...row, ...group });
    }
  }
  const rows = [...joined.values()].sort(compareParts(query.order, ids));
  const rollups = new Set(answers.map(({ rollup }) => rollup));
  const [rollup] = rollups;
  return {
    rows: rows.slice(query.offset, query.limit === null ? undefined : query.offset + query.limit),
    totals: query.totals ? Object.assign({ ...nothing }, ...answers.map(({ totals }) => totals ?? {})) : null,
    count: rows.length,
    levels: [...new Set(answers.flatMap(({ levels }) => levels))],
    provisional: [...new Set(answers.flatMap(({ provisional }) => provisional))].sort(),
    notices: answers.flatMap(({ notices }) => notices),
    ...rollups.size === 1 && rollup ? { rollup } : {},
  };
}
