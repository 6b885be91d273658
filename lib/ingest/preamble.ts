/** What the lines above the header say. Pure. */

/** A date range, both days included. */
export interface DayRange {
  from: string;
  to: string;
}

const LANGUAGES = ["en", "de", "fr", "es", "pt", "it", "nl"];

/** Month names and their short forms, without marks and dots: `mai`, `sept`, `marz`. */
const MONTHS: ReadonlyMap<string, number> = new Map(
  LANGUAGES.flatMap((language) =>
    (["long", "short"] as const).flatMap((month) =>
      Array.from({ length: 12 }, (_, index): [string, number] => {
        const name = new Intl.DateTimeFormat(language, { month, timeZone: "UTC" }).format(Date.UTC(2026, index, 15));
        return [plain(name), index + 1];
      })
    )
  ),
);

function plain(text: string): string {
  return text.normalize("NFKD").replace(/[\p{M}.]/gu, "").toLowerCase();
}

/** The one day that a text names; null where it names none, or could name two. */
export function readDay(text: string): string | null {
  const trimmed = text.trim();
  let match = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$/.exec(trimmed);
  if (match) return day(Number(match[1]), Number(match[2]), Number(match[3]));
  match = /^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/u.exec(trimmed);
  if (match) return day(Number(match[3]), MONTHS.get(plain(match[1]!)), Number(match[2]));
  match = /^(\d{1,2})\.? (?:de )?(\p{L}+)\.?,? (?:de )?(\d{4})$/u.exec(trimmed);
  if (match) return day(Number(match[3]), MONTHS.get(plain(match[2]!)), Number(match[1]));
  // With dots the day comes first everywhere; with slashes only a number above 12 tells.
  match = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(trimmed);
  if (match) return day(Number(match[3]), Number(match[2]), Number(match[1]));
  match = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(trimmed);
  if (!match) return null;
  const [first, second, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (first > 12 || first === second) return day(year, second, first);
  return second > 12 ? day(year, first, second) : null;
}

function day(year: number, month: number | undefined, date: number): string | null {
  if (!month || month > 12 || date < 1) return null;
  const value = new Date(Date.UTC(year, month - 1, date));
  return value.getUTCMonth() === month - 1 ? value.toISOString().slice(0, 10) : null;
}

/** The range that the lines above the header name; null where they name none. */
export function preambleRange(lines: string[]): DayRange | null {
  let from: string | null = null;
  let to: string | null = null;
  for (const line of lines) {
    const text = line.replace(/^#+/, "").replaceAll('"', "").trim();
    const named = /^(?:report )?(start|end|from|to)(?: date)?\s*:\s*([^,;\t]*(?:, \d{4})?)/i.exec(text);
    if (named) {
      const value = readDay(named[2]!.replace(/ \d{1,2}:\d{2}.*$/, "").trim());
      if (/^(start|from)$/i.test(named[1]!)) from ??= value;
      else to ??= value;
      continue;
    }
    const compact = /^(\d{8})\s*-\s*(\d{8})$/.exec(text);
    const parts = compact ? [compact[1]!, compact[2]!] : text.split(/ (?:-|–|—|to|bis) /);
    if (parts.length !== 2) continue;
    const [first, last] = [readDay(parts[0]!), readDay(parts[1]!)];
    if (first && last && first <= last) return { from: first, to: last };
  }
  return from && to && from <= to ? { from, to } : null;
}
