/** Words about a calendar unit under way and what it comes to. Pure. */
import { formatPeriod, formatPeriodFull } from "@/lib/format/mod.ts";
import { chanceOfAtLeast } from "@/lib/model/chance.ts";
import type { ForecastPoint, ForecastResult, ForecastTotal } from "@/lib/model/mod.ts";

/** What a unit comes to: the last of its points. */
export function endOfTotal({ points }: ForecastTotal): Omit<ForecastPoint, "naive"> {
  return points.at(-1)!; // the schema holds one at least
}

/** What has come of a unit so far. */
export function soFar({ course }: ForecastTotal): number {
  return course.at(-1)?.value ?? 0;
}

/** Days of a unit that are not over. */
export function daysLeft({ from, to, course }: ForecastTotal): number {
  const after = course.at(-1)?.period;
  const span = (day: string) => Math.round((Date.parse(to) - Date.parse(day)) / 86_400_000);
  return after === undefined ? span(from) + 1 : span(after);
}

/** A unit by its name: "November 2026", "W48 2026, 23 – 29 Nov", "Q4 2026". */
export function unitName({ from, unit }: Pick<ForecastTotal, "from" | "unit">, locale: string): string {
  return formatPeriodFull(from, unit, { locale });
}

/** Its last day: "30 Nov". */
export function lastDay({ to }: Pick<ForecastTotal, "to">, locale: string): string {
  return formatPeriod(to, "day", { locale });
}

/** "8 days to come", "its first day is not over", "the last day is over". */
export function daysLeftWords(total: ForecastTotal): string {
  const left = daysLeft(total);
  if (left === 0) return "its last day is over";
  return `${left} ${left === 1 ? "day" : "days"} to come`;
}

/** How likely a target is, by what the metric should do: "68 % likely to reach", "32 % likely to stay within". */
export function targetWords(
  { metric }: Pick<ForecastResult, "metric">,
  total: ForecastTotal,
  target: number,
  locale: string,
): { text: string; tone: "good" | "bad" | "neutral" } {
  const atLeast = chanceOfAtLeast(endOfTotal(total), target);
  const down = metric.better === "down";
  const chance = down ? 1 - atLeast : atLeast;
  return {
    text: `${chanceText(chance, locale)} likely to ${down ? "stay within" : "reach"}`,
    tone: metric.better === "none" ? "neutral" : chance >= 0.5 ? "good" : "bad",
  };
}

/** A chance in whole percent; nothing that is yet to come is sure. */
export function chanceText(chance: number, locale: string): string {
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  if (chance > 0.99) return `over ${percent.format(0.99)}`;
  if (chance < 0.01) return `under ${percent.format(0.01)}`;
  return percent.format(chance);
}
