import { adjust } from "./seasonality.ts";
import { hasRatios, onLogRatios } from "./statistics.ts";

/** Points that a model without a season looks back on: older ones cost time and say nothing of what comes. */
const LOOK_BACK = 1_100;

/** Says how a series without a season goes on. */
export type PathOf = (series: readonly number[], horizon: number) => number[] | null;

/** Runs a model on the series without its season, and puts the season back on its path. */
export function onAdjusted(pathOf: PathOf): (series: readonly number[], task: Task) => number[] | null {
  return (series, { season, horizon }) => {
    const adjusted = adjust(series.slice(-LOOK_BACK), season);
    const path = pathOf(adjusted.series, horizon);
    return path && adjusted.restore(path);
  };
}

interface Task {
  season: number;
  horizon: number;
}

/** Runs a model on logarithms, so that growth is a share of the level; as it is where logarithms mean nothing. */
export function onLogarithms(pathOf: PathOf): PathOf {
  return (series, horizon) => {
    if (!hasRatios(series)) return pathOf(series, horizon);
    return onLogRatios(series, (logarithms) => pathOf(logarithms, horizon));
  };
}
