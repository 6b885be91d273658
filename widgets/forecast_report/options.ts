import { z } from "zod";
import { datasetField } from "@/lib/widget/option_fields.ts";

/** Options of the report card. */
export const forecastReportOptions = z.strictObject({
  dataset: datasetField,
  chart: z.boolean().default(true).meta({ label: "Show accuracy over time", control: "switch" }),
  misses: z.int().min(0).max(12).default(3).meta({ label: "Worst misses", control: "number" }),
});
/** Options of the report card. */
export type ForecastReportOptions = z.output<typeof forecastReportOptions>;
