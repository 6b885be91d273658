/** Series of a spec as chart.js data sets: colours, pale ends, dashes, stacking. */
import type { ScriptableLineSegmentContext } from "chart.js";
import type { ChartSeries, ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { AnyDataset } from "./chart_config.ts";
import { isChosenPeriod, standsBack } from "./marks.ts";
import { BACK, type ChartTheme, PALE, seriesColor } from "./theme.ts";

/** How strong the outermost band is, and how much stronger each one that lies on it. */
const [BAND, FURTHER_BAND] = [0.12, 0.06];

/** The data sets of a cartesian spec, in drawing order: lines lie over bars, comparisons under both. */
export function chartDatasets(spec: ChartSpec, theme: ChartTheme): AnyDataset[] {
  const sums = spec.share ? labelSums(spec) : [];
  const areas = spec.series.filter((series) => series.kind === "area");
  return spec.series.map((series, at) => {
    const pale = palePeriods(spec, series);
    const data = spec.labels.map((_, index) => drawnValue(spec, series, index, sums));
    const common = {
      label: series.name,
      data,
      order: series.band ? 4 : series.comparison ? 2 : series.kind === "bar" ? 3 : 1,
      ...valueAxisOf(spec, series),
    };
    if (series.band) {
      const inside = spec.series.slice(0, at).filter(({ band }) => band === "upper").length;
      const fill = theme.fade(seriesColor(theme, series.color), BAND + FURTHER_BAND * inside);
      return { ...common, ...bandEdge(series.band, fill) } as AnyDataset;
    }
    if (series.kind === "bar") return { ...common, ...bar(spec, series, theme, pale) } as AnyDataset;
    return { ...common, ...line(spec, series, theme, pale, data, areas.indexOf(series)) } as AnyDataset;
  });
}

/** The one data set of a donut. */
export function donutDatasets(spec: ChartSpec, theme: ChartTheme): AnyDataset[] {
  return spec.series.slice(0, 1).map((series) => {
    const colors = series.values.map((_, index) => {
      const own = seriesColor(theme, series.colors?.[index] ?? series.color);
      return standsBack(spec, series, index) ? theme.fade(own, BACK) : own;
    });
    return {
      label: series.name,
      data: series.values,
      backgroundColor: colors,
      hoverBackgroundColor: colors,
      borderColor: theme.color("surface"),
      borderWidth: 2,
      hoverOffset: 0,
    } as AnyDataset;
  });
}

/** What is not over, and what may still change where that tells it from the rest. */
function palePeriods(spec: ChartSpec, { unsettled = [] }: ChartSeries): Set<number> {
  return new Set([...spec.provisional ?? [], ...unsettled.length < spec.labels.length ? unsettled : []]);
}

function valueAxisOf(spec: ChartSpec, series: ChartSeries): Record<string, string> {
  const axis = series.axis === "right" ? "right" : spec.horizontal ? "x" : "y";
  return spec.horizontal ? { xAxisID: axis } : { yAxisID: axis };
}

function bar(spec: ChartSpec, series: ChartSeries, theme: ChartTheme, pale: Set<number>): Record<string, unknown> {
  const own = (index: number) => seriesColor(theme, series.colors?.[index] ?? series.color);
  const colors = spec.labels.map((_, index) => {
    const part = standsBack(spec, series, index) ? BACK : series.comparison ? 0.5 : pale.has(index) ? PALE : 1;
    return part < 1 ? theme.fade(own(index), part) : own(index);
  });
  return {
    type: "bar",
    backgroundColor: colors,
    hoverBackgroundColor: colors,
    borderWidth: 0,
    // As an object it holds for the inner pieces of a stack too.
    borderRadius: { topLeft: 3, topRight: 3, bottomLeft: 3, bottomRight: 3 },
    borderSkipped: false,
    // One pixel less on each side is a gap of two between neighbours; thin bars can spare half of that.
    inflateAmount: spec.labels.length > 35 ? -0.5 : -1,
    categoryPercentage: spec.labels.length > 20 ? 0.96 : 0.76,
    barPercentage: 1,
    maxBarThickness: spec.horizontal ? 22 : 56,
    ...(spec.stacked || spec.share ? { stack: series.comparison ? "comparison" : "main" } : {}),
  };
}

function line(
  spec: ChartSpec,
  series: ChartSeries,
  theme: ChartTheme,
  pale: Set<number>,
  data: (number | null)[],
  area: number,
): Record<string, unknown> {
  const back = series.mark ? standsBack({ ...spec, labels: [], range: undefined }, series, 0) : false;
  const color = back ? theme.fade(seriesColor(theme, series.color), BACK) : seriesColor(theme, series.color);
  const stacked = Boolean(spec.stacked || spec.share) && area >= 0;
  const ends = (context: ScriptableLineSegmentContext) => pale.has(context.p1DataIndex) && !series.comparison;
  return {
    type: "line",
    borderColor: color,
    backgroundColor: theme.fade(color, stacked ? 0.55 : 0.12),
    fill: area < 0 ? false : stacked && area > 0 ? "-1" : "origin",
    borderWidth: series.comparison ? 1.5 : 2,
    ...(series.dots ? { showLine: false } : {}),
    borderDash: series.comparison || series.dashed ? [3, 3] : [],
    borderJoinStyle: "round",
    segment: pale.size
      ? {
        borderColor: (context: ScriptableLineSegmentContext) => ends(context) ? theme.fade(color, PALE) : undefined,
        borderDash: (context: ScriptableLineSegmentContext) => ends(context) ? [4, 3] : undefined,
      }
      : {},
    // A value between two gaps has no line to be seen by.
    pointRadius: data.map((value, index) => {
      if (value === null) return 0;
      if (series.dots) return 4;
      if (!series.comparison && isChosenPeriod(spec, index)) return 4;
      return isGap(data[index - 1]) && isGap(data[index + 1]) ? 2.5 : 0;
    }),
    pointHoverRadius: 4,
    pointBackgroundColor: color,
    pointBorderColor: theme.color("surface"),
    pointBorderWidth: 0,
    pointHoverBorderWidth: 2,
    pointHoverBackgroundColor: color,
    pointHoverBorderColor: theme.color("surface"),
    pointHitRadius: 8,
    ...(stacked ? { stack: "area" } : { stack: series.name }),
  };
}

/** An edge of a band: nothing but, for the upper one, the room down to the one before. */
function bandEdge(edge: "lower" | "upper", fill: string) {
  return {
    type: "line" as const,
    borderColor: "transparent",
    backgroundColor: fill,
    borderWidth: 0,
    pointRadius: 0,
    pointHoverRadius: 0,
    pointHitRadius: 0,
    fill: edge === "upper" ? "-1" : false,
  };
}

function isGap(value: number | null | undefined): boolean {
  return value === null || value === undefined;
}

function drawnValue(spec: ChartSpec, series: ChartSeries, index: number, sums: number[]): number | null {
  const value = series.values[index] ?? null;
  if (value === null || !spec.share) return spec.stacked && value === 0 && series.kind === "bar" ? null : value;
  const sum = sums[index] ?? 0;
  return sum > 0 ? Math.max(0, value) / sum : null;
}

/** What each label's series add up to, without comparisons and below-zero values. */
export function labelSums(spec: ChartSpec): number[] {
  return spec.labels.map((_, index) =>
    spec.series.reduce((sum, { values, comparison }) => comparison ? sum : sum + Math.max(0, values[index] ?? 0), 0)
  );
}
