import { z } from "zod";
import { metricFormatSchema } from "./dataset.ts";
import { daySchema, slugSchema } from "./ids.ts";

/** What a result's column is: `period` and dimensions carry text, metrics carry numbers. */
export const resultColumnSchema = z.object({
  name: slugSchema,
  title: z.string(),
  role: z.enum(["period", "dimension", "metric"]),
  format: z.union([metricFormatSchema, z.enum(["text", "date"])]),
  better: z.enum(["up", "down", "none"]).optional(),
});
/** What a result's column is. */
export type ResultColumn = z.output<typeof resultColumnSchema>;

/** A cell: text for dimensions and periods, a number for metrics, null for "no value" (never 0). */
export const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** A cell. */
export type Cell = z.output<typeof cellSchema>;
/** One row by column name; `other: true` marks the row that stands for everything past the limit. */
export const resultRowSchema = z.record(z.string(), cellSchema);
/** One row by column name. */
export type ResultRow = z.output<typeof resultRowSchema>;

/** Something that could not be answered as asked. */
export const noticeSchema = z.object({ code: z.string(), message: z.string(), metric: z.string().optional() });
/** Something that could not be answered as asked. */
export type Notice = z.output<typeof noticeSchema>;

const rangeSchema = z.object({ from: daySchema, to: daySchema });

/** The answer to a MetricQuery. */
export const metricResultSchema = z.object({
  columns: z.array(resultColumnSchema),
  rows: z.array(resultRowSchema),
  /** From the parts of *all* rows; null when not asked for. Amounts are null where several currencies stand. */
  totals: resultRowSchema.nullable(),
  /** The same per currency, `currency` first, where several stand without a base; otherwise null. */
  totalsByCurrency: z.array(resultRowSchema).nullable(),
  /** `rows[i]` is what `rows[i]` of the result is compared with: same dimensions, its own period; metrics null where nothing stands. */
  comparison: z.object({
    kind: z.enum(["previous-period", "previous-year", "aligned-weekdays"]),
    range: rangeSchema,
    rows: z.array(resultRowSchema),
    totals: resultRowSchema.nullable(),
    /** `totalsByCurrency[i]` is what `totalsByCurrency[i]` of the result is compared with. */
    totalsByCurrency: z.array(resultRowSchema).nullable(),
    /**
     * The answer itself over the days that are compared, row by row: changes are worked out from these. Null where that
     * is the whole answer; otherwise days that were not over, or whose counterpart was not, are left out on both sides.
     */
    current: z.object({
      rows: z.array(resultRowSchema),
      totals: resultRowSchema.nullable(),
      totalsByCurrency: z.array(resultRowSchema).nullable(),
    }).nullable(),
  }).nullable(),
  meta: z.object({
    /** When the data last changed, ISO 8601; null for a dataset without data. */
    asOf: z.string().nullable(),
    version: z.int(),
    cached: z.boolean(),
    milliseconds: z.number(),
    /** How many rows the question has before limit and offset. */
    rows: z.int(),
    range: rangeSchema.nullable(),
    /** The levels that answered, as text ("campaign + device"). */
    levels: z.array(z.string()),
    /** The rollup that answered; absent where the rows did. */
    rollup: z.enum(["day", "month"]).optional(),
    /** Days in the range that were not over when they were reported. */
    provisional: z.array(daySchema),
    /** Metrics that platforms may still correct, from this day of the range on; absent where all are final. */
    notFinal: z.array(z.object({ metric: slugSchema, from: daySchema, platforms: z.array(z.string()) })).optional(),
    /** The one currency of all amounts; null where several stand. */
    currency: z.string().nullable(),
    notices: z.array(noticeSchema),
  }),
});
/** The answer to a MetricQuery. */
export type MetricResult = z.output<typeof metricResultSchema>;
