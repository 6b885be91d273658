/** Moments and spans of time as text. */

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [["minute", 60], ["hour", 3_600], ["day", 86_400]];

/** How long ago something was: "just now", "5 min ago", "yesterday"; after a week the day itself. */
export function formatAgo(then: string, now: Date, locale: string): string {
  const seconds = Math.max(0, (now.getTime() - Date.parse(then)) / 1_000);
  if (seconds < 60) return "just now";
  if (seconds >= 7 * 86_400) {
    return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })
      .format(new Date(then));
  }
  const [unit, size] = STEPS.findLast(([, size]) => seconds >= size) ?? ["minute", 60];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" }).format(
    -Math.floor(seconds / size),
    unit,
  );
}

/** A span of milliseconds: "640 ms", "3.2 s", "2 min 5 s". */
export function formatDuration(milliseconds: number, locale: string): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: milliseconds < 10_000 ? 1 : 0 });
  if (milliseconds < 60_000) return `${number.format(milliseconds / 1_000)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A moment to the second, in UTC: "24 Nov 2026, 08:07:12 UTC". */
export function formatMoment(moment: string, locale: string): string {
  const text = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });
  return `${text.format(new Date(moment))} UTC`;
}
