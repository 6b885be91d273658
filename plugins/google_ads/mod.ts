import { defineSource, type SourceColumn } from "@/lib/source/mod.ts";

/** Ratios that Tessera computes from their parts, and settings of no use in a report. */
const known: Record<string, SourceColumn> = {
  "cost_micros": { column: "spend", divisor: 1_000_000 },
  "metrics.cost_micros": { column: "spend", divisor: 1_000_000 },
  "CTR": null,
  "Avg. CPC": null,
  "Avg. CPM": null,
  "Avg. cost": null,
  "Interaction rate": null,
  "Conv. rate": null,
  "Cost / conv.": null,
  "Conv. value / cost": null,
  "Budget": null,
  "Budget name": null,
  "Budget type": null,
  "Status": null,
  "Status reasons": null,
  "Optimization score": null,
  "Bid strategy type": null,
  "Added/Excluded": null,
};

/** Google Ads: reports downloaded from the web interface, with a title and a date range above the header. */
export default defineSource({
  platform: "google_ads",
  title: "Google Ads",
  reports: [
    {
      name: "campaign",
      dataset: "ads",
      headers: ["Campaign", "Impr.", "Cost"],
      anyOf: ["Campaign status", "Interactions", "Avg. CPC", "Avg. cost", "Currency code", "Campaign type", "Clicks"],
      columns: known,
      totals: { labels: ["total(:.*)?"] },
    },
    {
      name: "search-terms",
      dataset: "ads",
      headers: ["Search term", "Match type", "Impr.", "Cost"],
      columns: known,
      totals: { labels: ["total(:.*)?"] },
    },
    {
      name: "any",
      dataset: "ads",
      headers: ["Impr.", "Cost"],
      preamble: ["report"],
      columns: known,
      totals: { labels: ["total(:.*)?"] },
    },
  ],
});
