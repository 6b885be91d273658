import { type Notice, timeColumn } from "@/lib/model/mod.ts";
import type { DatasetRef, FactAggregate, FactGroup, FactQuery, FactRows, Warehouse } from "@/lib/warehouse/mod.ts";
import type { DaySpan } from "@/lib/model/calendar.ts";
import { capital, tellColumn, tellNotice } from "./tell_notice.ts";
import { ASKED, joinDatasets, type JoinedDataset } from "./join_datasets.ts";
import { mergeParts } from "./merge_parts.ts";
import type { QueryPlan } from "./plan_query.ts";

/** The most rows an answer has. */
export const MAX_ROWS = 100_000;

/** A group's values and exact sums. */
export type Parts = FactRows["rows"][number];

/** The spans of a question, worked out: null spans ask for every day there is. */
export interface ResolvedSpans {
  /** What the store is asked for. */
  asked: DaySpan | null;
  /** What is told: the asked span, or that of the data. */
  told: DaySpan | null;
  compared: DaySpan | null;
}

/** The groups of a question over one span of days; what stands for everything past the limit is apart. */
export interface FactAnswer {
  rows: Parts[];
  /** Merged groups past the limit, one per period and currency. */
  others: Parts[];
  /** Over all rows; null where they were not asked for. */
  totals: Parts | null;
  count: number;
  levels: string[];
  provisional: string[];
  notices: Notice[];
  /** The rollup that answered; absent where the rows did. */
  rollup?: FactRows["rollup"];
}

/** What every part of one question is asked with. */
export interface Asking {
  warehouse: Pick<Warehouse, "query">;
  ref: DatasetRef;
  version: number;
  plan: QueryPlan;
  /** Other datasets that the plan takes sums from. */
  others?: readonly JoinedDataset[];
  /** Groups of the answer: the plan's, and `currency` where it was added. */
  groups: FactGroup[];
  /** Whether one row of totals is asked for together with the rows. */
  totals: boolean;
}

/** Asks for groups over a span; null asks for every day. */
export function askFacts(
  { warehouse, ref, version, plan, others = [] }: Omit<Asking, "groups" | "totals">,
  span: DaySpan | null,
  options: Partial<Pick<FactQuery, "groups" | "aggregates" | "order" | "limit" | "offset" | "totals">>,
): Promise<FactRows> {
  return joinDatasets(warehouse, others).query(ref, {
    version,
    from: span?.from ?? null,
    to: span?.to ?? null,
    groups: [],
    aggregates: plan.aggregates,
    where: plan.where,
    order: [],
    limit: null,
    offset: 0,
    totals: false,
    ...options,
  });
}

/** The rows of a question, in order, with limit and offset; with `other` also what is past the limit. */
export async function askRows(asking: Asking, span: DaySpan | null): Promise<FactAnswer> {
  const { plan, groups } = asking;
  const { limit, offset, other } = plan.query;
  if (other && limit !== undefined) return await askTop(asking, span, { limit, offset });
  const { order } = plan;
  const facts = await askFacts(asking, span, {
    groups,
    order,
    limit: limit ?? MAX_ROWS,
    offset,
    totals: asking.totals,
  });
  const answer = fromFacts(facts, plan);
  if (limit === undefined && facts.count - offset > MAX_ROWS) {
    const message = `Only the first ${MAX_ROWS} of ${facts.count} rows are shown: choose fewer dimensions`;
    answer.notices.push({ code: "truncated", message });
  }
  return answer;
}

/**
 * Sums per currency over the very rows that a question's groups are made of: its dimensions are asked for again, as
 * counts, and its periods as groups, so that the same levels answer.
 */
export async function askByCurrency(
  asking: Omit<Asking, "groups" | "totals">,
  span: DaySpan | null,
): Promise<FactAnswer> {
  const { plan } = asking;
  const counted = plan.query.dimensions.map((column): FactAggregate => ({
    id: `${ASKED}${column}`,
    fn: "count",
    column,
  }));
  const time = timeColumn(plan.dataset).name;
  const periods = plan.groups.filter(({ column }) => column === time);
  const groups = [...periods, { id: "currency", column: "currency" }];
  const facts = await askFacts(asking, span, { groups, aggregates: [...plan.aggregates, ...counted] });
  const answer = fromFacts(facts, plan);
  if (periods.length === 0) return answer;
  const members = [...Map.groupBy(answer.rows, (parts) => groupKey(parts, ["currency"])).values()];
  const merged = members.map((parts) => ({
    currency: parts[0]?.currency ?? null,
    ...mergeParts(plan.aggregates, parts),
  }));
  const rows = merged.map(({ currency, parts }): Parts => ({ ...parts, currency }));
  const notices = merged.flatMap(({ heldBack }) =>
    heldBack.flatMap((one) => heldBackNotices(plan, one, "all periods"))
  );
  return { ...answer, rows: rows.sort(byCurrency), notices: [...answer.notices, ...notices] };
}

function byCurrency(left: Parts, right: Parts): number {
  const [a, b] = [left.currency ?? "~", right.currency ?? "~"];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Notices of the store, with the metrics they are about. */
export function fromFacts(facts: FactRows, plan: QueryPlan): FactAnswer {
  const notices = facts.notices.flatMap((found): Notice[] => {
    const notice = tellNotice(plan.dataset, found);
    if (found.code !== "not-additive") return [notice];
    const metrics = plan.metrics.filter(({ notAdditive }) => notAdditive.includes(found.column));
    return metrics.map(({ name }) => ({ ...notice, metric: name }));
  });
  const { rows, totals, count, levels, provisional, rollup } = facts;
  return { rows, others: [], totals, count, levels, provisional, notices, ...rollup ? { rollup } : {} };
}

/** The text that tells groups apart, over some of their columns. */
export function groupKey(parts: Readonly<Record<string, unknown>>, ids: string[]): string {
  return JSON.stringify(ids.map((id) => parts[id] ?? null));
}

/** What stands where there is nothing to compare with: a count is null there too, not 0. */
export function nothing(plan: QueryPlan, group: Parts): Parts {
  return { ...group, ...Object.fromEntries(plan.aggregates.map(({ id }) => [id, null])) };
}

/** Merges groups per period and currency, as amounts of neither are added up. */
export function mergeOthers(plan: QueryPlan, groups: FactGroup[], rest: Parts[]): { rows: Parts[]; notices: Notice[] } {
  const [dimension] = plan.query.dimensions;
  const ids = groups.map(({ id }) => id).filter((id) => id !== dimension);
  const notices = new Map<string, Notice>();
  const rows = [...Map.groupBy(rest, (parts) => groupKey(parts, ids)).values()].map((members) => {
    const { parts, heldBack } = mergeParts(plan.aggregates, members);
    for (const aggregate of heldBack) {
      for (const notice of heldBackNotices(plan, aggregate, "everything past the limit")) {
        notices.set(`${notice.code} ${notice.metric}`, notice);
      }
    }
    for (const { id } of groups) parts[id] = id === dimension ? null : members[0]?.[id] ?? null;
    return parts;
  });
  return { rows, notices: [...notices.values()] };
}

function heldBackNotices(plan: QueryPlan, aggregate: FactAggregate, over: string): Notice[] {
  const distinct = aggregate.fn === "count_distinct";
  const column = tellColumn(plan.dataset, aggregate.column ?? "");
  return plan.metrics.filter(({ aggregates }) => aggregates.some(({ id }) => id === aggregate.id)).map(({ name }) => ({
    code: distinct ? "not-counted" : "not-additive",
    message: distinct
      ? `Different values of ${column} cannot be counted over ${over}`
      : `${capital(column)} cannot be added up: not shown for ${over}`,
    metric: name,
  }));
}

/**
 * The first `limit` values of the one dimension, and the rest merged. With a grain the limit counts values, chosen over
 * the whole span, so that every period shows the same ones; without it rows.
 */
async function askTop(
  asking: Asking,
  span: DaySpan | null,
  { limit, offset }: { limit: number; offset: number },
): Promise<FactAnswer> {
  const { plan, groups } = asking;
  const [dimension = ""] = plan.query.dimensions;
  const hasPeriod = groups.some(({ id }) => id === "period");
  const all = await askFacts(asking, span, { groups, order: plan.order, totals: asking.totals });
  const answer = fromFacts(all, plan);
  let shown = (_: Parts, index: number) => index >= offset && index < offset + limit;
  let past = (_: Parts, index: number) => index >= offset + limit;
  if (hasPeriod) {
    const withoutPeriod = groups.filter(({ id }) => id !== "period");
    const order = plan.order.filter(({ by }) => !("group" in by) || by.group !== "period");
    const ranking = await askFacts(asking, span, { groups: withoutPeriod, order });
    const places = new Map([...new Set(ranking.rows.map((row) => row[dimension] ?? null))].map((v, i) => [v, i]));
    const place = (row: Parts) => places.get(row[dimension] ?? null) ?? Infinity;
    shown = (row) => place(row) >= offset && place(row) < offset + limit;
    past = (row) => place(row) >= offset + limit;
  }
  const { rows, notices } = mergeOthers(plan, groups, all.rows.filter(past));
  return { ...answer, rows: all.rows.filter(shown), others: rows, notices: [...answer.notices, ...notices] };
}
