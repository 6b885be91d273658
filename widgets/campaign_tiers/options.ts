import { z } from "zod";
import { filterSchema, tierSchema } from "@/lib/model/mod.ts";
import { datasetField } from "@/lib/widget/option_fields.ts";

/** Options of the campaign tiers. */
export const campaignTiersOptions = z.strictObject({
  dataset: datasetField,
  show: z.array(tierSchema).max(4).default([]).meta({
    label: "Only these tiers",
    control: "choices",
    help: "None chosen: all",
  }),
  within: filterSchema.optional().meta({ label: "Only within", control: "filter" }),
  limit: z.int().min(1).max(200).default(20).meta({ label: "Campaigns at most", control: "number" }),
  reasons: z.boolean().default(true).meta({ label: "Show what they behave like", control: "switch" }),
});
/** Options of the campaign tiers. */
export type CampaignTiersOptions = z.output<typeof campaignTiersOptions>;
