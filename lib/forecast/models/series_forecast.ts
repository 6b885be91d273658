/** A question to the models and their answer: plain data, so that both cross to a Worker and back. */
import type { Grain } from "@/lib/model/mod.ts";

/** How a series is to be forecast. */
export interface SeriesOptions {
  /** How far apart the points are. Decides the seasons where `seasons` is left out. */
  grain: Grain;
  /** Periods ahead, 1 to 400. */
  horizon: number;
  /** Lengths of the seasons in periods, shortest first. @default the grain's: day 7 and 365, week 52, month 12, quarter 4 */
  seasons?: readonly number[];
  /** Counts and money: neither path nor band goes below zero. @default false */
  nonNegative?: boolean;
  /** Periods ahead whose sums are asked for too, `to` left out: over the first of them, the first two, and so on. */
  sums?: { from: number; to: number };
}

/** A band: one number a period, as long as the path. */
export interface ForecastBand {
  lower: number[];
  upper: number[];
}

/** Expected sums over one, two, three … periods, with bands of their own: those of single periods do not add up. */
export interface ForecastSums {
  path: number[];
  bands80: ForecastBand;
  bands95: ForecastBand;
}

/**
 * How the shown model did on this very series: fitted at earlier origins, with the weights that it is shown with, and held
 * against what came then.
 */
export interface Backtest {
  /** How many origins were forecast from; 0 where the series is too short to look back. */
  origins: number;
  /** Errors that went into the figures below. */
  points: number;
  /** Mean absolute error ÷ in-sample mean absolute error of the seasonal naive; null where that is 0 or unknown. */
  mase: number | null;
  /** Mean of 200·|y−f| ÷ (|y|+|f|), percent. */
  smape: number | null;
  /** Mean absolute error, in the series' unit. */
  mae: number | null;
  /** The same figures of the seasonal naive, over the same points. */
  naive: { mase: number | null; smape: number | null; mae: number | null };
  /** Whether the models' error was below the seasonal naive's. False: the naive is what `path` shows. Null: no origins. */
  beatsNaive: boolean | null;
  /** The mean absolute error of each member that was tried, by name. */
  members: Record<string, number>;
}

/** Something a reader of the forecast should know. */
export interface ForecastNote {
  code: "too-short" | "short-history" | "naive-is-best" | "constant" | "all-zero";
  /** A sentence for people. */
  message: string;
}

/** What was forecast, how sure it is, and how it did before. */
export interface SeriesForecast {
  /** Expected values, one a period. */
  path: number[];
  bands80: ForecastBand;
  bands95: ForecastBand;
  /** Where they were asked for. */
  sums?: ForecastSums;
  /** Name of the model shown: `combination`, or the one member that carries it. */
  model: string;
  /** Share of each member in the path, adding up to 1. */
  weights: Record<string, number>;
  backtest: Backtest;
  notes: ForecastNote[];
}
