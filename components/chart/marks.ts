/** What the marks of a chart stand for, and which of them are chosen. Pure. */
import { nextPeriod } from "@/lib/format/mod.ts";
import type { Grain } from "@/lib/model/mod.ts";
import type { ChartSeries, ChartSpec } from "@/lib/widget/chart_spec.ts";

/** A value that a click chooses. */
export interface Mark {
  field: string;
  value: string;
}

/** The field that stands for days. */
const PERIOD = "period";

/** What the mark of a series at a label stands for, or the label itself without a series; null for nothing. */
export function markOf(spec: ChartSpec, index: number, series?: ChartSeries): Mark | null {
  if (series?.mark && !series.comparison) return series.mark;
  const days = periodOf(spec, index);
  if (days !== null) return { field: PERIOD, value: days };
  const value = spec.marks?.values[index] ?? null;
  return spec.marks && value !== null ? { field: spec.marks.field, value } : null;
}

/** Whether anything of a chart can be chosen. */
export function hasMarks(spec: ChartSpec): boolean {
  return spec.time !== undefined && spec.range !== undefined || spec.marks !== undefined ||
    spec.series.some(({ mark }) => mark);
}

/** Whether a mark stands back since others are chosen. */
export function standsBack(spec: ChartSpec, series: ChartSeries, index: number): boolean {
  const { selected = {} } = spec;
  const chosen = series.mark && selected[series.mark.field];
  if (chosen && !chosen.includes(series.mark!.value)) return true;
  const values = spec.marks && selected[spec.marks.field];
  if (values && !values.includes(spec.marks!.values[index] ?? "\0")) return true;
  return selected[PERIOD] !== undefined && !isChosenPeriod(spec, index);
}

/** Whether the days of a label are among those that are chosen. */
export function isChosenPeriod(spec: ChartSpec, index: number): boolean {
  const spans = spec.selected?.[PERIOD];
  const days = spans && periodOf(spec, index);
  if (!days) return false;
  // Days that lie between two chosen ones are chosen with them: the page shows one range.
  const ends = spans.flatMap((span) => span.split("..")).sort();
  const [from = "", to = ""] = days.split("..");
  return from <= ends.at(-1)! && to >= ends[0]!;
}

/** The days of a period that were asked for, `from..to`; null where none was. */
export function daysOf(start: string, grain: Grain, range: { from: string; to: string } | null): string | null {
  if (!range) return null;
  const end = dayBefore(nextPeriod(start, grain));
  const [from, to] = [start > range.from ? start : range.from, end < range.to ? end : range.to];
  return from <= to ? `${from}..${to}` : null;
}

function periodOf({ time, range, labels }: ChartSpec, index: number): string | null {
  const start = labels[index];
  return time && range && start !== undefined ? daysOf(start, time, range) : null;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
