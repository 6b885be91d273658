/**
 * A chart as plain data: what a widget wants drawn, without functions or colours. `components/chart/` turns it into a
 * chart.js configuration, the same one for the browser and for the server's canvas.
 */
import type { MetricFormat } from "@/lib/model/mod.ts";

/** A colour by role: one of the eight series, what is past them, or the comparison's grey. */
export type ChartColor = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | "rest" | "compare";

/** One line, set of bars, or ring. */
export interface ChartSeries {
  name: string;
  kind: "line" | "area" | "bar" | "arc";
  /** One value per label; null leaves a gap. */
  values: (number | null)[];
  color: ChartColor;
  /** For arcs: a colour per value. */
  colors?: ChartColor[];
  format: MetricFormat;
  /** Which value axis. @default "left" */
  axis?: "left" | "right";
  /** Dashed and grey: what the series is compared with. */
  comparison?: boolean;
  /** Dashed: what is expected rather than what was. */
  dashed?: boolean;
  /** One edge of a band: no line of its own; the upper one, right after the lower, fills the room between them. */
  band?: "lower" | "upper";
  /** Points without a line between them. */
  dots?: boolean;
  /** Indices of labels whose values platforms may still correct: drawn pale, unless that is all there is. */
  unsettled?: number[];
  /** Labels of the comparison's own periods, shown in tooltips. */
  labels?: string[];
  /** The value of a dimension that the whole series stands for: what a click on it chooses. */
  mark?: { field: string; value: string };
}

/** A chart. */
export interface ChartSpec {
  type: "cartesian" | "donut";
  /** Category labels, or days (YYYY-MM-DD) where `time` is set. */
  labels: string[];
  time?: "day" | "week" | "month" | "quarter" | "year";
  /** The days that were asked for; where set, a click on a label of `time` chooses those of its days that lie in them. */
  range?: { from: string; to: string };
  /** What labels stand for: a value of a dimension each, "" for none, null for what cannot be chosen ("Other"). */
  marks?: { field: string; values: (string | null)[] };
  /** What is chosen, by field: all that is not stands back. */
  selected?: Record<string, string[]>;
  /** Bars lie down. */
  horizontal?: boolean;
  stacked?: boolean;
  /** Stacked to 100 %. */
  share?: boolean;
  series: ChartSeries[];
  /** Indices of labels that are incomplete: drawn pale. */
  provisional?: number[];
  /** Currency of all amounts, or null. */
  currency: string | null;
  /** Neither axes nor grid: a sparkline. */
  bare?: boolean;
  /** The part of its tile's height that it has; something else stands beneath. @default 1 */
  part?: number;
  /** Text in the middle of a donut. */
  center?: { value: string; label: string };
}
