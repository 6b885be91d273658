import { z } from "zod";
import { datasetField, grainField, metricField } from "@/lib/widget/option_fields.ts";

/** Options of the KPI card. */
export const kpiOptions = z.strictObject({
  dataset: datasetField,
  metric: metricField,
  grain: grainField.meta({ label: "Sparkline by", control: "grain" }),
  sparkline: z.boolean().default(true).meta({ label: "Show a sparkline", control: "switch" }),
  goal: z.number().optional().meta({ label: "Goal", control: "number" }),
});
/** Options of the KPI card. */
export type KpiOptions = z.output<typeof kpiOptions>;
