import { InputError } from "@/lib/errors.ts";
import type { Grain } from "@/lib/model/mod.ts";
import { accuracyOf } from "./accuracy.ts";
import { backtest, type Origin, pathsOf } from "./backtest.ts";
import { bandsOf } from "./bands.ts";
import { type Choice, choose } from "./choose.ts";
import { combine } from "./combination.ts";
import type { ForecastTask } from "./forecaster.ts";
import { MEMBERS } from "./members.ts";
import { seasonalNaive } from "./seasonal_naive.ts";
import type { Backtest, ForecastNote, SeriesForecast, SeriesOptions } from "./series_forecast.ts";

/** The seasons of a grain, in its periods, shortest first. */
export const SEASONS: Record<Grain, readonly number[]> = {
  day: [7, 365],
  week: [52],
  month: [12],
  quarter: [4],
  year: [1],
};

/** Farthest that is forecast: beyond, bands say nothing that is of use. */
const FARTHEST = 400;

/**
 * Forecasts a series: finite numbers, oldest first, one a period, without gaps. Deterministic and synchronous; takes some
 * 30 ms for ten years of months and 150 ms for two years of days, so it is not for the thread that serves.
 * @throws {InputError} where the series or the horizon cannot be used
 */
export function forecastSeries(series: readonly number[], options: SeriesOptions): SeriesForecast {
  checkInput(series, options);
  const scale = scaleOf(series);
  const scaled = series.map((value) => value / scale);
  const task = taskOf(scaled, options);
  const origins = backtest(scaled, task, MEMBERS);
  const paths = pathsOf(scaled, task, MEMBERS);
  const choice = choose(origins, [...paths.keys()]);
  const nonNegative = options.nonNegative ?? false;
  const path = (combine(paths, choice.weights) ?? []).map((value) => nonNegative ? Math.max(0, value) : value);
  const bands = bandsOf({ series: scaled, season: task.season, path, looks: choice.looks, nonNegative });
  const back = (values: number[]) => values.map((value) => withinNumbers(value * scale));
  return {
    path: back(path),
    bands80: { lower: back(bands.bands80.lower), upper: back(bands.bands80.upper) },
    bands95: { lower: back(bands.bands95.lower), upper: back(bands.bands95.upper) },
    model: choice.model,
    weights: Object.fromEntries(choice.weights),
    backtest: backtestOf(series, { origins, choice, season: task.season, scale }),
    notes: notesOf(series, options, choice),
  };
}

function checkInput(series: readonly number[], { horizon }: SeriesOptions): void {
  if (!series.length) {
    throw new InputError("empty-series", "Cannot forecast a series without points; take a longer period");
  }
  const bad = series.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new InputError(
      "bad-series",
      `Cannot forecast: point ${bad + 1} of ${series.length} is ${
        series[bad]
      }, not a finite number; fill the gap or begin after it`,
    );
  }
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > FARTHEST) {
    throw new InputError(
      "bad-horizon",
      `Cannot forecast ${horizon} periods ahead: the horizon must be a whole number from 1 to ${FARTHEST}`,
    );
  }
}

/** The power of two next above the largest size: dividing by it is exact, and squares of what is left stay finite. */
function scaleOf(series: readonly number[]): number {
  let largest = 0;
  for (const value of series) largest = Math.max(largest, Math.abs(value));
  return largest === 0 ? 1 : 2 ** Math.max(-1_022, Math.min(1_023, Math.ceil(Math.log2(largest))));
}

function withinNumbers(value: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
}

/** The seasons that the series holds twice; others would be guesses. */
function taskOf(series: readonly number[], options: SeriesOptions): ForecastTask {
  const seasons = (options.seasons ?? SEASONS[options.grain]).filter((season) => series.length >= 2 * season);
  return { season: seasons[0] ?? 1, longSeason: seasons[1], horizon: options.horizon };
}

function backtestOf(
  series: readonly number[],
  { origins, choice, season, scale }: { origins: readonly Origin[]; choice: Choice; season: number; scale: number },
): Backtest {
  const unknown = { mase: null, smape: null, mae: null };
  if (!origins.length) {
    return { origins: 0, points: 0, ...unknown, naive: unknown, beatsNaive: null, members: {} };
  }
  const naivePaths = origins.map(({ actual, paths }) => ({ actual, path: paths.get(seasonalNaive.name) ?? [] }));
  const scaled = series.map((value) => value / scale);
  const sized = (looks: Choice["looks"]) => {
    const accuracy = accuracyOf(looks, scaled, season);
    return { ...accuracy, mae: accuracy.mae * scale };
  };
  return {
    origins: origins.length,
    points: origins.reduce((sum, { actual }) => sum + actual.length, 0),
    ...sized(choice.looks),
    naive: sized(naivePaths),
    beatsNaive: choice.beatsNaive,
    members: Object.fromEntries([...choice.errors].map(([name, error]) => [name, error * scale])),
  };
}

function notesOf(series: readonly number[], options: SeriesOptions, choice: Choice): ForecastNote[] {
  const notes: ForecastNote[] = [];
  const season = (options.seasons ?? SEASONS[options.grain])[0] ?? 1;
  if (series.every((value) => value === series[0])) {
    notes.push(
      series[0] === 0
        ? { code: "all-zero", message: "Every value so far is zero, so zero is expected" }
        : { code: "constant", message: "Every value so far is the same, so the same is expected" },
    );
  }
  if (series.length < 2 * season) {
    const missing = 2 * season - series.length;
    notes.push({
      code: "too-short",
      message: `The series has ${series.length} of the ${2 * season} periods that two seasons take: ` +
        `it is forecast without a season until ${missing} more are there`,
    });
  }
  if (choice.beatsNaive === null) {
    notes.push({
      code: "short-history",
      message: "The series is too short to look back on, so how good the forecast is cannot be said yet",
    });
  }
  if (choice.beatsNaive === false) {
    notes.push({
      code: "naive-is-best",
      message: "No model was better than repeating the last season when looking back, so that is what is shown",
    });
  }
  return notes;
}
