import type { CoverageRow } from "@/lib/warehouse/mod.ts";
import { daysBetween, shiftDay } from "./days.ts";
import type { CalendarDay, Gap, SourceFreshness } from "./quality.ts";

/** An account that is this much behind the others counts as ended, not as missing. */
const ENDED_DAYS = 45;

/** Which days have rows of which account, where they lack, and how far each account reaches. */
export interface Coverage {
  days: CalendarDay[];
  /** The longest first. */
  gaps: Gap[];
  sources: SourceFreshness[];
  /** Days of accounts that should have rows, and that do. */
  expected: number;
  present: number;
}

/** Reads the coverage of a range as a calendar. Pure. Rows of weeks and longer tell nothing about a day. */
export function coverageCalendar(
  rows: CoverageRow[],
  range: { from: string; to: string },
  today: string,
): Coverage {
  const accounts = new Map<string, { platform: string; account: string; days: Map<string, boolean> }>();
  for (const { platform, account, day, level, provisional } of rows) {
    if (!/^(day|hour):/.test(level)) continue;
    const key = `${platform}\n${account}`;
    const entry = accounts.get(key) ?? { platform, account, days: new Map() };
    entry.days.set(day, (entry.days.get(day) ?? true) && provisional);
    accounts.set(key, entry);
  }
  const calendar = new Map<string, CalendarDay>();
  for (let day = range.from; day <= range.to; day = shiftDay(day, 1)) {
    calendar.set(day, { day, present: 0, expected: 0, provisional: false });
  }
  const result: Coverage = { days: [...calendar.values()], gaps: [], sources: [], expected: 0, present: 0 };
  for (const { platform, account, days } of accounts.values()) {
    const all = [...days.keys()].filter((day) => calendar.has(day)).sort();
    const first = all[0];
    const last = all.at(-1);
    if (first === undefined || last === undefined) continue;
    result.sources.push({ platform, account, through: last, daysOld: daysBetween(last, today) });
    const end = daysBetween(last, range.to) > ENDED_DAYS ? last : range.to;
    let gap: Gap | null = null;
    for (let day = first; day <= end; day = shiftDay(day, 1)) {
      const cell = calendar.get(day)!;
      cell.expected++;
      result.expected++;
      if (days.has(day)) {
        cell.present++;
        result.present++;
        cell.provisional ||= days.get(day)!;
        gap = null;
      } else if (gap) {
        gap.to = day;
        gap.days++;
      } else {
        gap = { platform, account, from: day, to: day, days: 1 };
        result.gaps.push(gap);
      }
    }
  }
  result.gaps.sort((a, b) => b.days - a.days || b.from.localeCompare(a.from));
  result.sources.sort((a, b) => a.through.localeCompare(b.through) || a.platform.localeCompare(b.platform));
  return result;
}
