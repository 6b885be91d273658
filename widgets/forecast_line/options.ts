import { z } from "zod";
import { datasetField, metricField } from "@/lib/widget/option_fields.ts";

/** Options of the forecast line. */
export const forecastLineOptions = z.strictObject({
  dataset: datasetField,
  metric: metricField,
  grain: z.enum(["day", "week", "month"]).default("day").meta({ label: "Group by", control: "choice" }),
  horizon: z.int().min(1).max(180).default(30).meta({ label: "Periods ahead", control: "number" }),
  history: z.int().min(7).max(800).default(90).meta({ label: "Periods shown before", control: "number" }),
  bands: z.enum(["80", "95", "both"]).default("both").meta({ label: "Bands (percent)", control: "choice" }),
  marks: z.boolean().default(true).meta({ label: "Mark days that stand out", control: "switch" }),
  earlier: z.boolean().default(true).meta({ label: "Show what was expected 30 days ago", control: "switch" }),
});
/** Options of the forecast line. */
export type ForecastLineOptions = z.output<typeof forecastLineOptions>;
