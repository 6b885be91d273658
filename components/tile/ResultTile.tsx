import type { ComponentChildren } from "preact";
import type { MetricResult, Notice } from "@/lib/model/mod.ts";
import { NoData } from "./NoData.tsx";
import { NotAdditive } from "./NotAdditive.tsx";
import { resultState } from "./result_state.ts";
import { TileContent } from "./TileContent.tsx";

/** What a tile over a result needs. */
export interface ResultTileProps {
  title: string;
  subtitle?: string;
  result: MetricResult | undefined;
  /** The metrics that are shown. */
  metrics: string[];
  locale: string;
  /** What the widget itself has to say, besides what the answer says. */
  notices?: Notice[];
  /** Draws the content; called only where there is something to draw. */
  children: () => ComponentChildren;
}

/** A tile over a result: its content, or the state that stands for it. */
export function ResultTile({ title, subtitle, result, metrics, locale, notices = [], children }: ResultTileProps) {
  const state = resultState(result, metrics);
  // Nearly every range has days that may still change: charts show which, a line in every tile would only be noise.
  const told = result?.meta.notices.filter(({ code }) => code !== "not-final") ?? [];
  const name = result?.columns.find((column) => column.name === metrics[0])?.title ?? title;
  return (
    <TileContent
      title={title}
      subtitle={subtitle}
      notices={state.kind === "values" ? [...told, ...notices] : []}
    >
      {state.kind === "values"
        ? children()
        : state.kind === "not-additive"
        ? <NotAdditive title={name} message={state.message} />
        : <NoData result={result} what={name.toLocaleLowerCase(locale)} locale={locale} />}
    </TileContent>
  );
}
