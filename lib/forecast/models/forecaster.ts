/** What every model is: one function from a series to a path. */

/** What a model is told besides the numbers. */
export interface ForecastTask {
  /** Periods of one season: 12 for months, 7 for days; 1 where there is none. */
  season: number;
  /** Periods of a longer season on top, of which the series holds enough: 365 for days. */
  longSeason?: number;
  /** Periods ahead, at least 1. */
  horizon: number;
}

/**
 * A model. Pure: the same series gives the same path, and nothing is read from outside. A series is finite numbers, oldest
 * first, one a period, with no gaps.
 */
export interface Forecaster {
  /** Stored with every forecast: never changes its meaning. */
  readonly name: string;
  /** What people read. */
  readonly title: string;
  /** The point path, `task.horizon` numbers; null where the model cannot say anything of this series. */
  readonly forecast: (series: readonly number[], task: ForecastTask) => number[] | null;
}
