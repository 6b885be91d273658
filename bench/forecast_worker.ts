/** A thread of the forecasting benchmark: forecasts series by the default and by each member, and measures all of them. */
/// <reference lib="deno.worker" />
import { InputError } from "@/lib/errors.ts";
import {
  accuracyOf,
  forecastAlone,
  type ForecastBand,
  forecastSeries,
  MEMBERS,
  type SeriesForecast,
  type SeriesOptions,
} from "@/lib/forecast/models/mod.ts";
import type { HeldOutSeries } from "./forecast_series_file.ts";

/** What a thread is asked. */
export interface BenchRequest {
  series: HeldOutSeries[];
  options: Pick<SeriesOptions, "grain" | "seasons" | "horizon">;
  /** Whether each member is measured too, by itself. */
  members: boolean;
}

/** One model on one series. */
export interface Measured {
  model: string;
  /** Null where the model refused the series. */
  result: {
    smape: number;
    mase: number | null;
    inside80: number;
    inside95: number;
    points: number;
    /** Mean width in mean steps of the seasonal naive; null where those are 0. */
    width80: number | null;
    width95: number | null;
    /** Whether the sum over the whole horizon lay inside its own bands; null where none are given. */
    sum80: boolean | null;
    sum95: boolean | null;
    /** Whether the naive was shown because nothing beat it. */
    naive: boolean;
  } | null;
  milliseconds: number;
}

type Shown = Pick<SeriesForecast, "path" | "bands80" | "bands95"> & Partial<Pick<SeriesForecast, "model" | "sums">>;

self.onmessage = ({ data: { series, options, members } }: MessageEvent<BenchRequest>) => {
  const measured: Measured[] = [];
  for (const one of series) {
    // Counts and money are what the product forecasts; a series that went below zero is neither.
    const asked = { ...options, nonNegative: one.train.every((value) => value >= 0) };
    measured.push(
      measure(
        "default",
        one,
        asked,
        () => forecastSeries(one.train, { ...asked, sums: { from: 0, to: asked.horizon } }),
      ),
    );
    if (!members) continue;
    for (const member of MEMBERS) {
      measured.push(measure(member.name, one, asked, () => forecastAlone(member, one.train, asked)));
    }
  }
  self.postMessage(measured);
};

function measure(
  model: string,
  { train, test }: HeldOutSeries,
  options: SeriesOptions,
  run: () => Shown | null,
): Measured {
  const begun = performance.now();
  const shown = unlessRefused(run);
  const milliseconds = performance.now() - begun;
  const actual = test.slice(0, options.horizon);
  if (!shown || !actual.length) return { model, result: null, milliseconds };
  const season = options.seasons?.[0] ?? 1;
  const { smape, mase, mae } = accuracyOf([{ actual, path: shown.path.slice(0, actual.length) }], train, season);
  const step = mase ? mae / mase : null;
  const inside = ({ lower, upper }: ForecastBand) =>
    actual.filter((value, h) => value >= (lower[h] as number) && value <= (upper[h] as number)).length;
  const width = ({ lower, upper }: ForecastBand) =>
    step && actual.reduce((sum, _, h) => sum + (upper[h] as number) - (lower[h] as number), 0) / actual.length / step;
  const all = actual.reduce((sum, value) => sum + value, 0);
  const holds = (band: ForecastBand | undefined) =>
    band ? all >= band.lower[actual.length - 1]! && all <= band.upper[actual.length - 1]! : null;
  return {
    model,
    milliseconds,
    result: {
      smape,
      mase,
      inside80: inside(shown.bands80),
      inside95: inside(shown.bands95),
      points: actual.length,
      width80: width(shown.bands80),
      width95: width(shown.bands95),
      sum80: holds(shown.sums?.bands80),
      sum95: holds(shown.sums?.bands95),
      naive: shown.model === "seasonal-naive",
    },
  };
}

function unlessRefused(run: () => Shown | null): Shown | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
