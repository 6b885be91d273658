import { type MetricResult, type Notice, timeColumn } from "@/lib/model/mod.ts";
import type { FactFilter } from "@/lib/warehouse/mod.ts";
import { askAgain, askComparison, type MatchedRows } from "./ask_comparison.ts";
import { askByCurrency, type Asking, type FactAnswer, nothing, type Parts, type ResolvedSpans } from "./ask_facts.ts";
import type { DaySpan } from "@/lib/model/calendar.ts";
import { comparedDay, dayComparedWith } from "./compare_range.ts";
import { tellDays } from "./tell_days.ts";
import { toRow, toRows, toTotals } from "./to_rows.ts";

type Comparison = NonNullable<MetricResult["comparison"]>;
type Side = NonNullable<Comparison["current"]>;

/** An answer: its groups, and its totals per currency where there are several. */
export interface AnsweredFacts {
  facts: FactAnswer;
  byCurrency: FactAnswer | null;
}

/** Days that take no part in a comparison, on either side. */
interface LeftOut {
  own: Set<string>;
  compared: Set<string>;
}

/**
 * The same question over the compared span, each row and each total beside the one it is compared with. Days that were
 * not over when they were reported, and the days they are held against, are left out on both sides.
 */
export async function compareAnswer(
  asking: Asking,
  spans: ResolvedSpans,
  answer: AnsweredFacts,
): Promise<{ result: Comparison | null; notices: Notice[] }> {
  const { compare: kind, grain } = asking.plan.query;
  if (!kind) return { result: null, notices: [] };
  const { told: span, compared } = spans;
  if (!compared || !span) {
    return { result: null, notices: [{ code: "not-compared", message: "There are no days to compare" }] };
  }
  const pairing = { grain, span, compared };
  const left: LeftOut = { own: new Set(), compared: new Set() };
  const leaveOut = (days: string[], side: "own" | "compared") => {
    for (const day of days) {
      const other = side === "own" ? comparedDay(kind, day, pairing) : dayComparedWith(kind, day, pairing);
      left[side].add(day);
      if (other !== null) left[side === "own" ? "compared" : "own"].add(other);
    }
  };
  leaveOut(answer.facts.provisional, "own");
  const ask = () => askComparison(without(asking, left.compared), { kind, span, compared }, answer.facts);
  let against = await ask();
  const unfinished = against.provisional;
  if (unfinished.length > 0) {
    leaveOut(unfinished, "compared");
    against = await ask();
  }
  const withoutOther = without(asking, left.compared);
  const [againstByCurrency, current] = await Promise.all([
    answer.byCurrency && askByCurrency(withoutOther, compared),
    left.own.size > 0 ? askCurrent(without(asking, left.own), span, answer) : null,
  ]);
  return {
    result: { kind, range: compared, ...toSide(asking, against, { byCurrency: againstByCurrency, answer }), current },
    notices: [
      ...against.notices,
      ...againstByCurrency?.notices ?? [],
      ...provisionalNotice([...answer.facts.provisional, ...unfinished]),
    ],
  };
}

/** The answer itself, without the days that are not compared. */
async function askCurrent(asking: Asking, span: DaySpan, answer: AnsweredFacts): Promise<Side> {
  const [rows, byCurrency] = await Promise.all([
    askAgain(asking, span, answer.facts),
    answer.byCurrency && askByCurrency(asking, span),
  ]);
  return toSide(asking, rows, { byCurrency, answer });
}

function toSide(
  asking: Asking,
  matched: MatchedRows,
  { byCurrency, answer }: { byCurrency: FactAnswer | null; answer: AnsweredFacts },
): Side {
  const { plan } = asking;
  const sameCurrency = ({ currency = null }: Parts): Parts =>
    byCurrency?.rows.find((row) => row.currency === currency) ?? nothing(plan, { currency });
  const { facts, byCurrency: own } = answer;
  return {
    rows: toRows(asking, matched),
    totals: facts.totals && toTotals(plan, matched.totals ?? nothing(plan, {}), own !== null),
    totalsByCurrency: own?.rows.map((parts) => toRow(plan, sameCurrency(parts), ["currency"])) ?? null,
  };
}

function without(asking: Asking, days: Set<string>): Asking {
  if (days.size === 0) return asking;
  const { plan } = asking;
  const isLeftOut: FactFilter = { column: timeColumn(plan.dataset).name, op: "in", values: [...days].sort() };
  const where: FactFilter = { all: [...plan.where ? [plan.where] : [], { not: isLeftOut }] };
  return { ...asking, plan: { ...plan, where } };
}

function provisionalNotice(days: string[]): Notice[] {
  if (days.length === 0) return [];
  const were = new Set(days).size === 1 ? "was" : "were";
  const message = `${tellDays(days)} ${were} not over when the numbers were reported: left out of the comparison`;
  return [{ code: "provisional-compared", message }];
}
