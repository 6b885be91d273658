/** How large a chart's plot is inside its tile: what pictures are drawn at, so that the canvas takes over in place. */
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";

/** Where a tile stands. */
export interface TilePlace {
  /** Grid cells. */
  columns: number;
  rows: number;
  narrow: boolean;
}

// What static/widgets.css says, in pixels.
const [ROW, PADDING, BORDER, HEADER, PLOT_MARGIN, LEAST] = [72, 16, 1, 20, 4, 96];
/** Gaps of the grid, and the height of a legend's buttons: on a phone a finger has to hit them. */
const SIZES = { wide: { gap: 16, button: 32 }, narrow: { gap: 12, button: 44 } };
/** A legend's buttons reach into the gaps above and below. */
const REACH = 8;
/** Between a ring and its names. */
const RING_GAP = 12;

/** The plot's size in CSS pixels, in a grid that is `gridWidth` wide. */
export function plotSize(spec: ChartSpec, tile: TilePlace, gridWidth: number): { width: number; height: number } {
  const { gap, button } = tile.narrow ? SIZES.narrow : SIZES.wide;
  // On a phone a tile takes half of the width or all of it.
  const columns = tile.narrow ? tile.columns <= 3 ? 6 : 12 : Math.min(12, tile.columns);
  const cell = (gridWidth - 11 * gap) / 12;
  const width = Math.round(columns * cell + (columns - 1) * gap - 2 * (PADDING + BORDER));
  const body = tile.rows * ROW + (tile.rows - 1) * gap - 2 * (PADDING + BORDER) - HEADER;
  const height = Math.round(body * (spec.part ?? 1)) - PLOT_MARGIN;
  if (spec.type === "donut") {
    // The names stand beside the ring where there is room, and below it where there is none.
    if (width > 340) return { width: Math.round(width * 0.54 - RING_GAP), height };
    const names = spec.labels.map((name) => `${name} 00.0%`);
    return { width, height: Math.max(LEAST, height - RING_GAP - legendRows(names, width) * button) };
  }
  const named = spec.series.filter(({ band }) => !band);
  if (named.length < 2) return { width, height: Math.max(LEAST, height) };
  const legend = legendRows(named.map((series) => series.name), width) * button - REACH;
  return { width, height: Math.max(LEAST, height - legend) };
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
