/** The ranges and comparisons that the filter bar offers. Pure. */
import type { DateRange, PageFilters } from "@/lib/model/mod.ts";

/** Ranges by title, in the order they are offered. */
export const RANGE_PRESETS: readonly { title: string; range: DateRange }[] = [
  { title: "Last 7 days", range: { last: 7, unit: "day" } },
  { title: "Last 28 days", range: { last: 28, unit: "day" } },
  { title: "Last 90 days", range: { last: 90, unit: "day" } },
  { title: "This month", range: { this: "month" } },
  { title: "Last month", range: { previous: "month" } },
  { title: "This quarter", range: { this: "quarter" } },
  { title: "Last quarter", range: { previous: "quarter" } },
  { title: "This year", range: { this: "year" } },
  { title: "Last 12 months", range: { last: 12, unit: "month" } },
  { title: "All time", range: { all: true } },
];

/** Comparisons by title, in the order they are offered. */
export const COMPARE_CHOICES: readonly { title: string; compare: NonNullable<PageFilters["compare"]> }[] = [
  { title: "previous period", compare: "previous-period" },
  { title: "previous year", compare: "previous-year" },
  { title: "previous year, aligned weekdays", compare: "aligned-weekdays" },
  { title: "nothing", compare: "none" },
];

/** What a range is called: a preset's title, "Last 5 weeks", or its two days. */
export function rangeTitle(range: DateRange): string {
  const wanted = JSON.stringify(range);
  const preset = RANGE_PRESETS.find((p) => JSON.stringify(p.range) === wanted);
  if (preset) return preset.title;
  if ("last" in range) return `Last ${range.last} ${range.unit}${range.last === 1 ? "" : "s"}`;
  if ("this" in range) return `This ${range.this}`;
  if ("previous" in range) return `Last ${range.previous}`;
  if ("from" in range) return "Custom";
  return "All time";
}
