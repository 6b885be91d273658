/** Calendar days as `YYYY-MM-DD`, and as whole days since 1970-01-01 where there is something to count. */
import type { Day } from "@/lib/model/mod.ts";

const MILLISECONDS = 86_400_000;

/** Days since 1970-01-01. */
export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / MILLISECONDS;
}

/** The day that many days after 1970-01-01. */
export function dayOf(number: number): Day {
  return new Date(number * MILLISECONDS).toISOString().slice(0, 10);
}

/** 0 for Monday … 6 for Sunday. 1970-01-01 was a Thursday. */
export function weekday(number: number): number {
  return (number + 3) % 7;
}

/** The day of Black Friday: the one after November's fourth Thursday. */
export function blackFriday(year: number): number {
  const first = dayNumber(`${year}-11-01`);
  return first + (3 - weekday(first) + 7) % 7 + 21 + 1;
}
