import type { Forecaster } from "./forecaster.ts";
import { onAdjusted, onLogarithms, type PathOf } from "./on_adjusted.ts";
import { smooth } from "./smoothing.ts";
import { lineOf } from "./statistics.ts";

/**
 * The mean of the straight line and of a smoothing of the series bent twice as far from it (Assimakopoulos and
 * Nikolopoulos, 2000): the level of today, with half the trend of all history.
 */
export const thetaPath: PathOf = (series, horizon) => {
  const { start, slope } = lineOf(series);
  const line = (t: number) => start + slope * t;
  const { level } = smooth(series.map((value, t) => 2 * value - line(t)), "level");
  return Array.from({ length: horizon }, (_, h) => (level + line(series.length + h)) / 2);
};

/** Theta on logarithms of the seasonally adjusted series. */
export const theta: Forecaster = {
  name: "theta",
  title: "Theta",
  forecast: onAdjusted(onLogarithms(thetaPath)),
};
