import type { Notice } from "@/lib/model/mod.ts";
import {
  askFacts,
  type Asking,
  type FactAnswer,
  fromFacts,
  groupKey,
  mergeOthers,
  nothing,
  type Parts,
} from "./ask_facts.ts";
import { addDays, addUnits, type DaySpan, endOf, startOf } from "@/lib/model/calendar.ts";
import { comparedPeriod, type CompareKind } from "./compare_range.ts";

/** Which days are held against which. */
export interface ComparedSpans {
  kind: CompareKind;
  span: DaySpan;
  compared: DaySpan;
}

/** Rows in the order of an answer that they are held against. */
export interface MatchedRows {
  rows: Parts[];
  others: Parts[];
  totals: Parts | null;
  provisional: string[];
  notices: Notice[];
}

/** For each row of an answer the one it is compared with, in the same order; empty where nothing stands. */
export async function askComparison(asking: Asking, spans: ComparedSpans, answer: FactAnswer): Promise<MatchedRows> {
  return match(asking, await askCompared(asking, spans), answer);
}

/** For each row of an answer the same one of another question over the same span, in the same order. */
export async function askAgain(asking: Asking, span: DaySpan, answer: FactAnswer): Promise<MatchedRows> {
  const facts = await askFacts(asking, span, { groups: asking.groups, totals: asking.totals });
  return match(asking, { ...fromFacts(facts, asking.plan), period: (period) => period }, answer);
}

interface Found {
  rows: Parts[];
  totals: Parts | null;
  provisional: string[];
  notices: Notice[];
  /** The period that a row of the answer is held against. */
  period: (period: string) => string | null;
}

function match(asking: Asking, against: Found, answer: FactAnswer): MatchedRows {
  const { plan, groups } = asking;
  const { grain } = plan.query;
  const ids = groups.map(({ id }) => id);
  const { rows: found, totals, provisional, notices, period } = against;
  const dimension = plan.query.dimensions[0] ?? "";
  const byKey = new Map(found.map((row) => [groupKey(row, ids), row]));
  const otherPeriod = (row: Parts) => grain ? period(String(row.period)) : null;
  const other = (row: Parts, known: Map<string, Parts>): Parts => {
    const wanted = grain ? { ...row, period: otherPeriod(row) } : row;
    const empty: Parts = Object.fromEntries(ids.map((id) => [id, wanted[id] ?? null]));
    return known.get(groupKey(wanted, ids)) ?? nothing(plan, empty);
  };
  const rows = answer.rows.map((row) => other(row, byKey));
  if (answer.others.length === 0) return { rows, others: [], totals, provisional, notices };

  // What the rest is compared with: every value that is not shown, whether it stands in the rest now or not.
  const isShown = (ids: string[]) => new Set(answer.rows.map((row) => groupKey(row, ids)));
  const own = ids.filter((id) => id === dimension || (id === "currency" && !grain));
  const shown = isShown(own);
  const merged = mergeOthers(plan, groups, found.filter((row) => !shown.has(groupKey(row, own))));
  const restByKey = new Map(merged.rows.map((row) => [groupKey(row, ids), row]));
  const others = answer.others.map((row) => other(row, restByKey));
  return { rows, others, totals, provisional, notices: [...notices, ...merged.notices] };
}

async function askCompared(asking: Asking, { kind, span, compared }: ComparedSpans): Promise<Found> {
  const { plan, groups } = asking;
  const { grain } = plan.query;
  const isAlignedUnits = kind === "aligned-weekdays" && grain !== undefined && grain !== "day" && grain !== "week";
  if (!isAlignedUnits) {
    const facts = await askFacts(asking, compared, { groups, totals: asking.totals });
    const { rows, totals, provisional, notices } = fromFacts(facts, plan);
    return {
      rows,
      totals,
      provisional,
      notices,
      period: (period) => grain ? comparedPeriod(kind, period, grain, { span, compared }) : null,
    };
  }
  // 364 days before a month is no month: each unit is asked for by itself, and named by the first of its days.
  const slices: DaySpan[] = [];
  for (let start = startOf(span.from, grain); start <= span.to; start = addUnits(start, grain, 1)) {
    const last = endOf(start, grain);
    slices.push({ from: start < span.from ? span.from : start, to: last > span.to ? span.to : last });
  }
  const shifted = (day: string) => addDays(day, -364);
  const units = groups.filter(({ id }) => id !== "period");
  const [whole, ...answers] = await Promise.all([
    asking.totals ? askFacts(asking, compared, { groups: units, limit: 1, totals: true }) : null,
    ...slices.map(async (slice) => {
      const days = { from: shifted(slice.from), to: shifted(slice.to) };
      const { rows, provisional, notices } = fromFacts(await askFacts(asking, days, { groups: units }), plan);
      return { rows: rows.map((row): Parts => ({ ...row, period: days.from })), provisional, notices };
    }),
  ]);
  const names = new Map(slices.map((slice) => [startOf(slice.from, grain), shifted(slice.from)]));
  return {
    rows: answers.flatMap(({ rows }) => rows),
    totals: whole?.totals ?? null,
    provisional: [...new Set(answers.flatMap(({ provisional }) => provisional))].sort(),
    notices: answers.flatMap(({ notices }) => notices),
    period: (period) => names.get(period) ?? null,
  };
}
