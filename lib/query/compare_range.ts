import type { DateRange, Day, Grain, MetricQuery } from "@/lib/model/mod.ts";
import {
  addDays,
  addMonths,
  addUnits,
  daysBetween,
  type DaySpan,
  endOf,
  startOf,
  unitsBetween,
} from "@/lib/model/calendar.ts";

/** What a range is compared with. */
export type CompareKind = NonNullable<MetricQuery["compare"]>;

/** 52 weeks: the same weekday a year before. */
const ALIGNED = 364;

/**
 * The days that a range is compared with:
 * - `previous-period`: as many whole units before. A unit that is not over is compared with the same number of days,
 *   never with more than the unit before had. Absolute ranges of whole months count as months, others as days.
 * - `previous-year`: the same dates a year before, whole months with whole months; by week, as whole weeks do not fall
 *   on the same dates, 364 days before.
 * - `aligned-weekdays`: 364 days before.
 */
export function compareRange(
  kind: CompareKind,
  span: DaySpan,
  options: { range?: DateRange; grain?: Grain } = {},
): DaySpan {
  if (kind === "aligned-weekdays" || (kind === "previous-year" && options.grain === "week")) {
    return shift(span, -ALIGNED);
  }
  const wholeMonths = span.from === startOf(span.from, "month") && span.to === endOf(span.to, "month");
  if (kind === "previous-year") {
    const to = addMonths(span.to, -12);
    return { from: addMonths(span.from, -12), to: wholeMonths ? endOf(to, "month") : to };
  }
  const unit = unitOf(options.range) ?? (wholeMonths ? "month" : "day");
  const units = unitsBetween(span.from, span.to, unit) + 1;
  const from = addUnits(span.from, unit, -units);
  const lastUnit = addUnits(startOf(span.to, unit), unit, -units);
  const lastDay = endOf(lastUnit, unit);
  if (span.to === endOf(span.to, unit)) return { from, to: lastDay };
  const to = addDays(lastUnit, daysBetween(startOf(span.to, unit), span.to));
  return { from, to: to < lastDay ? to : lastDay };
}

/** The unit of the compared range that a unit of the range is held against; null where there is none. */
export function comparedPeriod(
  kind: CompareKind,
  period: Day,
  grain: Grain,
  spans: { span: DaySpan; compared: DaySpan },
): Day | null {
  const other = otherPeriod(kind, period, grain, spans);
  if (other === null) return null;
  return other >= startOf(spans.compared.from, grain) && other <= spans.compared.to ? other : null;
}

/** What days are held against days with. */
interface DayPairing {
  grain?: Grain;
  span: DaySpan;
  compared: DaySpan;
}

/** The day of the compared range that a day of the range is held against; null where there is none. */
export function comparedDay(kind: CompareKind, day: Day, { grain, span, compared }: DayPairing): Day | null {
  // Whole weeks of the year before are 364 days back.
  const own = kind === "previous-year" && grain === "week" ? "aligned-weekdays" : kind;
  return comparedPeriod(own, day, "day", { span, compared });
}

/** The day of the range that a day of the compared range is held against; null where there is none. */
export function dayComparedWith(kind: CompareKind, day: Day, pairing: DayPairing): Day | null {
  const { grain, span, compared } = pairing;
  const own = kind === "previous-period"
    ? addDays(span.from, daysBetween(compared.from, day))
    : kind === "previous-year" && grain !== "week"
    ? addMonths(day, 12)
    : addDays(day, ALIGNED);
  const isInside = own >= span.from && own <= span.to;
  return isInside && comparedDay(kind, own, pairing) === day ? own : null;
}

function otherPeriod(
  kind: CompareKind,
  period: Day,
  grain: Grain,
  { span, compared }: { span: DaySpan; compared: DaySpan },
): Day | null {
  if (kind === "previous-period") {
    return addUnits(startOf(compared.from, grain), grain, unitsBetween(span.from, period, grain));
  }
  if (grain === "week" || (kind === "aligned-weekdays" && grain === "day")) return addDays(period, -ALIGNED);
  // 29 February has no such day a year before.
  if (grain === "day" && period.endsWith("-02-29")) return null;
  return addMonths(period, -12);
}

/** The calendar unit that a relative range was asked in. */
function unitOf(range: DateRange | undefined): Grain | null {
  if (range === undefined) return null;
  if ("this" in range) return range.this;
  if ("previous" in range) return range.previous;
  return "last" in range ? range.unit : null;
}

function shift({ from, to }: DaySpan, days: number): DaySpan {
  return { from: addDays(from, days), to: addDays(to, days) };
}
