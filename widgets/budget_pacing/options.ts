import { z } from "zod";
import { datasetField, metricField } from "@/lib/widget/option_fields.ts";

/** Options of the pacing. */
export const budgetPacingOptions = z.strictObject({
  dataset: datasetField,
  metric: metricField.default("spend"),
  unit: z.enum(["week", "month", "quarter"]).default("month").meta({ label: "Budget of a", control: "choice" }),
  budget: z.number().positive().optional().meta({
    label: "Budget",
    control: "number",
    help: "Left empty, what the one before came to is the plan",
  }),
});
/** Options of the pacing. */
export type BudgetPacingOptions = z.output<typeof budgetPacingOptions>;
