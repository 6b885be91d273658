import { z } from "zod";
import { slugSchema } from "@/lib/model/mod.ts";
import { datasetField, grainField, metricField } from "@/lib/widget/option_fields.ts";

/** Options of the combo chart. */
export const comboOptions = z.strictObject({
  dataset: datasetField,
  metric: metricField.meta({ label: "Bars", control: "metric" }),
  line: slugSchema.optional().meta({ label: "Line", control: "metric" }),
  grain: grainField,
});
/** Options of the combo chart. */
export type ComboOptions = z.output<typeof comboOptions>;
