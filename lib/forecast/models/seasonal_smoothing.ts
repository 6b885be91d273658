import { dampedPath } from "./damped.ts";
import type { Forecaster, ForecastTask } from "./forecaster.ts";
import { minimize } from "./minimize.ts";
import { onAdjusted } from "./on_adjusted.ts";
import { seasonalIndices } from "./seasonality.ts";
import { extend } from "./smoothing.ts";
import { hasRatios, lineOf, logFit, meanOf, onLogRatios, penalized } from "./statistics.ts";

const LOOK_BACK = 1_100;

/** Which smoothing: how the season lies on the level, and whether there is a trend. */
interface Shape {
  season: number;
  multiplicative: boolean;
  trend: boolean;
}

/** What a pass over the series leaves. */
interface State {
  level: number;
  trend: number;
  phi: number;
  indices: number[];
  /** n·ln(mean squared error), on a scale that both kinds of season share. */
  fit: number;
}

/** Level, damped trend and season smoothed together; added or multiplied, with or without trend, whichever fits best. */
export const seasonalSmoothing: Forecaster = {
  name: "ets",
  title: "Exponential smoothing with season",
  forecast(series, task) {
    // Beside its largest value, so that the logarithms by which fits are compared do not depend on the unit.
    const size = series.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    const shares = series.map((value) => value / size);
    const path = smoothSeason(shares, task, hasRatios(series) ? [false, true] : [false]);
    return path && path.map((value) => value * size);
  },
};

/** The same on logarithms, where growth and season are shares of the level. */
export const logSeasonalSmoothing: Forecaster = {
  name: "log-ets",
  title: "Exponential smoothing of logarithms",
  forecast(series, task) {
    if (!hasRatios(series)) return smoothSeason(series, task, [false]);
    return onLogRatios(series, (logarithms) => smoothSeason(logarithms, task, [false]));
  },
};

function smoothSeason(all: readonly number[], task: ForecastTask, kinds: readonly boolean[]): number[] | null {
  const series = all.slice(-LOOK_BACK);
  const { season, horizon } = task;
  // Below that the season's indices are guesses, which smoothing would only carry on.
  if (season < 2 || series.length < 2.5 * season) return onAdjusted(dampedPath)(series, task);
  let best: { score: number; path: number[] } | undefined;
  for (const multiplicative of kinds) {
    for (const trend of [false, true]) {
      const { state, parameters } = fitted(series, { season, multiplicative, trend });
      const score = penalized(state.fit, parameters, series.length);
      if (best && !(score < best.score)) continue;
      const path = extend(state, horizon).map((level, h) => {
        const index = state.indices[(series.length + h) % season] as number;
        return multiplicative ? level * index : level + index;
      });
      best = { score, path };
    }
  }
  return best?.path ?? null;
}

function fitted(series: readonly number[], shape: Shape): { state: State; parameters: number } {
  const first = startOf(series, shape);
  const run = (point: number[]) => follow(series, shape, first, point);
  const { point } = minimize(
    (point) => run(point).fit,
    shape.trend
      ? {
        start: [0.3, 0.1, 0.1, 0.95],
        step: [0.3, 0.2, 0.15, -0.05],
        low: [0.01, 0, 0, 0.8],
        high: [0.99, 0.9, 0.6, 0.98],
        evaluations: series.length > 400 ? 90 : 200,
      }
      : { start: [0.3, 0.1], step: [0.3, 0.2], low: [0.01, 0], high: [0.99, 0.9], evaluations: 90 },
  );
  return { state: run(point), parameters: (shape.trend ? 6 : 3) + shape.season };
}

/** Level, trend and season before the first point. */
function startOf(series: readonly number[], { season, multiplicative, trend }: Shape): Omit<State, "phi" | "fit"> {
  const indices = seasonalIndices(series, season, multiplicative ? "multiplicative" : "additive");
  const adjusted = series.slice(0, Math.max(10, season)).map((value, t) => {
    const index = indices[t % season] as number;
    return multiplicative ? value / index : value - index;
  });
  if (!trend) return { level: meanOf(adjusted.slice(0, 10)), trend: 0, indices };
  const line = lineOf(adjusted);
  return { level: line.start - line.slope, trend: line.slope, indices };
}

function follow(series: readonly number[], shape: Shape, first: Omit<State, "phi" | "fit">, point: number[]): State {
  const [alpha = 0.3, share = 0.1, slope = 0, phi = 0] = point;
  const { season, multiplicative } = shape;
  const [gamma, beta] = [share * (1 - alpha), alpha * slope];
  const indices = [...first.indices];
  let { level, trend } = first;
  let [squares, sizes] = [0, 0];
  for (let t = 0; t < series.length; t++) {
    const place = t % season;
    const index = indices[place] as number;
    const base = level + phi * trend;
    const expected = multiplicative ? base * index : base + index;
    const error = (series[t] as number) - expected;
    const moved = multiplicative ? error / index : error;
    level = base + alpha * moved;
    trend = phi * trend + beta * moved;
    indices[place] = index + gamma * (multiplicative ? error / base : error);
    const weighed = multiplicative ? error / expected : error;
    squares += weighed * weighed;
    if (multiplicative) sizes += Math.log(Math.abs(expected));
  }
  return { level, trend, phi, indices, fit: logFit(squares, series.length) + 2 * sizes };
}
