import type { Origin } from "./backtest.ts";
import { combine, errorsOf, weightsOf } from "./combination.ts";
import { seasonalNaive } from "./seasonal_naive.ts";

/** What is shown, once looking back has said what to trust. */
export interface Choice {
  /** `combination`, or the seasonal naive's name. */
  model: string;
  weights: Map<string, number>;
  /** Null where nothing could be looked back at. */
  beatsNaive: boolean | null;
  /** What the choice would have said at each origin, and what came. */
  looks: { actual: number[]; path: number[] }[];
  /** Mean absolute error of each model when looking back. */
  errors: Map<string, number>;
}

const NAIVE = seasonalNaive.name;
/** How much of the combination is tried, the rest being the naive. */
const SHARES = [1, 0.75, 0.5, 0.25];

/**
 * All models together, weighed by their errors. Where that does not beat the seasonal naive, as much of the naive is mixed
 * in as it takes; where no mixture does either, the naive alone. Without a look back all count alike.
 */
export function choose(origins: readonly Origin[], names: readonly string[]): Choice {
  const errors = errorsOf(origins, NAIVE);
  const all = weightsOf(names, errors);
  if (!origins.length) return { model: "combination", weights: all, beatsNaive: null, looks: [], errors };
  const looksOf = (weights: ReadonlyMap<string, number>) =>
    origins.map(({ actual, paths }) => ({ actual, path: combine(paths, weights) ?? paths.get(NAIVE) ?? [] }));
  const toBeat = errors.get(NAIVE) ?? Infinity;
  for (const share of SHARES) {
    const weights = mixed(all, share);
    const looks = looksOf(weights);
    if (errorOf(looks) < toBeat * (1 - 1e-9)) return { model: "combination", weights, beatsNaive: true, looks, errors };
  }
  const weights = new Map([[NAIVE, 1]]);
  return { model: NAIVE, weights, beatsNaive: false, looks: looksOf(weights), errors };
}

function mixed(weights: ReadonlyMap<string, number>, share: number): Map<string, number> {
  return new Map([...weights].map(([name, weight]) => [name, share * weight + (name === NAIVE ? 1 - share : 0)]));
}

function errorOf(looks: Choice["looks"]): number {
  let [sum, points] = [0, 0];
  for (const { actual, path } of looks) {
    path.forEach((value, h) => sum += Math.abs(value - (actual[h] as number)));
    points += path.length;
  }
  return sum / points;
}
