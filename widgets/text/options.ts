import { z } from "zod";
import { datasetField } from "@/lib/widget/option_fields.ts";

/** Options of the text. */
export const textOptions = z.strictObject({
  text: z.string().max(20_000).default("").meta({ label: "Text", control: "markdown" }),
  dataset: datasetField.meta({ label: "Data of {{metrics}}", control: "dataset" }),
});
/** Options of the text. */
export type TextOptions = z.output<typeof textOptions>;
