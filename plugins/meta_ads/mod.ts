import { defineSource, type SourceColumn } from "@/lib/source/mod.ts";

/** Result indicators that are conversions; reach, views and clicks are results too, but no conversions. */
const conversions = [
  "actions:offsite_conversion.fb_pixel_purchase",
  "actions:offsite_conversion.fb_pixel_lead",
  "actions:offsite_conversion.fb_pixel_complete_registration",
  "actions:offsite_conversion.fb_pixel_custom",
  "actions:onsite_conversion.purchase",
  "actions:onsite_conversion.lead_grouped",
  "actions:onsite_conversion.lead",
  "actions:omni_purchase",
  "actions:purchase",
  "actions:lead",
  "actions:leadgen.other",
  "Purchases",
  "Website purchases",
  "Website purchase",
  "Leads",
  "Website leads",
  "On-Facebook leads",
  "Leads (form)",
  "Registrations completed",
];

const known: Record<string, SourceColumn> = {
  "Clicks (all)": "clicks_all",
  "Link clicks": "clicks",
  "Result indicator": "result_type",
  "Result type": "result_type",
  "Website purchases": null,
  "Cost per results": null,
  "Cost per result": null,
  "CPM (cost per 1,000 impressions)": null,
  "CPC (cost per link click)": null,
  "CPC (all)": null,
  "CTR (all)": null,
  "CTR (link click-through rate)": null,
  "Cost per landing page view": null,
  "Purchase ROAS (return on ad spend)": null,
  "Quality ranking": null,
  "Engagement rate ranking": null,
  "Conversion rate ranking": null,
  "Ad set budget": null,
  "Ad set budget type": null,
  "Ends": null,
};

/** Meta Ads Manager: Facebook and Instagram. */
export default defineSource({
  platform: "meta_ads",
  title: "Meta Ads",
  reports: [
    {
      name: "ads-manager",
      dataset: "ads",
      headers: ["Amount spent", "Impressions"],
      anyOf: ["Reporting starts", "Reporting ends", "Campaign name", "Ad set name", "Reach"],
      columns: known,
      conversionResults: conversions,
      totals: { blankDimensions: true },
    },
    {
      name: "daily-account",
      dataset: "ads",
      headers: ["facebook_account_id", "spend", "impressions"],
      columns: { ...known, "ctr": null, "cpc": null, "cpm": null },
    },
  ],
  maturityDays: { conversions: 28, conversion_value: 28, results: 28 },
});
