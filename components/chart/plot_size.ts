/** How large a chart's plot is inside its tile: what pictures are drawn at, so that the canvas takes over in place. */
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";

/** Where a tile stands. */
export interface TilePlace {
  /** Grid cells. */
  columns: number;
  rows: number;
  narrow: boolean;
}

// The legend's buttons are higher than the room it takes: they reach into the gaps around it.
const LEGEND_GAPS = 8;
const [ROW, GAP, PADDING, BORDER, HEADER, LEGEND_ROW] = [72, 16, 16, 1, 20, 32];

/** The plot's size in CSS pixels, in a grid that is `gridWidth` wide. */
export function plotSize(spec: ChartSpec, tile: TilePlace, gridWidth: number): { width: number; height: number } {
  const columns = tile.narrow ? 12 : Math.min(12, tile.columns);
  const cell = (gridWidth - 11 * GAP) / 12;
  const inner = Math.round(columns * cell + (columns - 1) * GAP - 2 * (PADDING + BORDER));
  const height = tile.rows * ROW + (tile.rows - 1) * GAP - 2 * (PADDING + BORDER) - HEADER;
  if (spec.type === "donut") {
    // The legend stands beside the ring where there is room, and above it where there is none.
    const beside = inner > 340;
    const names = beside ? 0 : legendRows(spec.labels.map((name) => `${name} 00.0%`), inner);
    return {
      width: beside ? Math.round(inner * 0.54 - 12) : inner,
      height: Math.max(96, height - 4 - (names ? names * LEGEND_ROW - LEGEND_GAPS : 0)),
    };
  }
  const legend = spec.series.length > 1
    ? legendRows(spec.series.map((series) => series.name), inner) * LEGEND_ROW - LEGEND_GAPS
    : 0;
  return { width: inner, height: Math.max(96, height - 4 - legend) };
}

/** How many rows a legend takes; Inter's letters are about 6.4 px wide at 12 px. */
function legendRows(names: string[], width: number): number {
  let [rows, used] = [1, 0];
  for (const name of names) {
    const entry = name.length * 6.4 + 27;
    if (used > 0 && used + entry > width) {
      rows++;
      used = 0;
    }
    used += entry + 12;
  }
  return rows;
}
