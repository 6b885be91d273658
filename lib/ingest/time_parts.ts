/** A date whose parts stand in columns of their own. Pure. */
import { monthKey, monthNames } from "@/lib/model/month_names.ts";
import type { ColumnProfile, RowGrain } from "@/lib/staging/mod.ts";
import type { TimeHeader } from "./time_headers.ts";

/** Which columns make a date, and how. */
export interface DateParts {
  headers: string[];
  between: string;
  format: string;
  grain: RowGrain;
}

/**
 * The columns that together make a date: month and day, with or without a year; month and year; quarter and year; week
 * and year. `named`: the column taken for the day; it is one of the parts only where its cells are no whole dates.
 */
export function partsOfDate(
  profiles: ColumnProfile[],
  find: (name: TimeHeader) => ColumnProfile | undefined,
  named: ColumnProfile | undefined,
): DateParts | null {
  const year = whole(find("year"), 1900, 2100);
  const month = find("month");
  const day = whole(find("day-of-month"), 1, 31) ?? whole(named, 1, 31);
  const names = month && isMonthNames(month);
  const number = month && whole(month, 1, 12);
  if (month && day && day !== month && (names || number)) {
    const rest = year ? [year.header] : [];
    if (names) {
      const format = year ? "%b %d, %Y" : "%b %d";
      return { headers: [month.header, day.header, ...rest], between: " ", format, grain: "day" };
    }
    if (!year) return null; // two numbers alone are no evidence of a date
    return { headers: [year.header, month.header, day.header], between: "-", format: "%Y-%m-%d", grain: "day" };
  }
  if (named && named.dates > 0) return null;
  if (month && year && names) {
    return { headers: [month.header, year.header], between: " ", format: "%b %Y", grain: "month" };
  }
  if (month && year && number) {
    return { headers: [year.header, month.header], between: "-", format: "%Y-%m", grain: "month" };
  }
  const quarter = find("quarter");
  if (quarter && year && quarter.samples.length > 0 && quarter.samples.every((cell) => /^[QT][1-4]$/i.test(cell))) {
    return { headers: [quarter.header, year.header], between: " ", format: "Q%q %Y", grain: "quarter" };
  }
  const week = whole(find("week"), 1, 53);
  if (week && year && profiles.includes(week)) {
    return { headers: [year.header, week.header], between: "-W", format: "%G-W%V", grain: "week" };
  }
  return null;
}

/** The column, where its cells are whole numbers between two bounds. */
function whole(profile: ColumnProfile | undefined, low: number, high: number): ColumnProfile | undefined {
  if (!profile || profile.samples.length === 0) return undefined;
  const fits = profile.samples.every((cell) => /^\d{1,4}$/.test(cell) && Number(cell) >= low && Number(cell) <= high);
  return fits && profile.distinct <= high - low + 1 ? profile : undefined;
}

function isMonthNames({ samples, distinct }: ColumnProfile): boolean {
  return samples.length > 0 && distinct <= 12 && samples.every((cell) => monthNames.has(monthKey(cell)));
}
