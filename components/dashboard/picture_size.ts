import { plotSize } from "@/components/chart/plot_size.ts";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";

/** Widths of the grid on a screen of 1440 pixels and on a phone of 390: what most readers have. */
const [DESKTOP, PHONE] = [1176, 366];

/** Size of a tile's chart in CSS pixels, for pictures drawn before any browser has measured it. */
export function pictureSize(
  spec: ChartSpec,
  place: { w: number; h: number },
  narrow: boolean,
): { width: number; height: number } {
  return plotSize(spec, { columns: place.w, rows: place.h, narrow }, narrow ? PHONE : DESKTOP);
}
