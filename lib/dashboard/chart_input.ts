import type { MetricResult } from "@/lib/model/mod.ts";
import type { ChartInput } from "@/lib/widget/mod.ts";
import type { Tile } from "./load_dashboard.ts";

/** What the pure parts of a widget (its chart) are given for a tile. */
export function chartInput(
  tile: Tile,
  colors: Record<string, number>,
  locale: string,
  narrow: boolean,
): ChartInput<unknown> {
  const [result] = Object.values(tile.results);
  return {
    title: tile.title,
    options: tile.options,
    results: tile.results,
    forecasts: tile.forecasts,
    accuracy: tile.accuracy,
    anomalies: tile.anomalies,
    tiers: tile.tiers,
    result: result ?? EMPTY_RESULT,
    locale,
    colors,
    size: { columns: tile.place.w, rows: tile.place.h, narrow },
  };
}

/** The answer of a widget that asks nothing. */
const EMPTY_RESULT: MetricResult = {
  columns: [],
  rows: [],
  totals: null,
  totalsByCurrency: null,
  comparison: null,
  meta: {
    asOf: null,
    version: 0,
    cached: false,
    milliseconds: 0,
    rows: 0,
    range: null,
    levels: [],
    provisional: [],
    currency: null,
    notices: [],
  },
};
