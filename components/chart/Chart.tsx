/** A chart in a tile: the server's picture first, then the same chart on a canvas; legend above, data table for readers. */
import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { formatMetric } from "@/lib/format/mod.ts";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { WidgetEvent } from "@/lib/widget/mod.ts";
import type { BrowserChart, drawChart, OnPick } from "./browser_chart.ts";
import { ChartKeys } from "./ChartKeys.tsx";
import { ChartTable } from "./ChartTable.tsx";
import { keepChart, takeChart } from "./kept_charts.ts";
import { Inert } from "./inert.ts";
import { Legend, type LegendProps } from "./Legend.tsx";
import { hasMarks, markOf } from "./marks.ts";
import { whenNear } from "@/components/when_near.ts";

/** What draws on canvases, once it was loaded: printing does not wait for it to be looked up again. */
let loadedDraw: typeof drawChart | undefined;

/** What a chart needs. */
export interface ChartProps {
  spec: ChartSpec;
  locale: string;
  /** Names the chart for screen readers. */
  title: string;
  /** The server's drawing of this spec. */
  picture?: string;
  /** What is chosen of it, by field. */
  selected?: Record<string, string[]>;
  /** Told what a click chooses; without it nothing can be chosen. */
  dispatch?: (event: WidgetEvent) => void;
  /** Show the legend. @default true where there is more than one entry */
  legend?: boolean;
}

/** Draws a spec. */
export function Chart({ spec: plain, locale, title, picture, selected, dispatch, legend }: ChartProps) {
  const spec = selected ? { ...plain, selected } : plain;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const plot = useRef<HTMLDivElement>(null);
  const pictured = useRef<HTMLDivElement>(null);
  const drawn = useRef<BrowserChart | null>(null);
  const onPick: OnPick = ({ index, series }, { shiftKey, altKey }) => {
    const mark = markOf(spec, index, series);
    if (!mark) return;
    dispatch?.(altKey ? { type: "drill", ...mark } : { type: "select", ...mark, additive: shiftKey });
  };
  const inert = useContext(Inert);
  const choosing = !inert && dispatch !== undefined && hasMarks(spec);
  // Results come as new objects with each render of the page: only other data draws again.
  const content = JSON.stringify(spec);
  const latest = useRef({ spec, hidden, onPick, choosing });
  latest.current = { spec, hidden, onPick, choosing };
  /** What the canvas shows. */
  const shown = useRef({ content, hidden });

  useLayoutEffect(() => {
    let gone = false;
    const show = (chart: BrowserChart) => {
      drawn.current = chart;
      pictured.current?.replaceChildren(); // the canvas is drawn: nothing is empty between the two
    };
    const place = {
      plot: plot.current!,
      chooses: () => latest.current.choosing,
      onPick: ((at, keys) => latest.current.onPick(at, keys)) satisfies OnPick,
    };
    const draw = (drawOn: typeof drawChart) => {
      loadedDraw = drawOn;
      if (gone) return;
      const { spec, hidden } = latest.current;
      show(drawOn(place, { spec, hidden, locale }));
    };
    const moved = takeChart(locale + content);
    let stopWaiting = () => {};
    if (moved) {
      moved.moveTo(place);
      show(moved);
    } else {
      stopWaiting = whenNear(place.plot, () => {
        if (loadedDraw) draw(loadedDraw);
        else void import("./browser_chart.ts").then(({ drawChart }) => draw(drawChart));
      });
    }
    return () => {
      gone = true;
      stopWaiting();
      const { content, hidden } = shown.current;
      if (drawn.current && hidden.size === 0) keepChart(locale + content, drawn.current);
      else drawn.current?.destroy();
      drawn.current = null;
    };
  }, [locale]);
  useEffect(() => {
    const before = shown.current;
    shown.current = { content, hidden };
    if (before.content === content && before.hidden === hidden) return; // it was drawn, or moved here, as it is
    drawn.current?.update(spec, hidden);
    // What is out of sight and not drawn yet must not show what was before.
    if (before.content !== content) pictured.current?.replaceChildren();
  }, [content, hidden]);

  // Hydration leaves raw HTML alone, so the picture is not sent to the browser a second time as a prop.
  const svg = { __html: picture ?? "" };
  const entries = useMemo(() => legendEntries(spec, locale), [content]);
  const showsLegend = legend ?? entries.length > 1;
  return (
    <figure class={`chart chart--${spec.type}`} aria-label={title}>
      {showsLegend && <Legend entries={entries} hidden={hidden} onChange={setHidden} />}
      <div class="chart__plot" ref={plot}>
        <div class="chart__picture" ref={pictured} dangerouslySetInnerHTML={svg} />
        {choosing && (
          <ChartKeys
            spec={{ ...spec, series: spec.series.filter(({ name }) => !hidden.has(name)) }}
            locale={locale}
            title={title}
            onPoint={(at) => drawn.current?.point(at)}
            onPick={onPick}
          />
        )}
      </div>
      {!inert && <ChartTable spec={spec} content={content} locale={locale} title={title} />}
    </figure>
  );
}

function legendEntries(spec: ChartSpec, locale: string): LegendProps["entries"] {
  if (spec.type !== "donut") {
    return spec.series.filter(({ band }) => !band).map(({ name, color, comparison, dashed, kind }) => ({
      name,
      color,
      dashed: (comparison || dashed) && kind !== "bar",
    }));
  }
  const [ring] = spec.series;
  const sum = ring?.values.reduce<number>((all, value) => all + (value ?? 0), 0) ?? 0;
  return spec.labels.map((name, index) => ({
    name,
    color: ring?.colors?.[index] ?? ring?.color ?? "rest",
    note: sum > 0 ? formatMetric((ring?.values[index] ?? 0) / sum, "percent", { locale, compact: true }) : undefined,
  }));
}
