/** Anomaly: a day that came out otherwise than expected, or a day from which on a metric keeps another level. */
import { z } from "zod";
import { metricFormatSchema } from "./dataset.ts";
import { forecastQuerySchema } from "./forecast.ts";
import { daySchema, slugSchema } from "./ids.ts";
import { filterSchema } from "./metric_query.ts";

/** What one detector saw of a day. */
export const anomalyEvidenceSchema = z.discriminatedUnion("detector", [
  /** The 95 % band that the day lies outside: of a kept forecast, or of one made looking back from the week before. */
  z.object({
    detector: z.literal("band"),
    source: z.enum(["forecast", "look-back"]),
    /** Last day that it was learned from. */
    trainedTo: daySchema,
    expected: z.number(),
    lower: z.number(),
    upper: z.number(),
    /** How many times as far off as the band reaches. */
    times: z.number(),
  }),
  /** How far the day lies from such days in the weeks around it, in their median deviations. */
  z.object({ detector: z.literal("weeks"), usual: z.number(), score: z.number() }),
  /** The mean levels before and after the day. */
  z.object({ detector: z.literal("level"), before: z.number(), after: z.number() }),
]);
/** What one detector saw of a day. */
export type AnomalyEvidence = z.output<typeof anomalyEvidenceSchema>;

/** What the difference is worth, and why. */
export const anomalyWorthSchema = z.object({
  /** In the currency's units; for a change of level a day. Its sign is that of the difference. */
  amount: z.number(),
  currency: z.string().nullable(),
  /** Null where the metric is an amount itself; else the usual money a unit, and what kind of money that is. */
  each: z.object({ amount: z.number(), metric: z.string() }).nullable(),
});
/** What the difference is worth. */
export type AnomalyWorth = z.output<typeof anomalyWorthSchema>;

/** The one value that most of a difference comes from. */
export const anomalyCauseSchema = z.object({
  field: slugSchema,
  value: z.string(),
  /** Of the difference to the expected; at most 1. */
  share: z.number(),
  /** It had no rows at all that day. */
  silent: z.boolean(),
});

/** One thing that happened to an anomaly. */
export const anomalyEventSchema = z.object({
  at: z.string(),
  by: z.string(),
  what: z.enum(["found", "changed", "gone", "back", "dismissed", "restored"]),
  note: z.string().default(""),
});

/** An anomaly as it is kept. Unknown fields survive. */
export const anomalySchema = z.looseObject({
  /** `<series>.<day>`, with `.level` for a change of level: one anomaly a series and day. */
  id: z.string(),
  dataset: slugSchema,
  kind: z.enum(["day", "level"]),
  /** The key of the forecasts of the same metric, filter and currency. */
  series: z.string(),
  day: daySchema,
  question: forecastQuerySchema,
  metric: z.object({
    name: slugSchema,
    title: z.string(),
    format: metricFormatSchema,
    better: z.enum(["up", "down", "none"]),
  }),
  currency: z.string().nullable(),
  filters: filterSchema.nullable(),
  /** What it is filtered to besides a currency; empty for everything. */
  scope: z.array(z.object({ field: slugSchema, value: z.string() })),
  /** Tells one meaning of the metric from another. */
  definition: z.string(),
  /** What came, or the level from the day on. */
  actual: z.number(),
  /** What was expected, or the level before. */
  expected: z.number(),
  /** Null where it has no price. */
  worth: anomalyWorthSchema.nullable(),
  cause: anomalyCauseSchema.nullable(),
  evidence: z.array(anomalyEvidenceSchema),
  /** An anomaly of the same day and metric that this one is part of. */
  within: z.string().nullable(),
  state: z.enum(["open", "gone"]),
  /** Why it does not stand any more, and what the day says now. */
  gone: z.object({
    reason: z.enum(["corrected", "removed", "formula", "new-level", "usual"]),
    at: z.string(),
    actual: z.number().nullable(),
  }).nullable(),
  /** Whether it stands open or gone, a person may have put it aside; it stays so until a person brings it back. */
  dismissed: z.object({ reason: z.string(), by: z.string(), at: z.string() }).nullable(),
  found: z.string(),
  /** The newest things that happened to it, oldest first. */
  history: z.array(anomalyEventSchema),
});
/** An anomaly as it is kept. */
export type Anomaly = z.output<typeof anomalySchema>;

/** An anomaly as it is answered: with the version that a change has to name, and in words. */
export const shownAnomalySchema = anomalySchema.extend({ version: z.int(), sentence: z.string() });
/** An anomaly as it is answered. */
export type ShownAnomaly = z.output<typeof shownAnomalySchema>;

/** A question for what stood out. */
export const anomaliesQuerySchema = z.strictObject({
  dataset: slugSchema,
  /** Only of this metric. */
  metric: slugSchema.optional(),
  /** Of everything, or of what is filtered to these values. */
  filters: filterSchema.optional(),
  /** The newest days looked at, counted from the last one there is. */
  days: z.int().min(1).max(400).default(90),
  state: z.enum(["open", "dismissed", "gone", "all"]).default("all"),
  /** Of everything, of single platforms and campaigns, or both. */
  of: z.enum(["all", "whole", "parts"]).default("all"),
  /** Only anomalies of exactly this metric and filter, parts of larger ones too: what a chart of it marks. */
  exact: z.boolean().default(false),
});
/** A question for what stood out, defaults filled in. */
export type AnomaliesQuery = z.output<typeof anomaliesQuerySchema>;
/** A question for what stood out, as authors write it. */
export type AnomaliesQueryInput = z.input<typeof anomaliesQuerySchema>;

/** What stood out, and how much was watched. */
export const anomaliesAnswerSchema = z.object({
  /** The days that were asked for; null without data. */
  range: z.object({ from: daySchema, to: daySchema }).nullable(),
  anomalies: z.array(shownAnomalySchema),
  /** What the last run watched; null before the first. */
  watch: z.object({
    made: z.string(),
    /** Series that were long and thick enough. */
    series: z.int(),
    /** Days with final numbers that there are, and how many it takes. */
    have: z.int(),
    need: z.int(),
  }).nullable(),
});
/** What stood out, and how much was watched. */
export type AnomaliesAnswer = z.output<typeof anomaliesAnswerSchema>;
