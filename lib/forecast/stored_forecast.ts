import { createHash } from "node:crypto";
import { z } from "zod";
import type { Collection } from "@/lib/documents/mod.ts";
import { daySchema, type Filter, type ForecastQuery, forecastQuerySchema, forecastSchema } from "@/lib/model/mod.ts";

const settledValueSchema = z.object({ value: z.number(), at: z.string() });

/** What came of a forecast period: as it stood when it was over, and when no platform corrects it any more. */
export const settledPeriodSchema = z.object({
  period: daySchema,
  first: settledValueSchema.nullable(),
  final: settledValueSchema.nullable(),
});
/** What came of a forecast period. */
export type SettledPeriod = z.output<typeof settledPeriodSchema>;

/** A forecast as it is kept: what was said, of what, and later what came. */
export const storedForecastSchema = z.looseObject({
  /** `<series>.<last day learned from>.v<dataset version>`: the same forecast twice cannot be. */
  id: z.string(),
  dataset: z.string(),
  /** The same for every forecast of one metric, filter and grain. */
  series: z.string(),
  question: forecastQuerySchema,
  trainedTo: daySchema,
  /** ISO 8601. */
  made: z.string(),
  forecast: forecastSchema,
  /** `open` until every period's final value is known; `outdated` where what it was made of does not stand any more. */
  state: z.enum(["open", "settled", "outdated"]),
  settled: z.array(settledPeriodSchema),
  outdated: z.object({ reason: z.enum(["rollback", "restore", "formula"]), at: z.string() }).nullable().default(null),
});
/** A forecast as it is kept. */
export type StoredForecast = z.output<typeof storedForecastSchema>;

/** Forecasts, by what they are of and when they were made. */
export const forecastsCollection: Collection<StoredForecast> = {
  name: "forecasts",
  schema: storedForecastSchema,
  indexes: {
    bySeries: { fields: ["series", "trainedTo"] },
    byState: { fields: ["dataset", "state"] },
    byMade: { fields: ["dataset", "made"] },
  },
};

/** What all forecasts of one metric, filter, currency and grain have in common. */
export function seriesKey({ dataset, metrics: [metric], filters, grain, currency }: ForecastQuery): string {
  const parts = [dataset, metric, plain(filters) ?? null, grain, currency ?? null];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 24);
}

/** A group of one is that one; the order in a group means nothing. */
function plain(filter: Filter | undefined): Filter | undefined {
  if (!filter || "field" in filter) return filter;
  const [kind, members] = "and" in filter ? ["and", filter.and] as const : ["or", filter.or] as const;
  const known = members.map(plain).filter((one) => one !== undefined);
  if (known.length < 2) return known[0];
  known.sort((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return kind === "and" ? { and: known } : { or: known };
}
