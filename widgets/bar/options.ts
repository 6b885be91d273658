import { z } from "zod";
import { grainSchema, slugSchema } from "@/lib/model/mod.ts";
import { datasetField, dimensionField, moreMetricsField } from "@/lib/widget/option_fields.ts";

/** Options of the bar chart. Without a dimension and a grain the bars are months. */
export const barOptions = z.strictObject({
  dataset: datasetField,
  metric: slugSchema.optional().meta({ label: "Metric", control: "metric" }),
  metrics: moreMetricsField,
  dimension: dimensionField.optional(),
  grain: grainSchema.optional().meta({ label: "Group by", control: "grain" }),
  mode: z.enum(["grouped", "stacked", "share"]).optional().meta({ label: "Bars", control: "choice" }),
  horizontal: z.boolean().default(false).meta({ label: "Bars lie down", control: "switch" }),
  limit: z.int().min(1).max(30).default(6).meta({ label: "Values at most", control: "number" }),
}).refine(({ metric, metrics }) => metric !== undefined || metrics.length > 0, "choose a metric");
/** Options of the bar chart. */
export type BarOptions = z.output<typeof barOptions>;
