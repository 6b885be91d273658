import { defineSource, type SourceColumn } from "@/lib/source/mod.ts";

const known: Record<string, SourceColumn> = {
  "AccountNumber": null,
  "Revenue": "conversion_value",
  "Ctr": null,
  "AverageCpc": null,
  "Avg. CPC": null,
  "ConversionRate": null,
  "CostPerConversion": null,
  "ReturnOnAdSpend": null,
  "AllRevenue": null,
  "ConversionsQualified": null,
};

/** Microsoft Advertising: Bing and partners. */
export default defineSource({
  platform: "microsoft_ads",
  title: "Microsoft Advertising",
  reports: [
    {
      name: "api",
      dataset: "ads",
      headers: ["TimePeriod", "Impressions", "Spend"],
      anyOf: ["AccountName", "AccountId", "CampaignName"],
      columns: known,
      totals: { labels: ["total", "©.*", "@\\d{4} Microsoft Corporation.*"] },
    },
    {
      name: "web-interface",
      dataset: "ads",
      headers: ["Gregorian date", "Impr.", "Spend"],
      columns: known,
      totals: { labels: ["total", "©.*", "@\\d{4} Microsoft Corporation.*"] },
    },
  ],
});
