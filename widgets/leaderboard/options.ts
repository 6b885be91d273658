import { z } from "zod";
import { datasetField, dimensionField, metricField } from "@/lib/widget/option_fields.ts";

/** Options of the leaderboard. */
export const leaderboardOptions = z.strictObject({
  dataset: datasetField,
  metric: metricField,
  dimension: dimensionField.default("campaign"),
  limit: z.int().min(1).max(50).default(6).meta({ label: "Places", control: "number" }),
  direction: z.enum(["desc", "asc"]).default("desc").meta({ label: "Order", control: "choice" }),
  other: z.boolean().default(true).meta({ label: "Show the others", control: "switch" }),
});
/** Options of the leaderboard. */
export type LeaderboardOptions = z.output<typeof leaderboardOptions>;
