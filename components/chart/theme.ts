/** The chart theme: tokens as chart.js wants them. One theme for the browser's canvas and the server's pictures. */
import type { ChartColor } from "@/lib/widget/chart_spec.ts";
import type { ChartToken } from "./tokens.ts";

/** What a chart is drawn with. */
export interface ChartTheme {
  /** The value of a token: a colour that the context at hand understands. */
  color(token: ChartToken): string;
  /** The same colour, paler. */
  fade(color: string, alpha: number): string;
  /** Family of all text. */
  font: string;
}

/** Size of all text in charts, in pixels. */
export const CHART_TEXT = 12;
/** The font of charts; the same file is registered on the server's canvas. */
export const CHART_FONT = '"Inter Variable", system-ui, sans-serif';
/** How much of its colour an incomplete period keeps. */
export const PALE = 0.42;
/** How much of its colour keeps what stands back since something else is chosen. */
export const BACK = 0.22;

/** A theme that reads tokens from wherever they are: a style sheet, or the table in `tokens.ts`. */
export function chartTheme(read: (token: ChartToken) => string): ChartTheme {
  return { color: read, fade: fadeHex, font: CHART_FONT };
}

/** The colour of a series. */
export function seriesColor(theme: ChartTheme, color: ChartColor): string {
  if (color === "compare") return theme.color("compare");
  return theme.color(`series-${color}`);
}

/** `#rrggbb` with an alpha. Colours in another form come back as they are: a chart in full colour beats none. */
function fadeHex(color: string, alpha: number): string {
  const [, red, green, blue] = color.trim().match(/^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i) ?? [];
  if (!red || !green || !blue) return color;
  return `rgba(${parseInt(red, 16)},${parseInt(green, 16)},${parseInt(blue, 16)},${alpha})`;
}
