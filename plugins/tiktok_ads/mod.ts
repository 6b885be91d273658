import { defineSource, type SourceColumn } from "@/lib/source/mod.ts";

const known: Record<string, SourceColumn> = {
  "Clicks (destination)": "clicks",
  "Clicks (all)": "clicks_all",
  "Clicks": "clicks_all",
  "Gross Impressions (Includes Invalid Impressions)": null,
  "CPM": null,
  "Cost per 1,000 people reached": null,
  "CPC (destination)": null,
  "CPC": null,
  "CTR (destination)": null,
  "CTR": null,
  "CTR (all)": null,
  "CPA": null,
  "Cost per conversion": null,
  "Conversion rate (CVR)": null,
  "Cost per result": null,
  "Result rate": null,
  "Average play time per video view": null,
  "Primary status": "campaign_status",
};

/** TikTok Ads Manager. */
export default defineSource({
  platform: "tiktok_ads",
  title: "TikTok Ads",
  reports: [
    {
      name: "ads-manager",
      dataset: "ads",
      headers: ["Cost", "Impressions"],
      anyOf: [
        "Clicks (destination)",
        "CPC (destination)",
        "CTR (destination)",
        "Gross Impressions (Includes Invalid Impressions)",
        "2-second video views",
        "6-second video views",
        "Stat time day",
        "By Day",
      ],
      columns: known,
      totals: { labels: ["total.*", "grand total.*"] },
    },
  ],
});
