import { meanOf, meanStep } from "./statistics.ts";

/** How far a path was off. */
export interface Accuracy {
  /** Mean absolute error. */
  mae: number;
  /** Mean of 200·|y−f| ÷ (|y|+|f|), percent; both zero counts as no error. */
  smape: number;
  /** Mean absolute error ÷ mean absolute step of `series` over one season; null where that is 0 or unknown. */
  mase: number | null;
}

/** Measures paths against what came. `series` is what was known before, whose steps are the yardstick. */
export function accuracyOf(
  looks: readonly { actual: readonly number[]; path: readonly number[] }[],
  series: readonly number[],
  season: number,
): Accuracy {
  const errors: number[] = [];
  const shares: number[] = [];
  for (const { actual, path } of looks) {
    actual.forEach((came, h) => {
      const said = path[h] as number;
      const size = Math.abs(came) + Math.abs(said);
      errors.push(Math.abs(came - said));
      shares.push(size ? 200 * Math.abs(came - said) / size : 0);
    });
  }
  const mae = meanOf(errors);
  const step = meanStep(series, season);
  return { mae, smape: meanOf(shares), mase: step > 0 ? mae / step : null };
}
