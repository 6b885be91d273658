import { dampedPath } from "./damped.ts";
import type { Forecaster } from "./forecaster.ts";
import { leastSquares } from "./least_squares.ts";
import { onAdjusted } from "./on_adjusted.ts";
import { hasRatios, meanOf } from "./statistics.ts";

/** Waves a year: enough for a summer and a winter trade, too few to take one week's chance for a season. */
const WAVES = 3;
/** A year's effect seen once or twice is taken at part of its size. */
const RIDGE = 2e-3;

/** The long season (of daily series: the year) as a few waves, taken out before the rest is smoothed and put back after. */
export const yearly: Forecaster = {
  name: "yearly",
  title: "Weekday and time of year",
  forecast(series, { season, longSeason, horizon }) {
    if (!longSeason || series.length < 1.5 * longSeason) return null;
    const asLogarithms = hasRatios(series);
    const mean = meanOf(series);
    const scaled = asLogarithms ? series.map((value) => Math.log(value / mean)) : series.map((value) => value - mean);
    const waves = wavesOf(scaled, longSeason);
    const flat = scaled.map((value, t) => value - waves(t));
    const rest = flat.map((value) => asLogarithms ? mean * Math.exp(value) : value + mean);
    const path = onAdjusted(dampedPath)(rest, { season, horizon });
    return path && path.map((value, h) => {
      const wave = waves(series.length + h);
      return asLogarithms ? value * Math.exp(wave) : value + wave;
    });
  },
};

/** The waves that fit a series beside a straight trend, as a function of the period. */
function wavesOf(series: readonly number[], length: number): (t: number) => number {
  const n = series.length;
  const basis = (t: number) => {
    const row: number[] = [];
    for (let wave = 1; wave <= WAVES; wave++) {
      const angle = 2 * Math.PI * wave * t / length;
      row.push(Math.sin(angle), Math.cos(angle));
    }
    return row;
  };
  const rows = series.map((_, t) => [1, 2 * t / n - 1, ...basis(t)]);
  const { coefficients } = leastSquares(rows, series, RIDGE);
  const waves = coefficients.slice(2);
  return (t) => basis(t).reduce((sum, value, i) => sum + value * (waves[i] as number), 0);
}
