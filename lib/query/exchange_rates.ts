import type { Dataset } from "@/lib/model/mod.ts";
import type { DatasetRef, Warehouse } from "@/lib/warehouse/mod.ts";
import { addDays, daysBetween, type DaySpan } from "@/lib/model/calendar.ts";

/** How many days back a rate may have been noted: over weekends and holidays none is. */
export const MAX_RATE_AGE = 7;

/** An exact rate. */
export interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

/** A noted rate: one unit of `base` is `rate` millionths of a unit of `quote`. */
export interface NotedRate {
  day: string;
  base: string;
  quote: string;
  rate: bigint;
}

const UNIT = 1_000_000n;

/** Rates by day. A pair that is not noted itself is found the other way round, or by a third currency. */
export class ExchangeRates {
  /** Days in order, by base and quote. */
  #noted = new Map<string, Map<string, NotedRate[]>>();
  #found = new Map<string, Fraction | null>();

  constructor(noted: NotedRate[]) {
    for (const rate of noted.toSorted((a, b) => a.day < b.day ? -1 : a.day > b.day ? 1 : 0)) {
      if (rate.rate <= 0n) continue;
      const quotes = this.#noted.get(rate.base) ?? new Map<string, NotedRate[]>();
      this.#noted.set(rate.base, quotes);
      const days = quotes.get(rate.quote) ?? [];
      quotes.set(rate.quote, days);
      days.push(rate);
    }
  }

  /** What one unit is worth on a day, by the last rate noted at most a week before; null where there is none. */
  find(from: string, to: string, day: string): Fraction | null {
    const key = `${from} ${to} ${day}`;
    let found = this.#found.get(key);
    if (found === undefined) {
      found = this.#search(from, to, day);
      this.#found.set(key, found);
    }
    return found;
  }

  #search(from: string, to: string, day: string): Fraction | null {
    const direct = this.#last(from, to, day);
    if (direct !== null) return { numerator: direct, denominator: UNIT };
    const inverse = this.#last(to, from, day);
    if (inverse !== null) return { numerator: UNIT, denominator: inverse };
    // In the order of their names, so that the same rates give the same answer.
    for (const third of [...this.#noted.keys()].sort()) {
      const [numerator, denominator] = [this.#last(third, to, day), this.#last(third, from, day)];
      if (numerator !== null && denominator !== null) return { numerator, denominator };
    }
    return null;
  }

  #last(base: string, quote: string, day: string): bigint | null {
    const days = this.#noted.get(base)?.get(quote);
    const found = days?.findLast((noted) => noted.day <= day);
    return found && daysBetween(found.day, day) <= MAX_RATE_AGE ? found.rate : null;
  }
}

/** Reads the rates that concern some currencies in a span of days. */
export async function readRates(
  warehouse: Pick<Warehouse, "query">,
  ref: DatasetRef,
  { version, span, currencies }: { version: number; span: DaySpan; currencies: string[] },
): Promise<ExchangeRates> {
  const missing = lackingColumn(ref.dataset);
  if (missing) throw new TypeError(`Cannot convert amounts: dataset "${ref.dataset.id}" has no column "${missing}"`);
  const { rows } = await warehouse.query(ref, {
    version,
    from: addDays(span.from, -MAX_RATE_AGE),
    to: span.to,
    groups: [
      { id: "day", column: "date", grain: "day" },
      { id: "base", column: "base" },
      { id: "quote", column: "quote" },
    ],
    aggregates: [{ id: "rate", fn: "only", column: "rate" }],
    where: {
      any: [
        { column: "base", op: "in", values: currencies },
        { column: "quote", op: "in", values: currencies },
      ],
    },
    order: [],
    limit: null,
    offset: 0,
    totals: false,
  });
  return new ExchangeRates(
    rows.flatMap(({ day, base, quote, rate }) =>
      typeof rate === "bigint" ? [{ day: String(day), base: String(base), quote: String(quote), rate }] : []
    ),
  );
}

/** The dataset of rates is a definition as any other, and may have been changed. */
function lackingColumn(dataset: Dataset): string | undefined {
  return ["date", "base", "quote", "rate"].find((name) => !dataset.columns.some((column) => column.name === name));
}
