/** MetricQuery: a question to one dataset, as it comes from outside (API, widgets). */
import { z } from "zod";
import { daySchema, slugSchema } from "./ids.ts";

/** Calendar units; weeks are ISO weeks named by their Monday. */
export const grainSchema = z.enum(["day", "week", "month", "quarter", "year"]);
/** Calendar unit. */
export type Grain = z.output<typeof grainSchema>;

/** A date range: absolute, the last so many units, or a calendar unit that contains today or lies before it. */
export const dateRangeSchema = z.union([
  z.strictObject({ from: daySchema, to: daySchema }).refine((r) => r.from <= r.to, "from must not be after to"),
  z.strictObject({
    last: z.int().min(1).max(3_660),
    unit: z.enum(["day", "week", "month", "quarter", "year"]),
    includeToday: z.boolean().optional(),
  }),
  z.strictObject({ this: grainSchema, includeToday: z.boolean().optional() }),
  z.strictObject({ previous: grainSchema }),
  z.strictObject({ all: z.literal(true) }),
]);
/** A date range. */
export type DateRange = z.output<typeof dateRangeSchema>;

const scalarSchema = z.union([z.string().max(2_000), z.number()]);

/** One condition on one column (or, for `between` and comparisons, on a measure's stored value). */
export const conditionSchema = z.discriminatedUnion("op", [
  z.strictObject({ field: slugSchema, op: z.enum(["equals", "not"]), value: scalarSchema }),
  z.strictObject({ field: slugSchema, op: z.enum(["in", "not-in"]), value: z.array(scalarSchema).min(1).max(1_000) }),
  z.strictObject({
    field: slugSchema,
    op: z.enum(["contains", "not-contains", "starts-with", "ends-with"]),
    value: z.string().min(1).max(2_000),
  }),
  z.strictObject({
    field: slugSchema,
    op: z.enum(["greater", "greater-or-equal", "less", "less-or-equal"]),
    value: scalarSchema,
  }),
  z.strictObject({ field: slugSchema, op: z.literal("between"), value: z.tuple([scalarSchema, scalarSchema]) }),
  z.strictObject({ field: slugSchema, op: z.enum(["is-empty", "is-not-empty"]), value: z.null().optional() }),
]);
/** One condition. */
export type Condition = z.output<typeof conditionSchema>;

/** A condition, or an and/or group of filters. */
export type Filter = Condition | { and: Filter[] } | { or: Filter[] };
/** A condition, or an and/or group of at most 100 members. How deep groups nest is bounded where JSON comes in. */
export const filterSchema: z.ZodType<Filter, unknown> = z.union([
  z.strictObject({ and: z.array(z.lazy(() => filterSchema)).max(100) }),
  z.strictObject({ or: z.array(z.lazy(() => filterSchema)).max(100) }),
  conditionSchema,
]).meta({ id: "Filter" });

/** A formula with a name of its own. */
export const inlineMetricSchema = z.strictObject({
  name: slugSchema,
  formula: z.string().min(1).max(2_000),
  title: z.string().max(200).optional(),
  format: z.enum(["integer", "decimal", "currency", "percent", "ratio", "seconds"]).optional(),
  better: z.enum(["up", "down", "none"]).optional(),
  /** Stands in for a metric of the dataset that has this name; without it such a name is refused. */
  shadow: z.boolean().optional(),
});
/** A formula with a name of its own. */
export type InlineMetric = z.output<typeof inlineMetricSchema>;

/** A metric by name, or an inline formula with a name of its own. */
export const metricRefSchema = z.union([slugSchema, inlineMetricSchema]);

/** A question to one dataset. */
export const metricQuerySchema = z.strictObject({
  dataset: slugSchema,
  metrics: z.array(metricRefSchema).min(1).max(50),
  dimensions: z.array(slugSchema).max(10).default([]),
  /** Adds the field `period`: the first day of each unit. */
  grain: grainSchema.optional(),
  range: dateRangeSchema.optional(),
  compare: z.enum(["previous-period", "previous-year", "aligned-weekdays"]).optional(),
  filters: filterSchema.optional(),
  /** A dataset version, an import's id, or a moment (ISO 8601): the state as it was then. */
  asOf: z.union([z.int().min(0), z.string().min(1).max(128)]).optional(),
  order: z.array(
    z.strictObject({ by: slugSchema, direction: z.enum(["ascending", "descending", "asc", "desc"]).default("asc") }),
  )
    .max(10).default([]),
  limit: z.int().min(1).max(100_000).optional(),
  offset: z.int().min(0).max(10_000_000).default(0),
  totals: z.boolean().default(false),
  /** With `limit` and one dimension: what is past the limit answers as one row, marked `other: true`. */
  other: z.boolean().default(false),
  /** Currency to convert amounts to; without it amounts stay in their own. */
  currency: z.string().regex(/^[A-Z]{3}$/).optional(),
});
/** A question to one dataset, defaults filled in. */
export type MetricQuery = z.output<typeof metricQuerySchema>;
/** A question to one dataset, as authors write it. */
export type MetricQueryInput = z.input<typeof metricQuerySchema>;
