import type { DateRange } from "@/lib/model/mod.ts";
import { addDays, addUnits, type DaySpan, endOf, startOf, todayIn } from "@/lib/model/calendar.ts";

/** What a relative range is relative to. */
export interface RangeContext {
  /** The dataset's zone: it decides what today is, and nothing else. */
  timeZone: string;
  now: Date;
  /** The first and last day there is data for; null without data. */
  dataRange: DaySpan | null;
}

/**
 * The days that a range means, or null where it holds none. Relative ranges end yesterday unless `includeToday`:
 * - `last n days`: the n days before today; with `includeToday` today is the last of the n.
 * - `last n weeks/months …`: the n complete units before the one that holds today; with `includeToday` the last of the
 *   n is the current one, up to today.
 * - `this unit`: from its first day to yesterday; nothing on its first day, as no day of it is over (`this: "day"` is
 *   today itself: nothing else can be meant).
 * - `previous unit`: the whole unit before the one that holds today.
 * - `all`, or no range: every day there is data for.
 */
export function resolveRange(range: DateRange | undefined, { timeZone, now, dataRange }: RangeContext): DaySpan | null {
  if (range === undefined || "all" in range) return dataRange;
  if ("from" in range) return { from: range.from, to: range.to };
  const today = todayIn(timeZone, now);
  const yesterday = addDays(today, -1);
  if ("this" in range) {
    const to = range.includeToday || range.this === "day" ? today : yesterday;
    const from = startOf(today, range.this);
    return from <= to ? { from, to } : null;
  }
  if ("previous" in range) {
    const from = addUnits(startOf(today, range.previous), range.previous, -1);
    return { from, to: endOf(from, range.previous) };
  }
  const { last, unit, includeToday } = range;
  if (unit === "day") {
    const to = includeToday ? today : yesterday;
    return { from: addDays(to, 1 - last), to };
  }
  const current = startOf(today, unit);
  return includeToday
    ? { from: addUnits(current, unit, 1 - last), to: today }
    : { from: addUnits(current, unit, -last), to: addDays(current, -1) };
}
