import type { Forecaster } from "./forecaster.ts";
import { nestedLeastSquares } from "./least_squares.ts";
import { hasRatios, logFit, onLogRatios, penalized } from "./statistics.ts";

const LOOK_BACK = 1_100;
const MOST_LAGS = 4;

/** An autoregression of the differences to one season ago: keeps to last season, and to how this one differs from it. */
export const seasonalDifferences: Forecaster = {
  name: "seasonal-differences",
  title: "Change against one season ago",
  forecast(all, { season, horizon }) {
    const series = all.slice(-LOOK_BACK);
    if (series.length < season + 6) return null;
    const path = continued(series, season, horizon);
    if (!hasRatios(series)) return path;
    // Growth is a share for some series and an amount for others: in between is wrong for none.
    const shares = onLogRatios(series, (logarithms) => continued(logarithms, season, horizon)) ?? path;
    return path.map((value, h) => (value + (shares[h] as number)) / 2);
  },
};

function continued(series: readonly number[], season: number, horizon: number): number[] {
  const steps = series.slice(season).map((value, t) => value - (series[t] as number));
  const path: number[] = [];
  autoregression(steps, horizon).forEach((step, h) => {
    path.push(step + (h < season ? series[series.length - season + h] as number : path[h - season] as number));
  });
  return path;
}

/** Goes on with a series by its last values and a constant; how many of them, Akaike's criterion says. */
function autoregression(series: readonly number[], horizon: number): number[] {
  const most = Math.min(MOST_LAGS, Math.floor((series.length - 1) / 4));
  const targets = series.slice(most);
  const rows = targets.map((_, i) => rowOf(series, most + i, most));
  let best: { score: number; coefficients: number[] } | undefined;
  for (const [lags, { coefficients, squares }] of nestedLeastSquares(rows, targets).entries()) {
    const score = penalized(logFit(squares, targets.length), lags + 2, targets.length);
    if (!best || score < best.score) best = { score, coefficients };
  }
  const coefficients = best?.coefficients ?? [0];
  const whole = [...series];
  for (let h = 0; h < horizon; h++) {
    const row = rowOf(whole, whole.length, coefficients.length - 1);
    whole.push(row.reduce((sum, value, i) => sum + value * (coefficients[i] as number), 0));
  }
  return whole.slice(series.length);
}

function rowOf(series: readonly number[], t: number, lags: number): number[] {
  return [1, ...Array.from({ length: lags }, (_, i) => series[t - 1 - i] as number)];
}
