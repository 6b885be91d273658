import type { Origin } from "./backtest.ts";

/**
 * How far each model was off when looking back: its mean absolute error over all origins. A model that was silent at some
 * is measured beside `naive`, which always says something, where both spoke.
 */
export function errorsOf(origins: readonly Origin[], naive: string): Map<string, number> {
  const off = (name: string, some: readonly Origin[]) => {
    let [sum, points] = [0, 0];
    for (const { actual, paths } of some) {
      paths.get(name)?.forEach((value, h) => {
        sum += Math.abs(value - (actual[h] as number));
        points += 1;
      });
    }
    return sum / points;
  };
  const usual = off(naive, origins);
  const errors = new Map<string, number>();
  for (const name of new Set(origins.flatMap(({ paths }) => [...paths.keys()]))) {
    const spoken = origins.filter(({ paths }) => paths.has(name));
    const beside = off(naive, spoken);
    if (spoken.length === origins.length) errors.set(name, off(name, origins));
    else errors.set(name, beside > 0 ? usual * off(name, spoken) / beside : usual);
  }
  return errors;
}

/**
 * The share of each model: one over the square of its error. Between all alike, which wastes what looking back tells, and
 * the winner alone, which mistakes luck for skill. Models without a record get none, unless no model has one.
 */
export function weightsOf(names: readonly string[], errors: ReadonlyMap<string, number>): Map<string, number> {
  const known = names.filter((name) => errors.has(name));
  if (!known.length) return new Map(names.map((name) => [name, 1 / names.length]));
  // A model without any error must not make the others' shares vanish entirely: it may have been lucky.
  const floor = 0.01 * known.reduce((sum, name) => sum + (errors.get(name) ?? 0), 0) / known.length;
  if (floor === 0) return new Map(known.map((name) => [name, 1 / known.length]));
  const raw = known.map((name) => ((errors.get(name) ?? 0) / floor + 1) ** -2);
  const whole = raw.reduce((sum, weight) => sum + weight, 0);
  return new Map(known.map((name, i) => [name, (raw[i] as number) / whole]));
}

/** Paths added up by their shares; a share whose path is missing falls to the others. */
export function combine(paths: ReadonlyMap<string, number[]>, weights: ReadonlyMap<string, number>): number[] | null {
  let whole = 0;
  let sum: number[] | null = null;
  for (const [name, weight] of weights) {
    const path = paths.get(name);
    if (!path) continue;
    whole += weight;
    sum = path.map((value, h) => (sum?.[h] ?? 0) + weight * value);
  }
  return whole > 0 ? sum && sum.map((value) => value / whole) : null;
}
