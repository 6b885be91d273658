import { z } from "zod";
import { grainSchema, slugSchema } from "@/lib/model/mod.ts";
import { datasetField, moreMetricsField } from "@/lib/widget/option_fields.ts";

/** Options of the table. */
export const tableOptions = z.strictObject({
  dataset: datasetField,
  metric: slugSchema.optional().meta({ label: "Metric", control: "metric" }),
  metrics: moreMetricsField,
  dimensions: z.array(slugSchema).max(5).default(["campaign"]).meta({ label: "Rows", control: "dimensions" }),
  grain: grainSchema.optional().meta({ label: "Rows by period", control: "grain" }),
  sort: slugSchema.optional().meta({ label: "Sorted by", control: "metric" }),
  direction: z.enum(["asc", "desc"]).default("desc").meta({ label: "Order", control: "choice" }),
  limit: z.int().min(1).max(1_000).default(200).meta({ label: "Rows at most", control: "number" }),
  pageSize: z.int().min(1).max(100).optional().meta({ label: "Rows per page", control: "number" }),
  bars: z.boolean().default(true).meta({ label: "Bars in the first metric", control: "switch" }),
  change: z.boolean().default(true).meta({ label: "Show the change", control: "switch" }),
  totals: z.boolean().default(true).meta({ label: "Show totals", control: "switch" }),
}).refine(({ metric, metrics }) => metric !== undefined || metrics.length > 0, "choose a metric")
  .refine(({ dimensions, grain }) => dimensions.length > 0 || grain !== undefined, "choose what the rows are");
/** Options of the table. */
export type TableOptions = z.output<typeof tableOptions>;
