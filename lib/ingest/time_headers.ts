/** Which headers of a file speak of time, whatever their language. Pure. */
import { headerKey } from "@/lib/model/mod.ts";
import type { LanguageCode } from "@/lib/model/languages/mod.ts";
import type { Source } from "@/lib/source/mod.ts";
import type { RowGrain } from "@/lib/staging/mod.ts";
import { meaningsOf } from "./header_words.ts";

/** What a header of time is. */
export type TimeHeader = "start" | "end" | "week" | "month" | "quarter" | "year" | "day-of-month" | "nth";

const MEANINGS: Record<TimeHeader, string[]> = {
  "start": [
    "Reporting starts",
    "Report start",
    "Start date",
    "Start date (in UTC)",
    "date_start",
    "From",
    "Start time",
  ],
  "end": ["Reporting ends", "Report end", "End date", "End date (in UTC)", "date_stop", "date_end", "To", "End time"],
  "week": [
    "Week",
    "Week start",
    "Week of",
    "Week starting",
    "Week (Mon to Sun)",
    "ISO week",
    "ISO week of ISO year",
    "Year week",
    "Week of year",
    "Week (Sun to Sat)",
    "wk",
  ],
  "month": ["Month", "Month start", "Year month", "Month of year", "Month & year", "Month and year", "mth"],
  "quarter": ["Quarter", "qtr"],
  "year": ["Year", "ISO year", "yr"],
  "day-of-month": ["Day of month", "Day", "dd"],
  "nth": ["Nth day"],
};
const KEYS = new Map(
  Object.entries(MEANINGS).map(([name, headers]) => [name as TimeHeader, new Set(headers.map(headerKey))]),
);

/** Pairs of headers that say from when to when a row counts; only where both are there do they speak of rows. */
export const PAIR: readonly [TimeHeader, TimeHeader] = ["start", "end"];

/** The grain that rows have whose header of time is one of these. */
export const GRAIN_OF: Partial<Record<TimeHeader, RowGrain>> = {
  week: "week",
  month: "month",
  quarter: "quarter",
  year: "year",
};

/** The header that is this, if any. */
export function timeHeader(
  headers: string[],
  name: TimeHeader,
  { source, language }: { source: Source | null; language: LanguageCode },
): string | undefined {
  const keys = KEYS.get(name)!;
  return headers.find((header) => meaningsOf(header, source, language).some((meaning) => keys.has(meaning)));
}

/** Every header that is one of time. */
export function timeHeaders(
  headers: string[],
  context: { source: Source | null; language: LanguageCode },
): Set<string> {
  return new Set([...KEYS.keys()].flatMap((name) => timeHeader(headers, name, context) ?? []));
}
