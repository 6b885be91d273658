/** `targets`: budgets, goals and margins that results are held against. */
import { type Dataset, datasetSchema } from "../dataset.ts";
import { currency, fraction, identity, money, notAdditive, origin, time } from "./columns.ts";
import { only, sum } from "./metrics.ts";

/** Budgets, goals and margins. */
export const targetsDataset: Dataset = datasetSchema.parse({
  id: "targets",
  title: "Targets",
  description: "Budgets, goals and margins that results are held against",
  builtIn: true,
  columns: [
    time(["Day", "Month", "Period"]),
    ...origin([], ["Account name"]),
    identity("campaign_id", "Campaign ID"),
    identity("campaign", "Campaign", ["Campaign name"], { labels: "campaign_id" }),
    identity("country", "Country"),
    currency(),
    money("budget", "Budget", ["Planned spend", "Spend target", "Media budget"], { min: 0 }),
    fraction("conversions_goal", "Conversions goal", ["Goal conversions", "Target conversions"], { min: 0 }),
    fraction("leads_goal", "Leads goal", ["Goal leads", "Target leads"], { min: 0 }),
    money("value_goal", "Value goal", ["Revenue goal", "Goal revenue", "Target revenue"], { min: 0 }),
    notAdditive("roas_goal", "ROAS goal", ["Target ROAS"], { min: 0 }),
    notAdditive("cpa_goal", "CPA goal", ["Target CPA"], { unit: "currency", min: 0 }),
    notAdditive("gross_margin", "Gross margin", ["Margin"], { unit: "percent" }),
  ],
  metrics: [
    sum("budget", "Budget", "currency", "none"),
    sum("conversions_goal", "Conversions goal", "decimal", "none"),
    sum("leads_goal", "Leads goal", "decimal", "none"),
    sum("value_goal", "Value goal", "currency", "none"),
    only("roas_goal", "ROAS goal", "ratio", "none"),
    only("cpa_goal", "CPA goal", "currency", "none"),
    only("gross_margin", "Gross margin", "percent"),
    {
      name: "break_even_roas",
      title: "Break-even ROAS",
      formula: "1 / gross_margin",
      format: "ratio",
      better: "down",
    },
  ],
});
