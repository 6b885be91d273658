import { useId, useState } from "preact/hooks";
import type { ChartSeries, ChartSpec } from "@/lib/widget/chart_spec.ts";
import { tooltipContent } from "./tooltip_rows.ts";

/** Where the keyboard stands in a chart. */
export interface ChartPlace {
  index: number;
  series?: ChartSeries;
}

/** What walking through a chart by keyboard needs. */
export interface ChartKeysProps {
  spec: ChartSpec;
  locale: string;
  title: string;
  onPoint(at: ChartPlace | null): void;
  onPick(at: ChartPlace, keys: { shiftKey: boolean; altKey: boolean }): void;
}

/**
 * The marks of a chart by keyboard, over the plot and in the way of no pointer: arrows move from label to label, up and
 * down from series to series where series can be chosen, Enter chooses. A slider, since that is what screen readers
 * read out while it moves.
 */
export function ChartKeys({ spec, locale, title, onPoint, onPick }: ChartKeysProps) {
  const hint = useId();
  const [place, setPlace] = useState({ index: 0, row: -1 });
  const rows = spec.series.filter(({ mark, comparison }) => mark && !comparison);
  const last = spec.labels.length - 1;
  const at: ChartPlace = { index: Math.min(place.index, last), series: rows[place.row] };
  const go = (index: number, row: number) => {
    const next = { index: Math.max(0, Math.min(last, index)), row: Math.max(-1, Math.min(rows.length - 1, row)) };
    setPlace(next);
    onPoint({ index: next.index, series: rows[next.row] });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { index } = at;
    const step = { ArrowRight: 1, ArrowLeft: -1, PageDown: 7, PageUp: -7, Home: -last, End: last }[event.key];
    const rowStep = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) go(index + step, place.row);
    else if (rowStep) rows.length ? go(index, place.row + rowStep) : go(index + rowStep, -1);
    else if (event.key === "Enter" || event.key === " ") onPick(at, event);
    else if (event.key === "Escape") onPoint(null);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div
        class="chart__keys"
        role="slider"
        tabIndex={0}
        aria-label={`Values of ${title}`}
        aria-describedby={hint}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={at.index}
        aria-valuetext={placeText(spec, at, locale)}
        onKeyDown={onKeyDown}
        onFocus={() => onPoint(at)}
        onBlur={() => onPoint(null)}
      />
      <span id={hint} class="visually-hidden">
        Arrow keys move. Enter shows the other tiles for this value alone, Shift and Enter add it, Alt and Enter open
        it.
      </span>
    </>
  );
}

function placeText(spec: ChartSpec, { index, series }: ChartPlace, locale: string): string {
  const { title, rows } = tooltipContent(spec, index, locale);
  const said = series ? rows.filter(({ name }) => name === series.name) : rows;
  return `${title}: ${said.map(({ name, value }) => `${name} ${value}`).join(", ")}`;
}
