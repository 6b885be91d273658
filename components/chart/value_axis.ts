/** Value axes: round bounds with three to five ticks, and their labels with the unit once. */
import { formatMetric } from "@/lib/format/mod.ts";
import type { ChartSeries, ChartSpec } from "@/lib/widget/chart_spec.ts";

/** Round bounds of an axis. */
export interface AxisBounds {
  min: number;
  max: number;
  step: number;
}

/** Round bounds that hold `low` to `high` in at most `intervals` equal steps; in exactly so many with `exactly`. */
export function niceBounds(low: number, high: number, intervals = 4, exactly = false): AxisBounds {
  if (!(high > low)) {
    const step = Math.abs(low) || 1;
    const min = Math.min(low, 0);
    return { min, max: min + step * (exactly ? intervals : 1), step };
  }
  const power = 10 ** Math.floor(Math.log10((high - low) / intervals));
  for (const factor of [1, 2, 2.5, 5, 10, 20, 25, 50]) {
    const step = factor * power;
    const min = Math.floor(low / step + 1e-9) * step;
    const max = Math.ceil(high / step - 1e-9) * step;
    if (Math.round((max - min) / step) > intervals) continue;
    return { min, max: exactly ? min + intervals * step : max, step };
  }
  return { min: low, max: high, step: (high - low) / intervals }; // not reached: 50 × power spans the whole range
}

/** Bounds of one axis of a chart: bars and areas start at zero, stacks count whole, both axes have the same lines. */
export function axisBounds(spec: ChartSpec, axis: "left" | "right"): AxisBounds {
  if (spec.share) return { min: 0, max: 1, step: 0.25 };
  if (axis === "left") return boundsOf(spec, "left", 4, false);
  const left = boundsOf(spec, "left", 4, false);
  return boundsOf(spec, "right", Math.max(1, Math.round((left.max - left.min) / left.step)), true);
}

function boundsOf(spec: ChartSpec, axis: "left" | "right", intervals: number, exactly: boolean): AxisBounds {
  const series = spec.series.filter((s) => (s.axis ?? "left") === axis);
  const { low, high } = spec.stacked ? stackedExtent(series, spec.labels.length) : extent(series);
  // Lines alone may leave zero out where it would press them flat; beside bars, which start at zero, they may not.
  const lines = spec.series.every((s) => s.kind === "line");
  const flat = lines && low > high * 0.6 && high > low;
  if (flat) return niceBounds(low - (high - low) * 0.5, high, intervals, exactly);
  return niceBounds(Math.min(0, low), Math.max(0, high), intervals, exactly);
}

/** Labels of an axis' ticks from the lowest to the highest; only the highest carries the unit. */
export function tickLabels(
  ticks: number[],
  format: string,
  { locale, currency }: { locale: string; currency: string | null },
): string[] {
  const step = ticks.length > 1 ? (ticks[1] ?? 0) - (ticks[0] ?? 0) : undefined;
  return ticks.map((value, index) => {
    const unit = index === ticks.length - 1;
    return formatMetric(value, format as ChartSeries["format"], { locale, currency, compact: true, step, unit });
  });
}

function extent(series: ChartSeries[]): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const { values } of series) {
    for (const value of values) {
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low > high ? { low: 0, high: 0 } : { low, high };
}

function stackedExtent(series: ChartSeries[], labels: number): { low: number; high: number } {
  const stacks = {
    bar: series.filter((s) => s.kind === "bar" && !s.comparison),
    area: series.filter((s) => s.kind === "area"),
  };
  let { low, high } = extent(series);
  for (const stack of Object.values(stacks)) {
    for (let index = 0; index < labels; index++) {
      let [below, above] = [0, 0];
      for (const { values } of stack) {
        const value = values[index] ?? 0;
        if (value < 0) below += value;
        else above += value;
      }
      low = Math.min(low, below);
      high = Math.max(high, above);
    }
  }
  return { low, high };
}
