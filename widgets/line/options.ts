import { z } from "zod";
import { slugSchema } from "@/lib/model/mod.ts";
import { datasetField, dimensionField, grainField, moreMetricsField } from "@/lib/widget/option_fields.ts";

/** Options of the line chart. */
export const lineOptions = z.strictObject({
  dataset: datasetField,
  metric: slugSchema.optional().meta({ label: "Metric", control: "metric" }),
  metrics: moreMetricsField.meta({
    label: "More metrics",
    control: "metrics",
    when: { dimension: { set: false } }, // by a dimension there is a line per value of one metric
  }),
  grain: grainField,
  dimension: dimensionField.optional(),
  limit: z.int().min(1).max(8).default(5).meta({ label: "Lines at most", control: "number" }),
  shape: z.enum(["line", "area"]).default("line").meta({ label: "Shape", control: "choice" }),
  stacked: z.boolean().default(false).meta({ label: "Stack the areas", control: "switch" }),
}).refine(({ metric, metrics }) => metric !== undefined || metrics.length > 0, "choose a metric");
/** Options of the line chart. */
export type LineOptions = z.output<typeof lineOptions>;
