/**
 * Questions in one currency: asked by day and currency, each sum converted at its day's rate and rounded once to the
 * stored millionths, then added up. So an answer depends on rows and rates alone, and totals come from converted parts.
 */
import { InputError } from "@/lib/errors.ts";
import { type Dataset, type Notice, timeColumn } from "@/lib/model/mod.ts";
import {
  compareParts,
  type DatasetRef,
  type FactAggregate,
  type FactNotice,
  type FactQuery,
  type FactRows,
  type Warehouse,
} from "@/lib/warehouse/mod.ts";
import { groupKey, type Parts } from "./ask_facts.ts";
import { type ExchangeRates, type Fraction, MAX_RATE_AGE } from "./exchange_rates.ts";
import { mergeParts } from "./merge_parts.ts";
import { tellDays } from "./tell_days.ts";

/** What amounts become, and at which rates. */
export interface Conversion {
  currency: string;
  rates: ExchangeRates;
  /** Days without a rate by currency; filled in while amounts are converted. */
  lacking: Map<string, Set<string>>;
}

type Asked = Pick<Warehouse, "query">;

/** Days × currencies × groups that are held at once while they are converted. */
const MAX_PARTS = 500_000;
const DAY = "_day";
const CURRENCY = "_currency";
const NO_CURRENCY = "";

/** A warehouse whose amounts are all in one currency; what no rate is known for is null, and `noRateNotices` say so. */
export function convertAmounts(warehouse: Asked, conversion: Conversion): Asked {
  return {
    query: async (ref, query) => {
      const isAmount = amountsOf(ref.dataset);
      if (!query.aggregates.some(isAmount)) return await warehouse.query(ref, query);
      return await convertQuery(warehouse, { ref, query, conversion });
    },
  };
}

async function convertQuery(
  warehouse: Asked,
  { ref, query, conversion }: { ref: DatasetRef; query: FactQuery; conversion: Conversion },
): Promise<FactRows> {
  const { groups, aggregates } = query;
  const distinct = aggregates.filter(({ fn }) => fn === "count_distinct");
  const plain = { ...query, order: [], limit: null, offset: 0 };
  const [split, counted] = await Promise.all([
    warehouse.query(ref, {
      ...plain,
      groups: [
        ...groups,
        { id: DAY, column: timeColumn(ref.dataset).name, grain: "day" },
        { id: CURRENCY, column: "currency" },
      ],
      aggregates: aggregates.filter(({ fn }) => fn !== "count_distinct"),
      limit: MAX_PARTS + 1,
      totals: false,
    }),
    // Different values of several days cannot be added: these are asked for as they are.
    distinct.length ? warehouse.query(ref, { ...plain, aggregates: distinct }) : null,
  ]);
  if (split.rows.length > MAX_PARTS) {
    const message =
      `Cannot convert to ${conversion.currency}: the question has more than ${MAX_PARTS} amounts by day ` +
      `and currency; ask for fewer dimensions or days`;
    throw new InputError("too-large", message, { field: "currency" }, 422);
  }
  return putTogether(split, counted, { query, conversion, isAmount: amountsOf(ref.dataset) });
}

function putTogether(
  split: FactRows,
  counted: FactRows | null,
  { query, conversion, isAmount }: {
    query: FactQuery;
    conversion: Conversion;
    isAmount: (aggregate: FactAggregate) => boolean;
  },
): FactRows {
  const ids = query.groups.map(({ id }) => id);
  const added = query.aggregates.filter(({ fn }) => fn !== "count_distinct");
  const amounts = added.filter(isAmount).map(({ id }) => id);
  const notConverted = new Set<Parts>();
  const heldBack = new Map<string, FactAggregate>();
  for (const row of split.rows) {
    if (!convertRow(row, amounts, conversion)) {
      notConverted.add(row);
      const currency = String(row[CURRENCY] ?? NO_CURRENCY);
      conversion.lacking.set(currency, (conversion.lacking.get(currency) ?? new Set()).add(String(row[DAY])));
    }
  }
  const merge = (members: Parts[]): Parts => {
    const merged = mergeParts(added, members);
    for (const aggregate of merged.heldBack) heldBack.set(aggregate.id, aggregate);
    if (members.some((member) => notConverted.has(member))) { for (const id of amounts) merged.parts[id] = null; }
    return merged.parts;
  };
  const countedByKey = new Map(counted?.rows.map((row) => [groupKey(row, ids), row]));
  const members = Map.groupBy(split.rows, (row) => groupKey(row, ids));
  // A question without groups has one row, also where there is nothing.
  if (ids.length === 0 && members.size === 0) members.set(groupKey({}, ids), []);
  const rows = [...members].map(([key, parts]): Parts => ({
    ...Object.fromEntries(ids.map((id) => [id, parts[0]?.[id] ?? null])),
    ...countedByKey.get(key),
    ...merge(parts),
  }));
  rows.sort(compareParts(query.order, ids));
  const last = query.limit === null ? undefined : query.offset + query.limit;
  return {
    rows: rows.slice(query.offset, last),
    totals: query.totals ? { ...counted?.totals, ...merge(split.rows) } : null,
    count: rows.length,
    levels: split.levels,
    ...split.rollup ? { rollup: split.rollup } : {},
    provisional: split.provisional,
    notices: [
      ...split.notices,
      ...[...heldBack.values()].map(({ column = "" }): FactNotice => ({ code: "not-additive", column, places: [] })),
    ],
  };
}

/** Converts the amounts of one day and currency in place; answers false where no rate is known. */
function convertRow(row: Parts, amounts: string[], { currency, rates }: Conversion): boolean {
  const from = row[CURRENCY];
  if (from === currency || amounts.every((id) => !row[id])) return true;
  const rate = typeof from === "string" ? rates.find(from, currency, String(row[DAY])) : null;
  if (rate === null) return false;
  for (const id of amounts) {
    const amount = row[id];
    if (typeof amount === "bigint") row[id] = multiply(amount, rate);
  }
  return true;
}

/** Rounded to the nearest stored integer, halves away from zero. */
function multiply(amount: bigint, { numerator, denominator }: Fraction): bigint {
  const product = amount * numerator * 2n;
  const half = product < 0n ? -denominator : denominator;
  return (product + half) / (denominator * 2n);
}

function amountsOf(dataset: Dataset): (aggregate: FactAggregate) => boolean {
  const columns = new Set(dataset.columns.filter(({ unit }) => unit === "currency").map(({ name }) => name));
  return ({ fn, column }) => !fn.startsWith("count") && column !== undefined && columns.has(column);
}

/** What could not be converted, in all questions so far. */
export function noRateNotices({ currency: wanted, lacking }: Conversion): Notice[] {
  return [...lacking].sort(([a], [b]) => a < b ? -1 : 1).map(([currency, days]) => ({
    code: "no-rate",
    message: currency === NO_CURRENCY
      ? `${tellDays([...days])}: amounts without a currency are not shown in ${wanted}`
      : `${tellDays([...days])}: no exchange rate from ${currency} to ${wanted}, nor in the ${MAX_RATE_AGE} days ` +
        `before; these amounts are not shown`,
  }));
}
