import type { PathOf } from "./on_adjusted.ts";
import { extend, smooth } from "./smoothing.ts";
import { logFit, penalized } from "./statistics.ts";

/** A smoothed level, with a damped trend where that pays for its parameters. */
export const dampedPath: PathOf = (series, horizon) => {
  const level = smooth(series, "level");
  if (series.length < 8) return extend(level, horizon);
  const damped = smooth(series, "damped");
  const n = series.length;
  const score = (fit: typeof level) => penalized(logFit(fit.squares, n), fit.parameters, n);
  return extend(score(damped) < score(level) ? damped : level, horizon);
};
