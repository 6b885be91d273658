import { addDays, type DaySpan } from "@/lib/model/calendar.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** More stretches of days than this are counted, not listed. */
const MAX_STRETCHES = 3;

/** Days as people write them: `1–14 Feb 2026`, `28 Feb – 2 Mar 2026, 9 Mar 2026`, `12 days, 1 Jan – 30 Mar 2026`. */
export function tellDays(days: string[]): string {
  const sorted = [...new Set(days)].sort();
  const stretches: DaySpan[] = [];
  for (const day of sorted) {
    const last = stretches.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else stretches.push({ from: day, to: day });
  }
  if (stretches.length <= MAX_STRETCHES) return stretches.map(tellSpan).join(", ");
  return `${sorted.length} days, ${tellSpan({ from: sorted[0] ?? "", to: sorted.at(-1) ?? "" })}`;
}

/** A stretch of days: `14 Feb 2026`, `1–14 Feb 2026`, `28 Feb – 2 Mar 2026`. */
export function tellSpan({ from, to }: DaySpan): string {
  const [first, last] = [split(from), split(to)];
  if (from === to) return `${last.day} ${last.month} ${last.year}`;
  if (first.year !== last.year) {
    return `${first.day} ${first.month} ${first.year} – ${last.day} ${last.month} ${last.year}`;
  }
  if (first.month !== last.month) return `${first.day} ${first.month} – ${last.day} ${last.month} ${last.year}`;
  return `${first.day}–${last.day} ${last.month} ${last.year}`;
}

function split(day: string): { year: string; month: string; day: number } {
  return { year: day.slice(0, 4), month: MONTHS[Number(day.slice(5, 7)) - 1] ?? "", day: Number(day.slice(8)) };
}
