/** Sums over vectors that several models need. */

/** The mean; NaN of nothing. */
export function meanOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The mean absolute difference to the value one lag before; NaN where there is none. */
export function meanStep(series: readonly number[], lag: number): number {
  let sum = 0;
  for (let t = lag; t < series.length; t++) sum += Math.abs((series[t] as number) - (series[t - lag] as number));
  return series.length > lag ? sum / (series.length - lag) : NaN;
}

/** The straight line of least squares through values at 0, 1, 2 … */
export function lineOf(series: readonly number[]): { start: number; slope: number } {
  const middle = (series.length - 1) / 2;
  const mean = meanOf(series);
  let [up, down] = [0, 0];
  for (let t = 0; t < series.length; t++) {
    up += (t - middle) * ((series[t] as number) - mean);
    down += (t - middle) ** 2;
  }
  const slope = down ? up / down : 0;
  return { start: mean - slope * middle, slope };
}

/** Whether ratios and logarithms of a series mean something: all above zero, and none next to nothing beside the largest. */
export function hasRatios(series: readonly number[]): boolean {
  let [low, high] = [Infinity, 0];
  for (const value of series) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > high * 1e-4;
}

/** Runs a model on logarithms of ratios to the mean, and brings its path back: the unit of a series changes nothing. */
export function onLogRatios(
  series: readonly number[],
  run: (series: readonly number[]) => number[] | null,
): number[] | null {
  const mean = meanOf(series);
  const path = run(series.map((value) => Math.log(value / mean)));
  return path && path.map((value) => mean * Math.exp(value));
}

/** Akaike's criterion, corrected for short series: `fit` is n·ln(mean squared error), lower is better. */
export function penalized(fit: number, parameters: number, points: number): number {
  return fit + 2 * parameters + 2 * parameters * (parameters + 1) / Math.max(1, points - parameters - 1);
}

/** n·ln of a mean squared error; of a perfect fit very low instead of minus infinity. */
export function logFit(squares: number, points: number): number {
  return points * Math.log(squares / points + 1e-30);
}
