/** Label axes: which periods get a tick and how they are written, and names that fit their room. */
import { formatPeriod } from "@/lib/format/mod.ts";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";

/** A tick: the index of its label and its text. */
export interface LabelTick {
  value: number;
  label: string;
}

/** Ticks for an axis of periods that is `width` pixels wide. */
export function periodTicks(
  labels: string[],
  grain: NonNullable<ChartSpec["time"]>,
  width: number,
  locale: string,
): LabelTick[] {
  // "26 Oct" takes more room than "W48".
  const room = Math.max(2, Math.floor(width / (grain === "day" ? 76 : 56)));
  const long = labels.length > 120 && grain === "day" || labels.length > 30 && grain === "week";
  if (long) return monthTicks(labels, room, locale);
  const shown = every(labels.length, room, grain);
  return shown.map((value) => ({ value, label: periodLabel(labels, value, grain, locale) }));
}

/** Indices of the labels that are shown: days in whole weeks where they can't all be, always up to the last period. */
function every(count: number, room: number, grain: string): number[] {
  const steps = grain === "day"
    ? [1, 2, 7, 14, 28, 56]
    : grain === "month"
    ? [1, 2, 3, 6, 12, 24]
    : [1, 2, 4, 8, 13, 26];
  const step = steps.find((size) => Math.ceil(count / size) <= room) ?? Math.ceil(count / room);
  const first = (count - 1) % step;
  // Half a step from the left edge leaves room for the first text.
  const shown: number[] = [];
  for (let value = step > 2 ? Math.floor(first / 2) : first; value < count; value += step) shown.push(value);
  return shown;
}

function periodLabel(labels: string[], index: number, grain: NonNullable<ChartSpec["time"]>, locale: string): string {
  const day = labels[index] ?? "";
  const years = new Set(labels.map((label) => label.slice(0, 4)));
  // The year is written once, where it begins, and only where there are several.
  const begins = grain !== "day" && years.size > 1 && labels[index - 1]?.slice(0, 4) !== day.slice(0, 4);
  return formatPeriod(day, grain, { locale, year: begins });
}

function monthTicks(labels: string[], room: number, locale: string): LabelTick[] {
  const starts = labels.flatMap((day, index) => labels[index - 1]?.slice(0, 7) !== day.slice(0, 7) ? [index] : []);
  // The first month may be a scrap: its label would sit on the next one's.
  if (starts.length > 2 && (starts[1] ?? 0) - (starts[0] ?? 0) < labels.length / starts.length / 2) starts.shift();
  const step = [1, 2, 3, 6, 12, 24].find((size) => Math.ceil(starts.length / size) <= room) ?? 24;
  let year = "";
  return starts.filter((_, index) => index % step === 0).map((value) => {
    const day = labels[value] ?? "";
    const begins = day.slice(0, 4) !== year;
    year = day.slice(0, 4);
    return { value, label: formatPeriod(day, "month", { locale, year: begins }) };
  });
}

/** Text cut to about `pixels`; Inter's letters are about 0.53 em wide. */
export function shorten(text: string, pixels: number, size = 12): string {
  const letters = Math.max(4, Math.floor(pixels / (size * 0.53)));
  return text.length <= letters ? text : `${text.slice(0, letters - 1).trimEnd()}…`;
}
