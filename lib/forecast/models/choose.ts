import type { Origin } from "./backtest.ts";
import { combine, trackRecord, weightsOf } from "./combination.ts";
import { seasonalNaive } from "./seasonal_naive.ts";

/** What is shown, once looking back has said what to trust. */
export interface Choice {
  /** `combination`, or the seasonal naive's name. */
  model: string;
  weights: Map<string, number>;
  /** Null where nothing could be looked back at. */
  beatsNaive: boolean | null;
  /** What the choice would have said at each origin, weighed without that origin, so that its errors are honest. */
  looks: { actual: number[]; path: number[] }[];
  /** Mean absolute error of each model when looking back. */
  errors: Map<string, number>;
}

const NAIVE = seasonalNaive.name;

/**
 * All models together; where they do not beat the seasonal naive, those that do alone; where that does not help either,
 * the naive. Without a look back all count alike.
 */
export function choose(origins: readonly Origin[], names: readonly string[]): Choice {
  if (!origins.length) {
    return {
      model: "combination",
      weights: weightsOf(names, new Map()),
      beatsNaive: null,
      looks: [],
      errors: new Map(),
    };
  }
  const record = trackRecord(origins, NAIVE);
  const naiveError = record.errors.get(NAIVE) ?? Infinity;
  const better = names.filter((name) => (record.errors.get(name) ?? Infinity) < naiveError);
  const looksOf = (candidates: readonly string[]) =>
    origins.map(({ actual, paths }, i) => {
      const weights = weightsOf(candidates, record.without(i));
      const path = combine(paths, weights) ?? paths.get(NAIVE) ?? [];
      return { actual, path };
    });
  for (const candidates of [names, better]) {
    if (!candidates.length) continue;
    const looks = looksOf(candidates);
    if (!(errorOf(looks) < naiveError)) continue;
    const weights = weightsOf(candidates, record.errors);
    return { model: "combination", weights, beatsNaive: true, looks, errors: record.errors };
  }
  const looks = looksOf([NAIVE]);
  return { model: NAIVE, weights: new Map([[NAIVE, 1]]), beatsNaive: false, looks, errors: record.errors };
}

function errorOf(looks: Choice["looks"]): number {
  let [sum, points] = [0, 0];
  for (const { actual, path } of looks) {
    path.forEach((value, h) => sum += Math.abs(value - (actual[h] as number)));
    points += path.length;
  }
  return sum / points;
}
