import { minimize } from "./minimize.ts";
import { lineOf, meanOf } from "./statistics.ts";

/** A fitted smoothing: the last level and trend, and how well it followed the series. */
export interface Smoothed {
  level: number;
  trend: number;
  /** Share of the trend that is left after each period. */
  phi: number;
  /** Sum of the squared errors one period ahead. */
  squares: number;
  /** Numbers that were fitted. */
  parameters: number;
}

/** Exponential smoothing of a level, alone or with a damped trend, by the parameters of the least squared error. */
export function smooth(series: readonly number[], kind: "level" | "damped"): Smoothed {
  const start = startOf(series, kind);
  const run = (point: number[]) => follow(series, start, point);
  const { point } = minimize(
    (point) => run(point).squares,
    kind === "level"
      ? { start: [0.3], step: [0.3], low: [0.01], high: [0.99], evaluations: 30 }
      : { start: [0.4, 0.1, 0.95], step: [0.3, 0.15, -0.05], low: [0.01, 0, 0.8], high: [0.99, 0.6, 0.98] },
  );
  return run(point);
}

/** What a smoothing expects of the next periods. */
export function extend({ level, trend, phi }: Pick<Smoothed, "level" | "trend" | "phi">, horizon: number): number[] {
  let [reach, share] = [0, 1];
  return Array.from({ length: horizon }, () => {
    share *= phi;
    reach += share;
    return level + trend * reach;
  });
}

function follow(series: readonly number[], start: { level: number; trend: number }, point: number[]): Smoothed {
  const [alpha = 0.3, share = 0, phi = 0] = point;
  let { level, trend } = start;
  let squares = 0;
  for (const value of series) {
    const expected = level + phi * trend;
    const error = value - expected;
    squares += error * error;
    level = expected + alpha * error;
    trend = phi * trend + alpha * share * error;
  }
  return { level, trend, phi, squares, parameters: point.length === 1 ? 3 : 6 };
}

/** The level and trend before the first point: from the line through the first ten. */
function startOf(series: readonly number[], kind: "level" | "damped"): { level: number; trend: number } {
  const first = series.slice(0, 10);
  if (kind === "level" || first.length < 3) return { level: meanOf(first), trend: 0 };
  const { start, slope } = lineOf(first);
  return { level: start - slope, trend: slope };
}
