/** ChartSpec and theme → a chart.js configuration: the same for the browser and for the server's pictures. */
import type { ChartConfiguration, ChartDataset, Plugin } from "chart.js";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";
import { chartDatasets, donutDatasets } from "./datasets.ts";
import { periodTicks, shorten } from "./label_axis.ts";
import { CHART_TEXT, type ChartTheme } from "./theme.ts";
import { axisBounds, tickLabels } from "./value_axis.ts";

/** The hole's part of a donut's diameter. */
const HOLE = 0.7;

/** Kinds of charts that are registered. */
export type ChartKind = "bar" | "line" | "doughnut";
/** A configuration of any of our kinds. */
export type AnyChartConfiguration = ChartConfiguration<ChartKind, (number | null)[], string>;
/** A data set of any of our kinds. */
export type AnyDataset = ChartDataset<ChartKind, (number | null)[]>;

/** What a configuration depends on besides the spec. */
export interface ChartContext {
  theme: ChartTheme;
  locale: string;
  /** Length of moves in milliseconds; 0 for none. @default 0 */
  moves?: number;
}

type Options = NonNullable<AnyChartConfiguration["options"]>;
type Scales = NonNullable<Options["scales"]>;

/** The chart.js configuration of a spec. */
export function chartConfig(spec: ChartSpec, context: ChartContext): AnyChartConfiguration {
  const { moves = 0 } = context;
  const common: Options = {
    responsive: false,
    maintainAspectRatio: false,
    events: ["mousemove", "mouseout", "click", "touchstart", "touchmove"],
    animation: moves ? { duration: moves, easing: "easeOutQuart" } : false,
    plugins: { tooltip: { enabled: false } },
  };
  if (spec.type === "donut") {
    const options = { ...common, cutout: `${HOLE * 100}%`, rotation: 0, layout: { padding: 2 } } as Options;
    return {
      type: "doughnut",
      data: { labels: spec.labels, datasets: donutDatasets(spec, context.theme) },
      options,
      plugins: [donutCenter(spec, context.theme)],
    };
  }
  return {
    type: "bar",
    data: { labels: spec.labels, datasets: chartDatasets(spec, context.theme) },
    options: {
      ...common,
      indexAxis: spec.horizontal ? "y" : "x",
      interaction: { mode: "index", intersect: false, axis: spec.horizontal ? "y" : "x" },
      // Half a tick's text stands above the plot.
      layout: { padding: spec.bare ? 2 : { top: spec.horizontal ? 0 : 7, right: 2 } },
      scales: scales(spec, context),
    },
  };
}

function scales(spec: ChartSpec, context: ChartContext): Scales {
  const right = spec.series.some((series) => series.axis === "right");
  const value = spec.horizontal ? "x" : "y";
  const label = spec.horizontal ? "y" : "x";
  const axes: Scales = {
    [label]: spec.horizontal ? nameAxis(spec, context) : labelAxis(spec, context),
    [value]: valueAxis(spec, context, "left"),
  };
  if (right) axes.right = valueAxis(spec, context, "right");
  return axes;
}

function labelAxis(spec: ChartSpec, { theme, locale }: ChartContext): Scales[string] {
  return {
    type: "category",
    display: !spec.bare,
    stacked: spec.stacked || spec.share,
    offset: spec.series.some((series) => series.kind === "bar"),
    grid: { display: false },
    border: { display: false },
    ticks: {
      color: theme.color("ink-3"),
      font: tickFont(theme),
      maxRotation: 0,
      autoSkip: !spec.time,
      autoSkipPadding: 12,
      padding: 2,
      ...(spec.time ? {} : {
        callback(_value, index) {
          return shorten(spec.labels[index] ?? "", this.width / Math.max(1, Math.min(spec.labels.length, 12)) - 8);
        },
      }),
    },
    ...(spec.time
      ? {
        // chart.js sets `ticks` anew at each layout, so the number of ticks follows the width.
        afterBuildTicks(axis) {
          axis.ticks = periodTicks(spec.labels, spec.time ?? "day", axis.chart.width - 60, locale);
        },
        afterTickToLabelConversion(axis) {
          const wanted = periodTicks(spec.labels, spec.time ?? "day", axis.chart.width - 60, locale);
          const labels = new Map(wanted.map((tick) => [tick.value, tick.label]));
          for (const tick of axis.ticks) tick.label = labels.get(tick.value) ?? "";
        },
      }
      : {}),
  };
}

function nameAxis(spec: ChartSpec, { theme }: ChartContext): Scales[string] {
  return {
    type: "category",
    display: !spec.bare,
    stacked: spec.stacked || spec.share,
    grid: { display: false },
    border: { display: false },
    ticks: {
      color: theme.color("ink-2"),
      font: tickFont(theme),
      autoSkip: spec.labels.length > 20,
      padding: 4,
      callback(_value, index) {
        return shorten(spec.labels[index] ?? "", Math.min(190, this.chart.width * 0.4));
      },
    },
  };
}

function valueAxis(spec: ChartSpec, { theme, locale }: ChartContext, side: "left" | "right"): Scales[string] {
  const first = spec.series.find((series) => (series.axis ?? "left") === side);
  const format = spec.share ? "percent" : first?.format ?? "decimal";
  const bounds = axisBounds(spec, side);
  const count = Math.max(1, Math.round((bounds.max - bounds.min) / bounds.step));
  const ticks = Array.from({ length: count + 1 }, (_, index) => bounds.min + index * bounds.step);
  const labels = tickLabels(ticks, format, { locale, currency: spec.currency });
  return {
    type: "linear",
    display: !spec.bare,
    position: spec.horizontal ? "bottom" : side,
    stacked: (spec.stacked || spec.share) && side === "left",
    min: bounds.min,
    max: bounds.max,
    // The right axis has its own steps; only the left one draws lines.
    grid: side === "left" ? { color: theme.color("gridline"), drawTicks: false, lineWidth: 1 } : { display: false },
    border: { display: false },
    ticks: { color: theme.color("ink-3"), font: tickFont(theme), padding: 8, maxRotation: 0, autoSkip: false },
    afterBuildTicks(axis) {
      axis.ticks = ticks.map((value) => ({ value }));
    },
    afterTickToLabelConversion(axis) {
      for (const [index, tick] of axis.ticks.entries()) tick.label = labels[index] ?? "";
    },
  };
}

function tickFont(theme: ChartTheme): { family: string; size: number } {
  return { family: theme.font, size: CHART_TEXT };
}

/** Writes the total into the hole of a donut, as large as the hole allows. */
function donutCenter(spec: ChartSpec, theme: ChartTheme): Plugin<ChartKind> {
  return {
    id: "donutCenter",
    afterDatasetsDraw({ ctx, chartArea }) {
      if (!spec.center) return;
      const x = (chartArea.left + chartArea.right) / 2;
      const y = (chartArea.top + chartArea.bottom) / 2;
      const hole = Math.min(chartArea.width, chartArea.height) * HOLE;
      const size = Math.min(20, Math.floor(hole * 0.8 / (spec.center.value.length * 0.6)));
      const labelled = hole > 70;
      ctx.save();
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = theme.color("ink");
      ctx.font = `600 ${size}px ${theme.font}`;
      ctx.fillText(spec.center.value, x, labelled ? y - 8 : y);
      if (labelled) {
        ctx.fillStyle = theme.color("ink-3");
        ctx.font = `400 ${CHART_TEXT}px ${theme.font}`;
        ctx.fillText(shorten(spec.center.label, hole * 0.8), x, y + 12);
      }
      ctx.restore();
    },
  };
}
