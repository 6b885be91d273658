/** A chart on a canvas in the browser. Loaded only where a chart is, since chart.js comes with it. */
import { Chart, type ChartEvent, type Plugin } from "chart.js";
import type { ChartSeries, ChartSpec } from "@/lib/widget/chart_spec.ts";
import { type AnyChartConfiguration, chartConfig, type ChartKind } from "./chart_config.ts";
import { registerChartParts } from "./chart_parts.ts";
import { outlineMark } from "./outline_mark.ts";
import { hearCrosshair, labelIndex, tellCrosshair } from "./crosshair.ts";
import { type ChartTheme, chartTheme } from "./theme.ts";
import { CHART_TOKENS } from "./tokens.ts";
import { markOf } from "./marks.ts";
import { hideTooltip, showTooltip } from "./tooltip_element.ts";
import { tooltipContent } from "./tooltip_rows.ts";

const PRINTING = ["beforeprint", "afterprint"] as const;

/** Where a chart is, and whom it tells there. */
export interface ChartPlace {
  /** The element that the chart fills. */
  plot: HTMLElement;
  /** Whether something can be chosen in it. */
  chooses(): boolean;
  onPick: OnPick;
}

/** A drawn chart. */
export interface BrowserChart {
  /** Shows it as it stands in another place, in the size of that. */
  moveTo(place: ChartPlace): void;
  /** Draws other data; moves to it unless the reader wants no motion. */
  update(spec: ChartSpec, hidden: ReadonlySet<string>): void;
  /** Shows the tooltip of a label and marks it, or one series' mark at it; null takes that back. */
  point(at: { index: number; series?: ChartSeries } | null): void;
  destroy(): void;
}

/** A click on the chart: which label, which series where one was hit, and the keys that were held. */
export type OnPick = (
  at: { index: number; series?: ChartSeries },
  keys: { shiftKey: boolean; altKey: boolean },
) => void;

/** Draws a spec into a plot and keeps it drawn: on a new size, a new theme, another chart's crosshair. */
export function drawChart(
  first: ChartPlace,
  { locale, ...start }: { spec: ChartSpec; hidden: ReadonlySet<string>; locale: string },
): BrowserChart {
  registerChartParts();
  let place = first;
  let { spec, hidden } = start;
  const canvas = document.createElement("canvas");
  canvas.className = "chart__canvas";
  canvas.setAttribute("aria-hidden", "true");
  place.plot.append(canvas);
  let marked = -1;
  let writesOver: NonNullable<Plugin<ChartKind>["afterDatasetsDraw"]> = () => {};
  let pointed: { index: number; series?: ChartSeries } | null = null;
  const mark = (index: number) => {
    if (index === marked) return;
    marked = index;
    requestAnimationFrame(() => chart.ctx && chart.draw());
  };
  const configure = (moves: number) => {
    const config = chartConfig(visible(spec, hidden), { theme: pageTheme(), locale, moves });
    // chart.js keeps the plugins that a chart began with: they are handed what to write anew with each drawing.
    const written = config.plugins ?? [];
    writesOver = (...drawing) => written.forEach((plugin) => plugin.afterDatasetsDraw?.(...drawing));
    config.plugins = [
      { id: "written", afterDatasetsDraw: (...drawing) => writesOver(...drawing) },
      crosshairLine(() => marked, () => spec),
      focusRing(),
    ];
    Object.assign(config.options ?? {}, {
      onClick: (event: ChartEvent, elements: { index: number }[]) => {
        const at = hit(event, elements);
        const { shiftKey = false, metaKey = false, ctrlKey = false, altKey = false } =
          (event.native ?? {}) as MouseEvent;
        if (at) place.onPick(at, { shiftKey: shiftKey || metaKey || ctrlKey, altKey });
      },
      onHover: (event: ChartEvent, elements: { index: number }[]) => {
        const at = place.chooses() ? hit(event, elements) : null;
        canvas.classList.toggle("chart__canvas--choosing", Boolean(at && markOf(spec, at.index, at.series)));
      },
    });
    const tooltip = config.options?.plugins?.tooltip;
    if (tooltip) {
      tooltip.external = ({ tooltip }) => {
        const index = tooltip.opacity === 0 ? -1 : tooltip.dataPoints?.[0]?.dataIndex ?? -1;
        mark(index);
        if (spec.time) tellCrosshair(canvas, index < 0 ? null : spec.labels[index] ?? null);
        if (index < 0) return hideTooltip(place.plot);
        showTooltip(place.plot, tooltipContent(visible(spec, hidden), index, locale), tooltip.caretX, tooltip.caretY);
      };
    }
    return config;
  };

  /** The label under the pointer, and the series whose bar, point or piece is exactly there. */
  const hit = (event: ChartEvent, elements: { index: number }[]) => {
    const [exact] = event.native
      ? chart.getElementsAtEventForMode(event.native, "nearest", { intersect: true }, false)
      : [];
    const index = exact?.index ?? elements[0]?.index;
    if (index === undefined) return null;
    return { index, series: exact && visible(spec, hidden).series[exact.datasetIndex] };
  };
  const elementAt = (at: { index: number; series?: ChartSeries }) => {
    const name = at.series?.name;
    const dataset = Math.max(0, visible(spec, hidden).series.findIndex((series) => series.name === name));
    return chart.getDatasetMeta(dataset).data[at.index];
  };
  const focusRing = (): Plugin<ChartKind> => ({
    id: "focusRing",
    afterDraw({ ctx }) {
      // A label of a time chart has its crosshair; everything else gets an outline.
      const element = pointed && (pointed.series || !spec.time || spec.horizontal) ? elementAt(pointed) : undefined;
      if (element) outlineMark(ctx, element, pageTheme().color("ink"));
    },
  });

  fit(canvas, place.plot);
  const chart = new Chart<ChartKind, (number | null)[], string>(canvas, configure(0) as AnyChartConfiguration);
  const redraw = (moves: number) => {
    const { data, options = {} } = configure(moves);
    chart.data = data;
    chart.options = options;
    chart.update(moves ? undefined : "none");
  };

  const size = () => {
    const { clientWidth, clientHeight } = place.plot;
    if (clientWidth && clientHeight && chart.ctx) chart.resize(clientWidth, clientHeight);
  };
  const sizes = new ResizeObserver(size);
  sizes.observe(place.plot);
  // On paper the plot has another size at once, before any observer hears of it.
  for (const moment of PRINTING) addEventListener(moment, size);
  const recolor = () => redraw(0);
  const themes = new MutationObserver(recolor);
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", recolor);
  const stopHearing = hearCrosshair(canvas, (day) => spec.time && mark(labelIndex(spec.labels, day)));

  return {
    moveTo(next) {
      hideTooltip(place.plot);
      sizes.disconnect();
      place = next;
      place.plot.append(canvas);
      sizes.observe(place.plot); // tells the new size before the next frame is painted
    },
    update(nextSpec, nextHidden) {
      const sameShape = nextSpec.series.length === spec.series.length && nextSpec.type === spec.type;
      [spec, hidden] = [nextSpec, nextHidden];
      pointed = null;
      redraw(sameShape && !matchMedia("(prefers-reduced-motion: reduce)").matches ? 200 : 0);
    },
    point(at) {
      pointed = at;
      mark(at?.index ?? -1);
      chart.draw();
      const element = at && elementAt(at);
      if (!at || !element) return hideTooltip(place.plot);
      const { x, y } = element.tooltipPosition(true);
      showTooltip(place.plot, tooltipContent(visible(spec, hidden), at.index, locale), x ?? 0, y ?? 0);
    },
    destroy() {
      sizes.disconnect();
      for (const moment of PRINTING) removeEventListener(moment, size);
      themes.disconnect();
      dark.removeEventListener("change", recolor);
      stopHearing();
      hideTooltip(place.plot);
      chart.destroy();
      canvas.remove();
    },
  };
}

/** The spec without hidden series, or without the hidden pieces of a ring. */
function visible(spec: ChartSpec, hidden: ReadonlySet<string>): ChartSpec {
  if (hidden.size === 0) return spec;
  if (spec.type === "donut") {
    const series = spec.series.map((ring) => ({
      ...ring,
      values: ring.values.map((value, index) => hidden.has(spec.labels[index] ?? "") ? null : value),
    }));
    return { ...spec, series };
  }
  return { ...spec, series: spec.series.filter((series) => !hidden.has(series.name)) };
}

function fit(canvas: HTMLCanvasElement, plot: HTMLElement): void {
  canvas.width = plot.clientWidth;
  canvas.height = plot.clientHeight;
}

/** The tokens as the page has them now. */
function pageTheme(): ChartTheme {
  const style = getComputedStyle(document.documentElement);
  return chartTheme((token) => style.getPropertyValue(`--${token}`).trim() || CHART_TOKENS.light[token]);
}

/** A thin line through the marked label. */
function crosshairLine(marked: () => number, spec: () => ChartSpec): Plugin<ChartKind> {
  return {
    id: "crosshair",
    afterDraw(chart) {
      const index = marked();
      const axis = chart.scales.x;
      if (index < 0 || !axis || !spec().time || spec().horizontal) return;
      const x = Math.round(axis.getPixelForValue(index)) + 0.5;
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.strokeStyle = pageTheme().color("line-strong");
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.restore();
    },
  };
}
