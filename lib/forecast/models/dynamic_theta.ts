import type { Forecaster } from "./forecaster.ts";
import { minimize } from "./minimize.ts";
import { onAdjusted, type PathOf } from "./on_adjusted.ts";

/** With fewer points no error is left to fit by: the first three have no line yet. */
const FEWEST = 5;

/**
 * Theta whose bend is fitted, and whose line is fitted anew at every period (the dynamic optimised theta of Fiorucci and
 * others, 2016): a series that changed its course is not held to its oldest one.
 */
export const dynamicThetaPath: PathOf = (series, horizon) => {
  if (series.length < FEWEST) return null;
  const fitted = minimize((point) => follow(series, point, 0).squares, {
    start: [0.5, 2, 1],
    step: [0.3, 1, 0.2],
    low: [0.05, 1, -1],
    high: [0.99, 50, 3],
    evaluations: 140,
  });
  return follow(series, fitted.point, horizon).path;
};

/** Dynamic Theta of the seasonally adjusted series. */
export const dynamicTheta: Forecaster = {
  name: "dynamic-theta",
  title: "Dynamic Theta",
  forecast: onAdjusted(dynamicThetaPath),
};

/** One pass over the series and on beyond it, where what is expected stands in for what came. */
function follow(series: readonly number[], point: number[], horizon: number): { squares: number; path: number[] } {
  const [alpha = 0.5, bend = 2, first = 1] = point;
  const n = series.length;
  const pull = 1 - 1 / bend;
  const path: number[] = [];
  let mean = series[0] as number;
  let level = alpha * mean + (1 - alpha) * first * mean;
  let [start, slope, fading, squares] = [mean, 0, 1 - alpha, 0];
  for (let t = 2; t <= n + horizon; t++) {
    const expected = level + pull * (fading * start + (1 - fading * (1 - alpha)) / alpha * slope);
    let value = expected;
    if (t <= n) {
      value = series[t - 1] as number;
      if (t > 3) squares += (value - expected) ** 2; // the line has no slope before
    } else {
      path.push(expected);
    }
    level = alpha * value + (1 - alpha) * level;
    slope = ((t - 2) * slope + 6 * (value - mean) / t) / (t + 1);
    mean = ((t - 1) * mean + value) / t;
    start = mean - (t + 1) / 2 * slope;
    fading *= 1 - alpha;
  }
  return { squares, path };
}
