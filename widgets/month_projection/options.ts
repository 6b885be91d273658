import { z } from "zod";
import { datasetField, metricField } from "@/lib/widget/option_fields.ts";

/** Options of the projection. */
export const monthProjectionOptions = z.strictObject({
  dataset: datasetField,
  metric: metricField.meta({ label: "Metric", control: "metric", help: "One whose days add up: an amount or a count" }),
  unit: z.enum(["week", "month", "quarter"]).default("month").meta({ label: "By the end of the", control: "choice" }),
  target: z.number().positive().optional().meta({
    label: "Target",
    control: "number",
    help: "Shows how likely it is to be reached, or to be kept within where less is better",
  }),
  before: z.boolean().default(true).meta({ label: "Show the one before", control: "switch" }),
});
/** Options of the projection. */
export type MonthProjectionOptions = z.output<typeof monthProjectionOptions>;
