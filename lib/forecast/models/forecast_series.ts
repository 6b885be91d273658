import { accuracyOf } from "./accuracy.ts";
import { backtest, type Origin, pathsOf } from "./backtest.ts";
import { bandsOf } from "./bands.ts";
import { type Choice, choose } from "./choose.ts";
import { combine } from "./combination.ts";
import { MEMBERS } from "./members.ts";
import { prepare, type Prepared, seasonsOf } from "./prepare.ts";
import { seasonalNaive } from "./seasonal_naive.ts";
import type {
  Backtest,
  ForecastBand,
  ForecastNote,
  ForecastSums,
  SeriesForecast,
  SeriesOptions,
} from "./series_forecast.ts";
import { sumsOf } from "./sum_bands.ts";

/**
 * Forecasts a series: finite numbers, oldest first, one a period, without gaps. Deterministic and synchronous; takes some
 * 30 ms for ten years of months and 150 ms for two years of days, so it is not for the thread that serves.
 * @throws {InputError} where the series or the horizon cannot be used
 */
export function forecastSeries(series: readonly number[], options: SeriesOptions): SeriesForecast {
  const { series: scaled, task, back } = prepare(series, options);
  const origins = backtest(scaled, task, MEMBERS);
  const paths = pathsOf(scaled, task, MEMBERS);
  const choice = choose(origins, [...paths.keys()]);
  const nonNegative = options.nonNegative ?? false;
  const path = (combine(paths, choice.weights) ?? []).map((value) => nonNegative ? Math.max(0, value) : value);
  const source = { series: scaled, season: task.season, path, looks: choice.looks, nonNegative };
  const bands = bandsOf(source);
  return {
    path: path.map(back),
    bands80: unitBand(bands.bands80, back),
    bands95: unitBand(bands.bands95, back),
    ...options.sums ? { sums: unitSums(sumsOf(source, options.sums), back) } : {},
    model: choice.model,
    weights: Object.fromEntries(choice.weights),
    backtest: backtestOf(scaled, { origins, choice, season: task.season, back }),
    notes: notesOf(series, options, choice),
  };
}

function unitBand({ lower, upper }: ForecastBand, back: Prepared["back"]): ForecastBand {
  return { lower: lower.map(back), upper: upper.map(back) };
}

function unitSums({ path, bands80, bands95 }: ForecastSums, back: Prepared["back"]): ForecastSums {
  return { path: path.map(back), bands80: unitBand(bands80, back), bands95: unitBand(bands95, back) };
}

function backtestOf(
  series: readonly number[],
  { origins, choice, season, back }: {
    origins: readonly Origin[];
    choice: Choice;
    season: number;
    back: Prepared["back"];
  },
): Backtest {
  const unknown = { mase: null, smape: null, mae: null };
  if (!origins.length) {
    return { origins: 0, points: 0, ...unknown, naive: unknown, beatsNaive: null, members: {} };
  }
  const naivePaths = origins.map(({ actual, paths }) => ({ actual, path: paths.get(seasonalNaive.name) ?? [] }));
  const sized = (looks: Choice["looks"]) => {
    const accuracy = accuracyOf(looks, series, season);
    return { ...accuracy, mae: back(accuracy.mae) };
  };
  return {
    origins: origins.length,
    points: origins.reduce((sum, { actual }) => sum + actual.length, 0),
    ...sized(choice.looks),
    naive: sized(naivePaths),
    beatsNaive: choice.beatsNaive,
    members: Object.fromEntries([...choice.errors].map(([name, error]) => [name, back(error)])),
  };
}

function notesOf(series: readonly number[], options: SeriesOptions, choice: Choice): ForecastNote[] {
  const notes: ForecastNote[] = [];
  const season = seasonsOf(options)[0] ?? 1;
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
