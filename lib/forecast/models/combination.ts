import type { Origin } from "./backtest.ts";

/** How far each model was off when looking back: sums by origin, so that one of them can be left out. */
export interface TrackRecord {
  /** Mean absolute error over all origins, beside the naive's over the same points; by name. */
  errors: Map<string, number>;
  /** The same without one origin. */
  without: (origin: number) => Map<string, number>;
}

/** Reads the errors of every model from the looks back. `naive` is a model that always says something. */
export function trackRecord(origins: readonly Origin[], naive: string): TrackRecord {
  const off = origins.map(({ actual, paths }) => {
    const sums = new Map<string, number>();
    for (const [name, path] of paths) {
      sums.set(name, path.reduce((sum, value, h) => sum + Math.abs(value - (actual[h] as number)), 0));
    }
    return { sums, points: actual.length };
  });
  const errorsOf = (kept: typeof off) => {
    const points = kept.reduce((sum, origin) => sum + origin.points, 0);
    const base = kept.reduce((sum, { sums }) => sum + (sums.get(naive) ?? 0), 0) / points;
    const errors = new Map<string, number>();
    for (const name of new Set(kept.flatMap(({ sums }) => [...sums.keys()]))) {
      const own = kept.filter(({ sums }) => sums.has(name));
      const sum = own.reduce((sum, { sums }) => sum + (sums.get(name) ?? 0), 0);
      if (own.length === kept.length) {
        errors.set(name, sum / points);
        continue;
      }
      // Looked back at less often: measured against the naive where both said something.
      const beside = own.reduce((sum, { sums }) => sum + (sums.get(naive) ?? 0), 0);
      errors.set(name, beside > 0 ? base * sum / beside : base);
    }
    return errors;
  };
  return { errors: errorsOf(off), without: (origin) => errorsOf(off.filter((_, i) => i !== origin)) };
}

/**
 * The share of each model: one over the square of its error. Between all alike, which wastes what looking back tells, and
 * the winner alone, which mistakes luck for skill. Models without a record get none, unless no model has one.
 */
export function weightsOf(names: readonly string[], errors: ReadonlyMap<string, number>): Map<string, number> {
  const known = names.filter((name) => errors.has(name));
  if (!known.length) return new Map(names.map((name) => [name, 1 / names.length]));
  // A model without any error must not make the others' shares vanish entirely: it may have been one lucky origin.
  const floor = 0.01 * known.reduce((sum, name) => sum + (errors.get(name) ?? 0), 0) / known.length;
  if (floor === 0) return new Map(known.map((name) => [name, 1 / known.length]));
  const raw = known.map((name) => ((errors.get(name) ?? 0) + floor) ** -2);
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
