import { InputError } from "@/lib/errors.ts";
import type { Grain } from "@/lib/model/mod.ts";
import type { ForecastTask } from "./forecaster.ts";
import type { SeriesOptions } from "./series_forecast.ts";

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

/** Of two years of days the newest weeks may still change, so that two whole ones are rarely there to learn from. */
const ALMOST_TWICE = 1.75;

/** A series ready for the models. */
export interface Prepared {
  /** The values divided by a power of two, so that the largest lies near 1: exact, and squares stay finite. */
  series: number[];
  task: ForecastTask;
  /** Puts numbers of the models back into the series' unit. */
  back: (value: number) => number;
}

/** Checks a series and what is asked of it, and brings both into the form that models take. */
export function prepare(series: readonly number[], options: SeriesOptions): Prepared {
  checkInput(series, options);
  const scale = scaleOf(series);
  const [season = 1, longSeason] = seasonsOf(options);
  const holds = (length: number | undefined, times: number) => length !== undefined && series.length >= times * length;
  return {
    series: series.map((value) => value / scale),
    task: {
      season: holds(season, 2) ? season : 1, // seen once, a season is a guess
      longSeason: holds(longSeason, ALMOST_TWICE) ? longSeason : undefined,
      horizon: options.horizon,
    },
    back: (value) => Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value * scale)),
  };
}

/** The seasons that may be in a series, shortest first. */
export function seasonsOf(options: SeriesOptions): readonly number[] {
  return options.seasons ?? SEASONS[options.grain];
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

/** The power of two next above the largest size. */
function scaleOf(series: readonly number[]): number {
  let largest = 0;
  for (const value of series) largest = Math.max(largest, Math.abs(value));
  return largest === 0 ? 1 : 2 ** Math.max(-1_022, Math.min(1_023, Math.ceil(Math.log2(largest))));
}
