// @ts-types="../ml_knn.d.ts"
import KNN from "ml-knn";
import type { Forecaster } from "./forecaster.ts";
import { onAdjusted, type PathOf } from "./on_adjusted.ts";
import { hasRatios, meanOf, onLogRatios } from "./statistics.ts";

/** How many earlier stretches are looked at. */
const NEIGHBOURS = 5;

/** What followed the stretches of the past that look most like the newest one, averaged. */
export const nearestWindows: Forecaster = {
  name: "nearest-windows",
  title: "What followed similar stretches",
  forecast(series, task) {
    const width = task.season < 10 ? Math.max(12, 2 * task.season) : task.season;
    const amounts = onAdjusted((adjusted, horizon) => followed(adjusted, width, horizon));
    const path = amounts(series, task);
    if (!path || !hasRatios(series)) return path;
    const logarithms: PathOf = (adjusted, horizon) =>
      hasRatios(adjusted) ? onLogRatios(adjusted, (logs) => followed(logs, width, horizon)) : null;
    const shares = onAdjusted(logarithms)(series, task);
    return shares ? path.map((value, h) => (value + (shares[h] as number)) / 2) : path;
  },
};

function followed(series: readonly number[], width: number, horizon: number): number[] | null {
  const ends: number[] = [];
  for (let end = width; end <= series.length - horizon; end++) ends.push(end);
  if (ends.length < NEIGHBOURS) return null;
  const window = (end: number) => {
    const part = series.slice(end - width, end);
    const mean = meanOf(part);
    return { shape: part.map((value) => value - mean), mean };
  };
  // Each stretch is labelled with its end, which comes back behind the neighbour's numbers. The package's vote over such
  // labels means nothing and is not asked.
  const { kdTree } = new KNN(ends.map((end) => window(end).shape), ends);
  const now = window(series.length);
  const near = kdTree.nearest(now.shape, NEIGHBOURS).map(([point]) => point[width] as number);
  const starts = near.toSorted((a, b) => a - b).map((end) => ({ end, mean: window(end).mean }));
  return Array.from(
    { length: horizon },
    (_, h) => now.mean + meanOf(starts.map(({ end, mean }) => (series[end + h] as number) - mean)),
  );
}
