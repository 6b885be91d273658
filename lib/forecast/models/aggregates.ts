import type { Forecaster, ForecastTask } from "./forecaster.ts";
import { leastSquares } from "./least_squares.ts";
import { logSeasonalSmoothing } from "./seasonal_smoothing.ts";
import { meanOf } from "./statistics.ts";

/**
 * The same smoothing of the series as it is and of its means over halves, thirds … of the season, brought together so that
 * all agree (temporal hierarchies, Athanasopoulos and others, 2017): coarse means show the trend that single periods hide,
 * fine ones the season.
 */
export const aggregates: Forecaster = {
  name: "aggregates",
  title: "Smoothing over several periods at once",
  forecast(series, { season, horizon }) {
    if (season < 2 || series.length < 2.5 * season) return null;
    const widths = widthsOf(season);
    const seasons = Math.ceil(horizon / season);
    const paths: (readonly number[])[] = [];
    for (const width of widths) {
      const task = { season: season / width, horizon: seasons * season / width };
      const path = ofMeans(meansOver(series, width), task);
      if (!path) return null;
      paths.push(path);
    }
    return Array.from({ length: seasons }, (_, at) => {
      return agreed(widths.map((width, i) => paths[i]!.slice(at * season / width, (at + 1) * season / width)), season);
    }).flat().slice(0, horizon);
  },
};

/** The divisors of a season, the whole of it first. */
function widthsOf(season: number): number[] {
  return Array.from({ length: season }, (_, i) => season - i).filter((width) => season % width === 0);
}

/** Means over stretches that do not overlap; the last one ends with the series. */
function meansOver(series: readonly number[], width: number): number[] {
  const count = Math.floor(series.length / width);
  const begin = series.length - count * width;
  return Array.from({ length: count }, (_, i) => meanOf(series.slice(begin + i * width, begin + (i + 1) * width)));
}

function ofMeans(means: number[], task: ForecastTask): number[] | null {
  // Two or three whole seasons show no trend to go on with.
  if (means.length < 4) return Array.from({ length: task.horizon }, () => means.at(-1) as number);
  return logSeasonalSmoothing.forecast(means, task);
}

/**
 * The one season whose own means lie nearest to what was said of each width, by least squares; a mean over twelve periods
 * counts as much as twelve single ones.
 */
function agreed(said: readonly (readonly number[])[], season: number): number[] {
  const rows: number[][] = [];
  const targets: number[] = [];
  for (const values of said) {
    const width = season / values.length;
    const weight = Math.sqrt(width);
    values.forEach((value, i) => {
      rows.push(Array.from({ length: season }, (_, at) => Math.floor(at / width) === i ? weight / width : 0));
      targets.push(weight * value);
    });
  }
  return leastSquares(rows, targets, 0).coefficients;
}
