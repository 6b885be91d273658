import { defineSource, type SourceColumn } from "@/lib/source/mod.ts";

/** LinkedIn's campaign group is what others call a campaign, and its campaign is what others call an ad group. */
const known: Record<string, SourceColumn> = {
  "Campaign Group Name": "campaign",
  "Campaign Group ID": "campaign_id",
  "Campaign Name": "ad_group",
  "Campaign ID": "ad_group_id",
  "Creative Name": "ad",
  "Clicks": "clicks_all",
  "Clicks to Landing Page": "clicks",
  "Conversions": "conversions",
  "Post-Click Conversions": null,
  "Click Through Rate": null,
  "Average CPM": null,
  "Average CPC": null,
  "Engagement Rate": null,
  "Conversion Rate": null,
  "Cost per Conversion": null,
  "Return on Ad Spend": null,
  "Lead Forms Opened": null,
  "Cost per Lead": null,
};

/** LinkedIn Campaign Manager. Its days are UTC days, written month first. */
export default defineSource({
  platform: "linkedin_ads",
  title: "LinkedIn Ads",
  reports: [
    {
      name: "campaign-performance",
      dataset: "ads",
      headers: ["Start Date (in UTC)", "Impressions", "Total Spent"],
      columns: known,
      dateOrder: "month-first",
    },
    {
      name: "campaign-performance-groups",
      dataset: "ads",
      headers: ["Campaign Group Name", "Impressions", "Total Spent"],
      columns: known,
      dateOrder: "month-first",
    },
  ],
});
