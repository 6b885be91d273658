/** Generated facts and questions: small worlds with levels, versions, gaps, currencies and awkward names. */
import fc from "fast-check";
import { type Dataset, datasetSchema, type MetricQueryInput } from "@/lib/model/mod.ts";
import type { LevelInfo } from "@/lib/warehouse/query_levels.ts";
import type { FactRow, Facts } from "./fact_tables.ts";

const text = { type: "text", role: "dimension" } as const;

/** A small dataset with every kind of column. */
export const testDataset: Dataset = datasetSchema.parse({
  id: "tests",
  title: "Tests",
  columns: [
    { name: "date", title: "Date", role: "time", type: "date" },
    { name: "platform", title: "Platform", ...text, identity: true },
    { name: "account_id", title: "Account ID", ...text, identity: true },
    { name: "campaign_id", title: "Campaign ID", ...text, identity: true },
    { name: "campaign", title: "Campaign", ...text, identity: true, labels: "campaign_id" },
    { name: "device", title: "Device", ...text, identity: true },
    { name: "country", title: "Country", ...text, identity: true },
    { name: "objective", title: "Objective", ...text },
    { name: "currency", title: "Currency", ...text },
    { name: "impressions", title: "Impressions", role: "measure", type: "integer", unit: "count" },
    { name: "clicks", title: "Clicks", role: "measure", type: "integer", unit: "count" },
    { name: "spend", title: "Spend", role: "measure", type: "decimal", unit: "currency" },
    { name: "value", title: "Value", role: "measure", type: "decimal", unit: "currency" },
    { name: "reach", title: "Reach", role: "measure", type: "decimal", unit: "count", additive: false },
  ],
  rollups: [
    { grain: "day", dimensions: ["platform", "account_id", "campaign_id", "campaign", "country"] },
    { grain: "month", dimensions: ["platform", "account_id", "campaign_id", "campaign"] },
  ],
  metrics: [
    ["impressions", "sum(impressions)"],
    ["clicks", "sum(clicks)"],
    ["spend", "sum(spend)"],
    ["ctr", "clicks / impressions"],
    ["cpc", "spend / clicks"],
    ["lines", "count()"],
    ["largest", "max(spend)"],
    ["smallest", "min(spend)"],
    ["average", "avg(spend)"],
    ["priced", "count(spend)"],
    ["countries", "count_distinct(country)"],
    ["campaigns", "count_distinct(campaign)"],
    ["reach", "only(reach)"],
  ].map(([name, formula]) => ({ name, title: name, formula, format: "decimal" })),
});

const LEVELS: LevelInfo[] = [
  { level: 1, name: "day:campaign_id", grain: "day", columns: ["campaign_id"] },
  { level: 2, name: "day:campaign_id+device", grain: "day", columns: ["campaign_id", "device"] },
  { level: 3, name: "day:country", grain: "day", columns: ["country"] },
  { level: 4, name: "month:campaign", grain: "month", columns: ["campaign"] },
  { level: 5, name: "week:", grain: "week", columns: [] },
  { level: 6, name: "day:campaign", grain: "day", columns: ["campaign"] },
];
const WORLDS = [[1], [2], [6], [1, 2], [1, 3], [1, 3, 4], [2, 3, 5], [4, 5], [3, 4, 5, 6]];

const CAMPAIGNS = ["Brand", "brand ", "Größe", "GRÖSSE 100%", `O'Neil"; drop table x --`, "$1", "a_b", ""];
const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const day = fc.tuple(fc.integer({ min: 0, max: 24 }), pick(0, 0, 0, -364, -365)).map(([n, back]) =>
  shift("2025-02-20", n + back)
);
const count = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 30 }).map(BigInt));
const amount = fc.oneof(
  fc.constant(null),
  fc.integer({ min: -3, max: 40 }).map((n) => BigInt(n) * 500_000n),
  fc.bigInt({ min: -5n, max: 9_007_199_254_740_993n }),
);

const row = (level: LevelInfo, version: number) =>
  fc.record({
    day,
    import: fc.integer({ min: 1, max: 4 }),
    life: fc.tuple(fc.integer({ min: 1, max: version }), fc.integer({ min: 0, max: 3 })),
    provisional: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    platform: pick("google_ads", "meta_ads", "meta_ads", null),
    account_id: pick("a1", "a1", "a2", null),
    campaign_id: pick("1", "2", "3", null),
    campaign: pick<string | null>(...CAMPAIGNS, null),
    device: pick("mobile", "desktop", null),
    country: pick("DE", "de", "US", null),
    objective: pick("sales", "reach", null, null),
    currency: pick("EUR", "EUR", "EUR", "USD"),
    impressions: count,
    clicks: count,
    spend: amount,
    value: amount,
    reach: amount,
  }).map(({ day, import: seq, life, provisional, ...cells }): FactRow => {
    const carries = (name: string) =>
      level.columns.includes(name) || (name === "campaign" && level.columns.includes("campaign_id"));
    const values: FactRow["values"] = { ...cells, date: day };
    for (const name of ["campaign_id", "campaign", "device", "country"]) if (!carries(name)) values[name] = null;
    const from = life[0];
    const to = life[1] === 0 && from < version ? from + 1 : null;
    const span = level.grain === "day" ? { from: day, to: day } : periodOf(day, level.grain);
    values.date = span.from;
    return { level: level.level, import: seq, from, to, until: span.to, provisional, values };
  });

/** A world: its levels, and rows of each in one to three versions. */
export const facts: fc.Arbitrary<Facts> = fc.tuple(pick(...WORLDS), fc.integer({ min: 1, max: 3 }), fc.boolean()).chain(
  ([numbers, version, oneCurrency]) => {
    const levels = LEVELS.filter(({ level }) => numbers.includes(level));
    return fc.tuple(...levels.map((level) => fc.array(row(level, version), { minLength: 1, maxLength: 18 }))).map((
      rows,
    ) => ({
      dataset: testDataset,
      levels,
      version,
      rows: rows.flat().map((one) => oneCurrency ? { ...one, values: { ...one.values, currency: "EUR" } } : one),
    }));
  },
);

const textField = pick("platform", "country", "device", "campaign", "campaign_id", "objective", "currency");
const textValue = pick("DE", "de", "US", "1", "2", "mobile", "google_ads", "sales", "EUR", ...CAMPAIGNS);
const needle = pick("e", "BRAND", "ö", "%", "_", "'", "ads", "1", "$1", "MOB");
const number = pick<number | string>(0, 1, 2.5, "0.5", "0.0000005", 1e3, "1e30", -1, 9007199254.740993);
const isOrdered = pick("greater", "greater-or-equal", "less", "less-or-equal", "equals", "not" as const);

const condition = fc.oneof(
  fc.record({ field: textField, op: pick("equals", "not"), value: textValue }),
  fc.record({ field: textField, op: pick("in", "not-in"), value: fc.array(textValue, { minLength: 1, maxLength: 3 }) }),
  fc.record({
    field: textField,
    op: pick("contains", "not-contains", "starts-with", "ends-with"),
    value: needle,
  }),
  fc.record({ field: fc.oneof(textField, pick("spend", "date")), op: pick("is-empty", "is-not-empty") }),
  fc.record({ field: pick("spend", "impressions", "reach"), op: isOrdered, value: number }),
  fc.record({ field: fc.constant("date"), op: isOrdered, value: day }),
  fc.record({
    field: fc.constant("spend"),
    op: fc.constant("between"),
    value: pick([0, 5], [1.5, "7.25"], ["-2", 1e4]),
  }),
);
const filters = fc.oneof(
  condition,
  fc.record({ and: fc.array(condition, { maxLength: 3 }) }),
  fc.record({
    or: fc.array(fc.oneof(condition, fc.record({ and: fc.array(condition, { maxLength: 2 }) })), { maxLength: 3 }),
  }),
);

const profit = { name: "profit", formula: "(sum(value) − spend) × 2" };
const range = fc.tuple(day, fc.integer({ min: 0, max: 22 })).map(([from, days]) => ({ from, to: shift(from, days) }))
  .filter(({ from, to }) => !isWholeMonths(from, to));

/** A question to the small dataset; "lines" is always asked for, so that there is always something to answer. */
export const question = (version: number): fc.Arbitrary<MetricQueryInput> =>
  fc.record({
    metrics: fc.uniqueArray(
      pick(
        "impressions",
        "spend",
        "ctr",
        "cpc",
        "profit",
        "largest",
        "smallest",
        "average",
        "priced",
        "countries",
        "campaigns",
        "reach",
      ),
      { maxLength: 3 },
    ),
    dimensions: fc.uniqueArray(textField, { maxLength: 2 }),
    grain: pick(undefined, undefined, "day", "week", "month", "quarter", "year" as const),
    range: fc.oneof(range, fc.constant(undefined)),
    compare: pick(undefined, undefined, "previous-period", "previous-year", "aligned-weekdays" as const),
    filters: fc.oneof(fc.constant(undefined), filters),
    asOf: pick(undefined, undefined, fc.integer({ min: 1, max: version })).chain((v) =>
      v === undefined ? fc.constant(undefined) : v
    ),
    order: fc.array(fc.tuple(fc.nat(6), pick("asc", "desc" as const)), { maxLength: 2 }),
    limit: fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 4 })),
    offset: pick(0, 0, 0, 1),
    totals: fc.boolean(),
    other: fc.boolean(),
  }).map(({ metrics, order, ...rest }) => {
    const names = [...metrics, "lines"];
    const ids = [...names, ...rest.dimensions, ...(rest.grain ? ["period"] : [])];
    // Months 364 days before are no months; that comparison has its own tests.
    const isLong = rest.grain !== undefined && rest.grain !== "day" && rest.grain !== "week";
    const compare = rest.compare === "aligned-weekdays" && isLong ? undefined : rest.compare;
    return JSON.parse(JSON.stringify({
      ...rest,
      dataset: "tests",
      compare: rest.range ? compare : undefined,
      metrics: names.map((name) => name === "profit" ? profit : name),
      order: order.map(([n, direction]) => ({ by: ids[n % ids.length], direction })),
      other: rest.other && rest.dimensions.length === 1 && rest.limit !== undefined,
    }));
  });

function shift(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

function periodOf(day: string, grain: string): { from: string; to: string } {
  if (grain === "month") {
    const next = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 1)).toISOString().slice(0, 10);
    return { from: `${day.slice(0, 7)}-01`, to: shift(next, -1) };
  }
  const monday = shift(day, -((new Date(day).getUTCDay() + 6) % 7));
  return { from: monday, to: shift(monday, 6) };
}

function isWholeMonths(from: string, to: string): boolean {
  return from.endsWith("-01") && shift(to, 1).endsWith("-01");
}
