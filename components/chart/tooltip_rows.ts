/** What a tooltip says about one label of a chart: a small table, sorted by value. */
import { formatMetric, formatPeriodFull } from "@/lib/format/mod.ts";
import type { ChartColor, ChartSpec } from "@/lib/widget/chart_spec.ts";
import { labelSums } from "./datasets.ts";

/** One line of a tooltip. */
export interface TooltipRow {
  name: string;
  value: string;
  color: ChartColor;
  /** A share, or the period of a comparison. */
  note?: string;
}

/** The tooltip of one label. */
export interface TooltipContent {
  title: string;
  /** "incomplete" where the period is not over, "may still change" where a platform may correct a value. */
  note?: string;
  rows: TooltipRow[];
  total?: string;
}

/** The tooltip of the label at `index`; hidden series are left out. */
export function tooltipContent(
  spec: ChartSpec,
  index: number,
  locale: string,
  hidden: ReadonlySet<string> = new Set(),
): TooltipContent {
  const label = spec.labels[index] ?? "";
  const title = spec.time ? formatPeriodFull(label, spec.time, { locale }) : label;
  const exact = { locale, currency: spec.currency, exact: true };
  const open = spec.series.some(({ name, unsettled }) => !hidden.has(name) && unsettled?.includes(index));
  const note = spec.provisional?.includes(index) ? "incomplete" : open ? "may still change" : undefined;
  if (spec.type === "donut") {
    const [ring] = spec.series;
    const value = ring?.values[index] ?? null;
    if (!ring) return { title, note, rows: [] };
    const share = shareText(value, sumOf(ring.values), locale);
    const color = ring.colors?.[index] ?? ring.color;
    return {
      title,
      note,
      rows: [{ name: ring.name, value: formatMetric(value, ring.format, exact), color, note: share }],
    };
  }
  const shown = { ...spec, series: spec.series.filter((series) => !hidden.has(series.name)) };
  const stacked = Boolean(spec.stacked || spec.share);
  const sum = stacked ? labelSums(shown)[index] ?? 0 : 0;
  const rows = shown.series
    .map((series) => ({ series, value: series.values[index] ?? null }))
    .sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity))
    .map(({ series, value }) => {
      const period = spec.time && series.labels?.[index];
      const note = period
        ? formatPeriodFull(period, spec.time ?? "day", { locale })
        : spec.share && !series.comparison
        ? shareText(value, sum, locale)
        : undefined;
      const color = series.colors?.[index] ?? series.color;
      return { name: series.name, value: formatMetric(value, series.format, exact), color, note };
    });
  const parts = shown.series.filter((series) => !series.comparison && series.kind !== "line");
  const total = stacked && parts.length > 1 ? formatMetric(sum, parts[0]?.format ?? "decimal", exact) : undefined;
  return { title, note, rows, total };
}

function sumOf(values: (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

function shareText(value: number | null, sum: number, locale: string): string | undefined {
  if (value === null || sum <= 0) return undefined;
  return formatMetric(value / sum, "percent", { locale, compact: true });
}
