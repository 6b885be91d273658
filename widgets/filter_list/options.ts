import { z } from "zod";
import { datasetField, dimensionField, metricField } from "@/lib/widget/option_fields.ts";

/** Options of the filter list. */
export const filterListOptions = z.strictObject({
  dataset: datasetField,
  dimension: dimensionField.meta({ label: "Values of", control: "dimension" }).default("platform"),
  metric: metricField.meta({ label: "Number beside each", control: "metric" }),
  limit: z.int().min(1).max(500).default(100).meta({ label: "Values at most", control: "number" }),
});
/** Options of the filter list. */
export type FilterListOptions = z.output<typeof filterListOptions>;
