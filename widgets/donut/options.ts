import { z } from "zod";
import { datasetField, dimensionField, metricField } from "@/lib/widget/option_fields.ts";

/** Options of the donut. */
export const donutOptions = z.strictObject({
  dataset: datasetField,
  metric: metricField,
  dimension: dimensionField.default("platform"),
  limit: z.int().min(2).max(8).default(6).meta({ label: "Parts at most", control: "number" }),
});
/** Options of the donut. */
export type DonutOptions = z.output<typeof donutOptions>;
