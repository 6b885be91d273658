/** Calendar days to text. A day is `YYYY-MM-DD` and never shifted: it is read and written in UTC. */
import type { Grain } from "@/lib/model/mod.ts";
import { evenSpaces, knownLocale, once } from "./locale.ts";

/** How a date is written. */
export interface DateOptions {
  locale: string;
  /** Write the year too. @default false */
  year?: boolean;
}

/** One period, short, as an axis wants it: "26 Oct", "W48", "Nov", "Q4", "2026". */
export function formatPeriod(day: string, grain: Grain, { locale, year = false }: DateOptions): string {
  if (grain === "year") return day.slice(0, 4);
  if (grain === "quarter") return `Q${quarter(day)}${year ? ` ${day.slice(0, 4)}` : ""}`;
  if (grain === "week") return `W${isoWeek(day).week}${year ? ` ${isoWeek(day).year}` : ""}`;
  if (grain === "month") return formatted(day, locale, year ? "month-year" : "month");
  return formatted(day, locale, year ? "day-year" : "day");
}

/** One period in full, as a tooltip wants it: "Mon, 26 Oct 2026", "W48 2026, 23 – 29 Nov", "November 2026". */
export function formatPeriodFull(day: string, grain: Grain, { locale }: DateOptions): string {
  if (grain === "week") return `${formatPeriod(day, "week", { locale, year: true })}, ${weekRange(day, locale)}`;
  if (grain === "month") return formatted(day, locale, "month-full");
  if (grain === "day") return formatted(day, locale, "day-full");
  return formatPeriod(day, grain, { locale, year: true });
}

/** A range of days: "26 Oct – 22 Nov", with years where they differ or are asked for. */
export function formatRange(from: string, to: string, { locale, year = false }: DateOptions): string {
  const years = year || from.slice(0, 4) !== to.slice(0, 4);
  if (from === to) return formatPeriod(from, "day", { locale, year: years });
  const first = formatPeriod(from, "day", { locale, year: from.slice(0, 4) !== to.slice(0, 4) });
  return `${first} – ${formatPeriod(to, "day", { locale, year: years })}`;
}

/** The ISO week that a day lies in, with the year the week belongs to. */
export function isoWeek(day: string): { year: number; week: number } {
  const date = parsed(day);
  // The week belongs to the year of its Thursday.
  date.setUTCDate(date.getUTCDate() + 3 - ((date.getUTCDay() + 6) % 7));
  const start = Date.UTC(date.getUTCFullYear(), 0, 1);
  return { year: date.getUTCFullYear(), week: Math.floor((date.getTime() - start) / (7 * 86_400_000)) + 1 };
}

/** The first day of the period after the one that begins at `day`. */
export function nextPeriod(day: string, grain: Grain): string {
  const date = parsed(day);
  if (grain === "day") date.setUTCDate(date.getUTCDate() + 1);
  else if (grain === "week") date.setUTCDate(date.getUTCDate() + 7);
  else date.setUTCMonth(date.getUTCMonth() + { month: 1, quarter: 3, year: 12 }[grain], 1);
  return date.toISOString().slice(0, 10);
}

/** The first day of the period that `day` lies in. */
export function periodStart(day: string, grain: Grain): string {
  const date = parsed(day);
  if (grain === "week") date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  else if (grain === "month") date.setUTCDate(1);
  else if (grain === "quarter") date.setUTCMonth((quarter(day) - 1) * 3, 1);
  else if (grain === "year") date.setUTCMonth(0, 1);
  return date.toISOString().slice(0, 10);
}

/** Whether text is a calendar day. */
export function isDay(text: unknown): text is string {
  return typeof text === "string" && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(parsed(text).getTime());
}

const SHAPES: Record<string, Intl.DateTimeFormatOptions> = {
  "day": { day: "numeric", month: "short" },
  "day-year": { day: "numeric", month: "short", year: "numeric" },
  "day-full": { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  "month": { month: "short" },
  "month-year": { month: "short", year: "numeric" },
  "month-full": { month: "long", year: "numeric" },
};

function formatted(day: string, locale: string, shape: string): string {
  const date = parsed(day);
  if (Number.isNaN(date.getTime())) return day; // what is no day is shown as it came
  const formatter = once(
    `date ${locale} ${shape}`,
    () => new Intl.DateTimeFormat(knownLocale(locale), { ...SHAPES[shape], timeZone: "UTC" }),
  );
  return evenSpaces(formatter.format(date));
}

function weekRange(monday: string, locale: string): string {
  const sunday = parsed(monday);
  sunday.setUTCDate(sunday.getUTCDate() + 6);
  return formatRange(monday, sunday.toISOString().slice(0, 10), { locale });
}

function quarter(day: string): number {
  return Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1;
}

function parsed(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
