/** How right the kept forecasts of a dataset were, as it is kept and shown. */
import { z } from "zod";
import { metricFormatSchema } from "./dataset.ts";
import { forecastGrainSchema } from "./forecast.ts";
import { daySchema } from "./ids.ts";

const scoreSchema = z.object({
  /** Settled periods behind the figures. */
  periods: z.int(),
  /** Mean size of the errors, as a share of the mean size of what came. */
  error: z.number(),
  /** The same of repeating the last season. */
  naive: z.number(),
  /** Share of what came that lay inside each band. */
  inside80: z.number(),
  inside95: z.number(),
});
/** How a group of forecast periods came out. */
export type AccuracyScore = z.output<typeof scoreSchema>;

const missSchema = z.object({
  metric: z.string(),
  format: metricFormatSchema,
  currency: z.string().nullable(),
  /** What it was filtered to, in words with names; empty for all of it. */
  of: z.string(),
  period: daySchema,
  grain: forecastGrainSchema,
  expected: z.number(),
  lower: z.number(),
  upper: z.number(),
  came: z.number(),
  /** How many times as far off as the 95 % band reached. */
  times: z.number(),
  model: z.string(),
});
/** A period that came out far from what was expected. */
export type ForecastMiss = z.output<typeof missSchema>;

/** How right a dataset's forecasts were. */
export const accuracyReportSchema = z.looseObject({
  /** The dataset. */
  id: z.string(),
  made: z.string(),
  /** Forecasts that were looked at, and those among them that do not stand any more. */
  forecasts: z.int(),
  outdated: z.int(),
  /** Of those, how many for each reason. */
  outdatedBy: z.record(z.string(), z.int()).default({}),
  overall: scoreSchema.nullable(),
  /** By the ISO week of the periods forecast, oldest first. */
  weeks: z.array(scoreSchema.extend({ week: daySchema })),
  models: z.array(scoreSchema.extend({ model: z.string(), forecasts: z.int() })),
  /** By how far ahead a period lay. */
  distances: z.array(scoreSchema.extend({ title: z.string() })),
  misses: z.array(missSchema),
});
/** How right a dataset's forecasts were. */
export type AccuracyReport = z.output<typeof accuracyReportSchema>;
