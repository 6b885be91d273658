import { z } from "zod";
import { filterSchema, slugSchema } from "@/lib/model/mod.ts";
import { datasetField } from "@/lib/widget/option_fields.ts";

/** Options of the anomaly timeline. */
export const anomalyTimelineOptions = z.strictObject({
  dataset: datasetField,
  only: slugSchema.optional().meta({ label: "Only of this metric", control: "metric" }),
  of: z.enum(["all", "whole", "parts"]).default("all").meta({
    label: "Of",
    control: "choice",
    titles: { all: "Everything and its parts", whole: "Everything", parts: "Platforms and campaigns" },
  }),
  within: filterSchema.optional().meta({
    label: "Only within",
    control: "filter",
    help: "One platform or one campaign, for example",
  }),
  days: z.int().min(7).max(400).default(90).meta({ label: "Newest days", control: "number" }),
  chart: z.boolean().default(true).meta({ label: "Show the days as bars", control: "switch" }),
  aside: z.boolean().default(false).meta({ label: "Show what was put aside", control: "switch" }),
});
/** Options of the anomaly timeline. */
export type AnomalyTimelineOptions = z.output<typeof anomalyTimelineOptions>;
