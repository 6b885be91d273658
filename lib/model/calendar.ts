/** Arithmetic on calendar days as `YYYY-MM-DD`. No time zone takes part, except in what *today* is. */
import type { Grain } from "./metric_query.ts";
import type { Day } from "./ids.ts";

const MILLISECONDS = 86_400_000;
const FIRST = Date.UTC(2000, 0, 1) - 730_119 * MILLISECONDS; // 0001-01-01
const LAST = Date.UTC(9999, 11, 31);

/** Two days, both inclusive. */
export interface DaySpan {
  from: Day;
  to: Day;
}

/** The day so many days later; held between the years 1 and 9999. */
export function addDays(day: Day, days: number): Day {
  return dayOf(timeOf(day) + days * MILLISECONDS);
}

/** How many days `to` lies after `from`. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((timeOf(to) - timeOf(from)) / MILLISECONDS);
}

/** The same day of the month so many months later, or that month's last day where it is shorter. */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(timeOf(day));
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const first = date.getTime();
  date.setUTCMonth(date.getUTCMonth() + 1, 0);
  return dayOf(first + (Math.min(wanted, date.getUTCDate()) - 1) * MILLISECONDS);
}

/** The first day of the unit that holds a day; ISO weeks begin on Monday. */
export function startOf(day: Day, unit: Grain): Day {
  const date = new Date(timeOf(day));
  switch (unit) {
    case "day":
      return day;
    case "week":
      return addDays(day, -((date.getUTCDay() + 6) % 7));
    case "month":
      return `${day.slice(0, 7)}-01`;
    case "quarter":
      return `${day.slice(0, 4)}-${String(date.getUTCMonth() - date.getUTCMonth() % 3 + 1).padStart(2, "0")}-01`;
    case "year":
      return `${day.slice(0, 4)}-01-01`;
  }
}

/** The last day of the unit that holds a day. */
export function endOf(day: Day, unit: Grain): Day {
  if (unit === "day") return day; // asked of every day of long series
  return addDays(addUnits(startOf(day, unit), unit, 1), -1);
}

/** So many units later: for days and weeks by days, for the others by months. */
export function addUnits(day: Day, unit: Grain, count: number): Day {
  if (unit === "day") return addDays(day, count);
  if (unit === "week") return addDays(day, 7 * count);
  return addMonths(day, MONTHS[unit] * count);
}

/** How many units the unit of `to` lies after the unit of `from`. */
export function unitsBetween(from: Day, to: Day, unit: Grain): number {
  const [start, end] = [startOf(from, unit), startOf(to, unit)];
  if (unit === "day" || unit === "week") return daysBetween(start, end) / (unit === "week" ? 7 : 1);
  const months = (day: Day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return (months(end) - months(start)) / MONTHS[unit];
}

/** The calendar day it is in a time zone. Throws `RangeError` for a zone that does not exist. */
export function todayIn(timeZone: string, now: Date): Day {
  let format = formats.get(timeZone);
  if (!format) {
    const parts = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
    format = new Intl.DateTimeFormat("en-US", { timeZone, calendar: "gregory", ...parts });
    formats.set(timeZone, format);
  }
  const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${String(part.year).padStart(4, "0")}-${part.month}-${part.day}`;
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
const formats = new Map<string, Intl.DateTimeFormat>(); // costly to make

function timeOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(time: number): Day {
  return new Date(Math.min(Math.max(time, FIRST), LAST)).toISOString().slice(0, 10);
}
