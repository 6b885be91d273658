/**
 * What a change comes to, day by day: counts, sums before and after, and the coverage that stands then. Preview, publish
 * and turns all count here, so they cannot tell different things.
 */
import type { Dataset } from "@/lib/model/mod.ts";
import { fieldOf } from "./mongo_layout.ts";
import { type FactRow, ownerKey } from "./mongo_staged.ts";
import type { ImportDiff } from "./mod.ts";
import { additiveMeasures } from "./rollup_definitions.ts";

/** A visible row version, as far as a change looks at it. */
export interface StandingRow extends FactRow {
  f: number;
  /** The import that brought the values. */
  c: number;
  p: boolean;
}

/** What happens to one key. */
export interface Step {
  key: string;
  day: string;
  /** The values that count from now on; null: none. */
  source: FactRow | null;
  /** What stands now; null: nothing. */
  old: StandingRow | null;
  /** Both have the same values. */
  same: boolean;
  /** The standing version stays as it is. */
  keep: boolean;
  provisional: boolean;
  /** The import that brought the values; 0 without any. */
  content: number;
}

/** One platform and account on one day of the level, after the change; no rows: there is nothing any more. */
export interface DayCoverage {
  o: string;
  a: string;
  d: string;
  rows: number;
  p: boolean;
  u: string;
  cu: string[];
  keys: string[];
}

interface Sum {
  sum: bigint;
  n: number;
}

interface OwnerDay extends Omit<DayCoverage, "cu"> {
  currencies: Set<string>;
}

/** Adds up the steps of an act. */
export class ChangeTally {
  readonly #measures: { name: string; field: string; before: Sum; after: Sum }[];
  readonly #currency: string | null;
  readonly #counts = { inserted: 0, updated: 0, unchanged: 0, removed: 0 };
  readonly #touched = new Set<string>();

  constructor(dataset: Dataset) {
    this.#measures = additiveMeasures(dataset).map((name) => ({
      name,
      field: fieldOf(name),
      before: { sum: 0n, n: 0 },
      after: { sum: 0n, n: 0 },
    }));
    this.#currency = dataset.columns.some((c) => c.name === "currency") ? fieldOf("currency") : null;
  }

  /** Adds what happens on some days. `standing`: every visible row of the level on them. */
  add(standing: Iterable<StandingRow>, steps: Step[]): DayCoverage[] {
    const days = new Map<string, OwnerDay>();
    const ended = new Set<string>();
    for (const step of steps) this.#count(step, days, ended);
    for (const row of standing) {
      const day = days.get(dayKey(row));
      if (!day) continue;
      this.#sum(row, "before");
      if (ended.has(row.k)) continue;
      this.#sum(row, "after");
      this.#cover(day, row, row.p);
    }
    for (const { keep, source, provisional } of steps) {
      if (keep || !source) continue;
      this.#sum(source, "after");
      this.#cover(days.get(dayKey(source))!, source, provisional);
    }
    return [...days.values()].map(({ currencies, ...day }) => ({ ...day, cu: [...currencies].sort() }));
  }

  /** What all of it did. */
  diff(): ImportDiff {
    const value = ({ sum, n }: Sum) => n === 0 ? null : sum;
    return {
      ...this.#counts,
      missing: 0,
      days: this.#touched.size,
      perMeasure: Object.fromEntries(
        this.#measures.map(({ name, before, after }) => [name, { before: value(before), after: value(after) }]),
      ),
    };
  }

  /** Days on which anything changed. */
  touched(): string[] {
    return [...this.#touched].sort();
  }

  #count({ key, source, old, same, keep }: Step, days: Map<string, OwnerDay>, ended: Set<string>): void {
    if (same) this.#counts.unchanged++;
    else if (source && old) this.#counts.updated++;
    else if (source) this.#counts.inserted++;
    else if (old) this.#counts.removed++;
    // What the act names is concerned, changed or not; so is where a row ends.
    for (const row of [source, keep ? null : old]) {
      if (!row) continue;
      if (!days.has(dayKey(row))) days.set(dayKey(row), emptyDay(row));
      if (!keep) this.#touched.add(row.d);
    }
    if (!keep && old) ended.add(key);
  }

  #sum(row: FactRow, side: "before" | "after"): void {
    for (const measure of this.#measures) {
      const value = row.v[measure.field];
      if (value === undefined || value === null) continue;
      measure[side].sum += BigInt(value as bigint);
      measure[side].n++;
    }
  }

  #cover(day: OwnerDay, row: FactRow, provisional: boolean): void {
    day.rows++;
    day.p ||= provisional;
    if (row.u > day.u) day.u = row.u;
    day.keys.push(row.k);
    const currency = this.#currency === null ? undefined : row.v[this.#currency];
    if (typeof currency === "string") day.currencies.add(currency);
  }
}

function emptyDay({ o, a, d }: FactRow): OwnerDay {
  return { o, a, d, rows: 0, p: false, u: d, currencies: new Set(), keys: [] };
}

function dayKey({ o, a, d }: FactRow): string {
  return d + ownerKey(o, a);
}
