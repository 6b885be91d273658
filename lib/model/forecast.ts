/** Forecast: expected values of one metric with a band, and how far they can be relied on. */
import { z } from "zod";
import { metricFormatSchema } from "./dataset.ts";
import { daySchema, slugSchema } from "./ids.ts";
import { filterSchema, metricQuerySchema } from "./metric_query.ts";
import { noticeSchema } from "./metric_result.ts";

/** Calendar units that are forecast. */
export const forecastGrainSchema = z.enum(["day", "week", "month"]);
/** Calendar unit of a forecast. */
export type ForecastGrain = z.output<typeof forecastGrainSchema>;

/** Farthest that is asked for: beyond, bands say nothing that is of use. */
export const forecastHorizonSchema = z.int().min(1).max(366);

/** Calendar units whose sum can be expected. */
export const forecastUnitSchema = z.enum(["week", "month", "quarter"]);
/** Calendar unit whose sum can be expected. */
export type ForecastUnit = z.output<typeof forecastUnitSchema>;

/** A question about what is to come: one metric of one dataset by grain, and how far. */
export const forecastQuerySchema = metricQuerySchema.pick({
  dataset: true,
  filters: true,
  range: true,
  asOf: true,
  currency: true,
}).extend({
  /** Exactly one: a name, or an inline formula. */
  metrics: metricQuerySchema.shape.metrics.max(1),
  grain: forecastGrainSchema.default("day"),
  /** Periods after the last complete one. */
  horizon: forecastHorizonSchema.default(30),
  /** By day, of what adds up: also what the unit that is under way comes to; the horizon reaches its end then. */
  total: forecastUnitSchema.optional(),
});
/** A question about what is to come, defaults filled in. */
export type ForecastQuery = z.output<typeof forecastQuerySchema>;
/** A question about what is to come, as authors write it. */
export type ForecastQueryInput = z.input<typeof forecastQuerySchema>;

/** One period that was forecast. */
export const forecastPointSchema = z.object({
  /** First day of the period. */
  period: daySchema,
  value: z.number(),
  lower80: z.number(),
  upper80: z.number(),
  lower95: z.number(),
  upper95: z.number(),
  /** What repeating the last season says. */
  naive: z.number(),
});
/** One period that was forecast. */
export type ForecastPoint = z.output<typeof forecastPointSchema>;

/** What a calendar unit comes to: what is final, and what is expected on top. */
export const forecastTotalSchema = z.object({
  unit: forecastUnitSchema,
  from: daySchema,
  to: daySchema,
  /** The sum of the days that are final and learned from. */
  settled: z.number(),
  /** By day that is over: the sum up to it, also of numbers that may still change. None on the unit's first morning. */
  course: z.array(z.object({ period: daySchema, value: z.number() })),
  /** Of each expected day: the sum from the unit's first day on, final days included. The last is the unit's. */
  points: z.array(forecastPointSchema.omit({ naive: true })).min(1),
});
/** What a calendar unit comes to. */
export type ForecastTotal = z.output<typeof forecastTotalSchema>;

const errorsSchema = z.object({
  mase: z.number().nullable(),
  smape: z.number().nullable(),
  mae: z.number().nullable(),
});
/** How the model did when it looked back, beside repeating the last season. */
export const forecastBacktestSchema = errorsSchema.extend({
  origins: z.int(),
  points: z.int(),
  naive: errorsSchema,
  beatsNaive: z.boolean().nullable(),
  members: z.record(z.string(), z.number()),
});

/** Periods without numbers inside a series. */
export const forecastGapSchema = z.object({ from: daySchema, to: daySchema, periods: z.int() });
/** Periods without numbers inside a series. */
export type ForecastGap = z.output<typeof forecastGapSchema>;

/** What a forecast says and what it is made of. */
export const forecastSchema = z.object({
  dataset: slugSchema,
  metric: z.object({
    name: slugSchema,
    title: z.string(),
    format: metricFormatSchema,
    better: z.enum(["up", "down", "none"]),
  }),
  filters: filterSchema.nullable(),
  grain: forecastGrainSchema,
  currency: z.string().nullable(),
  /** Dataset version that it was made from. */
  version: z.int(),
  /** Tells one meaning of the metric from another: its formula, taken apart. */
  definition: z.string(),
  /** First period and last day of what the models saw. */
  trained: z.object({ from: daySchema, to: daySchema, periods: z.int() }),
  /** Days after which this metric's numbers count as final. */
  maturityDays: z.int(),
  /** The last day that was over; periods after `trained.to` up to here are too young to learn from. */
  complete: daySchema,
  points: z.array(forecastPointSchema),
  /** Where it was asked for. */
  total: forecastTotalSchema.optional(),
  model: z.string(),
  weights: z.record(z.string(), z.number()),
  backtest: forecastBacktestSchema,
  /** Gaps that were filled for the models. */
  filled: z.array(forecastGapSchema),
  notices: z.array(noticeSchema),
});
/** What a forecast says and what it is made of. */
export type Forecast = z.output<typeof forecastSchema>;

/** A value as it stood. */
export const actualPointSchema = z.object({ period: daySchema, value: z.number().nullable(), final: z.boolean() });
/** A value as it stood; `final` where no platform corrects it any more. */
export type ActualPoint = z.output<typeof actualPointSchema>;

/** The answer to a ForecastQuery: the forecast, the numbers before it, and what was said some time ago. */
export const forecastResultSchema = forecastSchema.extend({
  state: z.literal("ready"),
  /** What is there, oldest first; numbers that may still change are not final. */
  actuals: z.array(actualPointSchema),
  /** The stored forecast made 30 days ago, or the last one before; null where none is kept. */
  earlier: z.object({ made: z.string(), to: daySchema, points: z.array(forecastPointSchema) }).nullable(),
});
/** The answer to a ForecastQuery. */
export type ForecastResult = z.output<typeof forecastResultSchema>;

/** Why nothing is forecast, and how much more data would change that. */
export const forecastRefusedSchema = z.object({
  state: z.literal("refused"),
  code: z.string(),
  message: z.string(),
  /** Periods there are and periods it takes, where more data is the cure. */
  have: z.int().optional(),
  need: z.int().optional(),
});
/** What a widget is given for a question of the kind `forecast`. */
export type ForecastAnswer = ForecastResult | z.output<typeof forecastRefusedSchema>;
