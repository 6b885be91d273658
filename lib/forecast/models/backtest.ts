import type { Forecaster, ForecastTask } from "./forecaster.ts";

/** One look back: what each model would have said at an earlier moment, and what came. */
export interface Origin {
  /** Points that were known. */
  end: number;
  /** What came next, up to the horizon or to today. */
  actual: number[];
  /** What each model said, by name; without those that could say nothing. */
  paths: Map<string, number[]>;
}

/** Rolling origins: from late to early, a third of the horizon apart, as long as two seasons and a little remain to fit on. */
export function backtest(
  series: readonly number[],
  task: ForecastTask,
  members: readonly Forecaster[],
): Origin[] {
  const step = Math.ceil(task.horizon / 3);
  const count = Math.max(6, Math.min(12, Math.ceil(18 / task.horizon)));
  const fewest = task.season > 1 ? 2 * task.season + 2 : 6;
  const origins: Origin[] = [];
  for (let i = 1; i <= count && series.length - i * step >= fewest; i++) {
    const end = series.length - i * step;
    const actual = series.slice(end, end + task.horizon);
    origins.push({ end, actual, paths: pathsOf(series.slice(0, end), { ...task, horizon: actual.length }, members) });
  }
  return origins;
}

/** What each model says of a series, kept within reason; without those that can say nothing. */
export function pathsOf(
  series: readonly number[],
  task: ForecastTask,
  members: readonly Forecaster[],
): Map<string, number[]> {
  const within = reasonOf(series);
  const paths = new Map<string, number[]>();
  for (const member of members) {
    const path = member.forecast(series, task);
    if (path?.every(Number.isFinite)) paths.set(member.name, path.map(within));
  }
  return paths;
}

/** Keeps a value within the range seen so far and as much again on either side: what lies beyond is a model run away. */
function reasonOf(series: readonly number[]): (value: number) => number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of series) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const [floor, ceiling] = [low >= 0 ? Math.max(0, low - (high - low)) : low - (high - low), high + (high - low)];
  return (value) => Math.min(ceiling, Math.max(floor, value));
}
