/** From rows by period to a series without gaps. Pure. */
import { addDays, addUnits, daysBetween, endOf, startOf, unitsBetween } from "@/lib/model/calendar.ts";
import type { ForecastGap, ForecastGrain } from "@/lib/model/mod.ts";

/** What is known before a series is laid out. */
export interface RawSeries {
  grain: ForecastGrain;
  /** Values by the period's first day, one a part; null where a row has none. */
  rows: ReadonlyMap<string, readonly (number | null)[]>;
  /** Days on which the source reported anything at all, those that were not over left out. */
  days: ReadonlySet<string>;
  /** Periods with rows, for sources that report by week or month only. */
  periods: ReadonlySet<string>;
  /** First day there is anything of. */
  from: string;
  /** Last day that may be learned from. */
  until: string;
  /** How many parts a row has. */
  parts: number;
  /** No row on a reported day means zero. */
  zeros: boolean;
}

/** A series ready for models: one row of numbers a part, all equally long. */
export interface LaidOut {
  periods: string[];
  values: number[][];
  filled: ForecastGap[];
  /** A gap too long to fill: the series begins after it. */
  begunAfter: ForecastGap | null;
}

/** Longest gap that is filled, in periods, and the largest share of a series that may be. */
const LONGEST: Record<ForecastGrain, number> = { day: 7, week: 2, month: 1 };
const MOST_FILLED = 0.1;
/** A weekday with numbers in fewer weeks than this is one on which nothing happens. */
const CLOSED = 0.1;

/**
 * Lays a series out: incomplete periods at both ends are left out, days on which the source reported but this had no
 * row are zeros, short gaps are filled from the same place in the seasons beside them, and a long one begins it anew.
 */
export function layOut(raw: RawSeries): LaidOut {
  const periods = spanned(raw);
  const closed = closedWeekdays(raw);
  let rows = periods.map((period) => valuesOf(raw, period, closed));
  let first = rows.findIndex((row) => row !== null);
  const last = rows.findLastIndex((row) => row !== null);
  if (first < 0) return { periods: [], values: [], filled: [], begunAfter: null };
  let begunAfter: ForecastGap | null = null;
  for (const gap of gapsIn(rows, first, last)) {
    if (gap.count <= LONGEST[raw.grain]) continue;
    first = gap.at + gap.count;
    begunAfter = gapOf(periods, gap, raw.grain);
  }
  // Gaps here and there that come to much: only what follows the last of them is numbers rather than filling.
  const gaps = gapsIn(rows, first, last);
  const missing = gaps.reduce((sum, { count }) => sum + count, 0);
  const final = gaps.at(-1);
  if (final && missing > Math.max(1, MOST_FILLED * (last + 1 - first))) {
    first = final.at + final.count;
    begunAfter = gapOf(periods, final, raw.grain);
  }
  const filled = gapsIn(rows, first, last).map((gap) => gapOf(periods, gap, raw.grain));
  rows = rows.slice(first, last + 1);
  const columns = Array.from(
    { length: raw.parts },
    (_, part) => fill(rows.map((row) => row?.[part] ?? null), raw.grain),
  );
  return { periods: periods.slice(first, last + 1), values: columns, filled, begunAfter };
}

/** The whole periods that the source reported, whether this had a row in them or not. */
export function reportedPeriods(raw: Omit<RawSeries, "parts" | "zeros">): string[] {
  const closed = closedWeekdays(raw);
  return spanned(raw).filter((period) => isReported(raw, period, closed));
}

/** Every period from the first whole one with rows to the last whole one. */
function spanned({ grain, rows, from, until }: Omit<RawSeries, "parts" | "zeros">): string[] {
  const [begin] = [...rows.keys()].sort();
  if (begin === undefined) return [];
  const periods: string[] = [];
  // A week or month of which the data holds only the end would look low.
  let period = begin < from && grain !== "day" ? addUnits(begin, grain, 1) : begin;
  for (; endOf(period, grain) <= until && periods.length < 10_000; period = addUnits(period, grain, 1)) {
    periods.push(period);
  }
  return periods;
}

/** The numbers of a period; null where the source did not report all of it. */
function valuesOf(raw: RawSeries, period: string, closed: ReadonlySet<number>): number[] | null {
  if (!isReported(raw, period, closed)) return null;
  const row = raw.rows.get(period);
  if (!row) return raw.zeros ? Array.from({ length: raw.parts }, () => 0) : null;
  return row.every((value) => value !== null) ? row as number[] : null;
}

function isReported(
  { days, periods, grain }: Pick<RawSeries, "days" | "periods" | "grain">,
  period: string,
  closed: ReadonlySet<number>,
): boolean {
  if (grain === "day") return days.has(period) || (closed.size > 0 && closed.has(weekday(period)));
  const end = endOf(period, grain);
  let present = 0;
  let whole = true;
  for (let day = period; day <= end; day = addDays(day, 1)) {
    if (days.has(day)) present++;
    else if (!closed.has(weekday(day))) whole = false;
  }
  return whole || (present === 0 && periods.has(period));
}

/** Weekdays on which this source never reports: a shop that is closed on Sundays has no gap each week. */
function closedWeekdays({ days }: Pick<RawSeries, "days">): Set<number> {
  const sorted = [...days].sort();
  const [from, to] = [sorted[0], sorted.at(-1)];
  if (from === undefined || to === undefined || daysBetween(from, to) < 27) return new Set();
  const weeks = (daysBetween(from, to) + 1) / 7;
  const seen = Array.from({ length: 7 }, () => 0);
  for (const day of days) seen[weekday(day)]!++;
  return new Set(seen.flatMap((count, index) => count < CLOSED * weeks ? [index] : []));
}

function weekday(day: string): number {
  return daysBetween(startOf(day, "week"), day);
}

interface Gap {
  at: number;
  count: number;
}

function gapsIn(rows: readonly (readonly number[] | null)[], first: number, last: number): Gap[] {
  const gaps: Gap[] = [];
  for (let at = first; at <= last; at++) {
    if (rows[at]) continue;
    const gap = gaps.at(-1);
    if (gap && gap.at + gap.count === at) gap.count++;
    else gaps.push({ at, count: 1 });
  }
  return gaps;
}

function gapOf(periods: readonly string[], { at, count }: Gap, grain: ForecastGrain): ForecastGap {
  return { from: periods[at]!, to: endOf(periods[at + count - 1]!, grain), periods: count };
}

/** Fills holes with the mean of the same place in the seasons beside them, else along the line between their ends. */
export function fill(values: readonly (number | null)[], grain: ForecastGrain): number[] {
  const season = { day: 7, week: 52, month: 12 }[grain];
  return values.map((value, at) => {
    if (value !== null) return value;
    const beside = [values[at - season], values[at + season]].filter((one) => typeof one === "number");
    if (beside.length === 2) return (beside[0]! + beside[1]!) / 2;
    const before = values.findLastIndex((one, i) => i < at && one !== null);
    const after = values.findIndex((one, i) => i > at && one !== null);
    const [left, right] = [values[before] ?? null, values[after] ?? null];
    if (left === null || right === null) return left ?? right ?? 0;
    return left + (right - left) * (at - before) / (after - before);
  });
}

/** How many whole periods lie after the one that holds `from`, up to the day `to`. */
export function periodsAfter(from: string, to: string, grain: ForecastGrain): number {
  const whole = endOf(to, grain) === to ? to : addDays(startOf(to, grain), -1);
  return Math.max(0, unitsBetween(from, whole, grain));
}
