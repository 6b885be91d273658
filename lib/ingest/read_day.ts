/** The day that a text names, in the ways that report titles and questions write it. Pure. */
import { monthKey, monthNames } from "@/lib/model/month_names.ts";

/** Which of two numbers comes first. */
export type DateOrder = "day-first" | "month-first";

// Half-width digits and marks for full-width ones; no-break spaces become spaces.
function plain(text: string): string {
  return text.normalize("NFKC").replace(/\s+/g, " ").trim();
}

/** A calendar day as `YYYY-MM-DD`; null where there is no such day. */
function day(year: number, month: number | undefined, date: number): string | null {
  if (!month || month > 12 || date < 1) return null;
  const value = new Date(Date.UTC(year < 100 ? 2000 + year : year, month - 1, date));
  return value.getUTCMonth() === month - 1 ? value.toISOString().slice(0, 10) : null;
}

/**
 * The one day that a text names; null where it names none, or could name two and `order` is not known. `strict`: an
 * order that does not fit is not let go.
 */
export function readDay(text: string, order?: DateOrder, { strict = false } = {}): string | null {
  const trimmed = plain(text).replace(/^\p{L}+\.?,? (?=\d|\p{L})/u, (word) => isWeekday(word) ? "" : word);
  let match = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/.exec(trimmed);
  if (match && (trimmed.length === 8 || /\D/.test(trimmed))) {
    return day(Number(match[1]), Number(match[2]), Number(match[3]));
  }
  match = /^(\d{4})年 ?(\d{1,2})月 ?(\d{1,2})日$/.exec(trimmed);
  if (match) return day(Number(match[1]), Number(match[2]), Number(match[3]));
  match = /^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/u.exec(trimmed);
  if (match) return day(Number(match[3]), monthNames.get(monthKey(match[1]!)), Number(match[2]));
  match = /^(\d{1,2})(?:er|[.ºª°]|st|nd|rd|th)?[ -](?:de )?(\p{L}+)\.?,?[ -](?:de |del )?(\d{4})$/u.exec(trimmed);
  if (match) return day(Number(match[3]), monthNames.get(monthKey(match[2]!)), Number(match[1]));
  // With dots the day comes first everywhere; with slashes only a number above 12 tells.
  match = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$/.exec(trimmed);
  if (match) return day(Number(match[3]), Number(match[2]), Number(match[1]));
  match = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})$/.exec(trimmed);
  if (!match) return null;
  const [first, second, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const dayFirst = day(year, second, first);
  const monthFirst = day(year, first, second);
  if (strict && order) return order === "day-first" ? dayFirst : monthFirst;
  if (dayFirst && monthFirst && dayFirst !== monthFirst) {
    if (!order) return null;
    return order === "day-first" ? dayFirst : monthFirst;
  }
  return dayFirst ?? monthFirst;
}

const WEEKDAYS: ReadonlySet<string> = new Set(
  ["en", "de", "fr", "es", "pt", "it", "nl"].flatMap((locale) =>
    (["long", "short"] as const).flatMap((weekday) =>
      Array.from(
        { length: 7 },
        (_, n) =>
          monthKey(new Intl.DateTimeFormat(locale, { weekday, timeZone: "UTC" }).format(Date.UTC(2026, 0, 5 + n))),
      )
    )
  ),
);

function isWeekday(word: string): boolean {
  return WEEKDAYS.has(monthKey(word.replace(/[, ]+$/, "")));
}

/** A text without a time of day at its end, and without a time zone after that. */
export function withoutTime(text: string): string {
  return plain(text)
    .replace(/\s*\([^()]*\)$/, "")
    .replace(
      /[,T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?\s?m\.?)?\s*(?:[A-Z]{2,5}|Z|[+-]\d{2}:?\d{2})?$/i,
      "",
    )
    .trim();
}
