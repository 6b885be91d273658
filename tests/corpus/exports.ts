/** What the corpus makes: one export a platform and report, with the columns that the platform writes. */
import type { DateStyle } from "./locales.ts";

/** A column of an export. `column`: what it must become; null: known and not needed. */
export interface ExportColumn {
  header: string;
  column: string | null;
  kind: "date" | "name" | "id" | "count" | "money" | "fraction" | "rate" | "currency" | "fixed";
  /** For `fixed`: what stands in every row. */
  value?: string;
  /** For `name` and `id`: which entity. */
  entity?: "campaign" | "group" | "ad" | "other";
}

/** An export. */
export interface ExportSpec {
  platform: string;
  name: string;
  dataset: string;
  columns: ExportColumn[];
  dates: DateStyle;
  /** Where the currency stands: in a column, behind each money header, or nowhere. */
  currency: "column" | "header" | "none";
  /** Lines above the header; `{from}` and `{to}` are the days of the range. */
  preamble?: string[];
  /** Where a total line stands, and how it shows itself. */
  total?: { place: "top" | "bottom"; label: "word" | "blank" | "colon" };
  /** Lines after the last record. */
  footer?: string[];
  /** Languages that the platform does not write its headers in. */
  englishOnly?: boolean;
}

const date = (header: string): ExportColumn => ({ header, column: "date", kind: "date" });
const name = (header: string, column: string, entity: ExportColumn["entity"] = "campaign"): ExportColumn => ({
  header,
  column,
  kind: "name",
  entity,
});
const id = (header: string, column: string, entity: ExportColumn["entity"] = "campaign"): ExportColumn => ({
  header,
  column,
  kind: "id",
  entity,
});
const count = (header: string, column: string): ExportColumn => ({ header, column, kind: "count" });
const money = (header: string, column: string | null): ExportColumn => ({ header, column, kind: "money" });
const fraction = (header: string, column: string): ExportColumn => ({ header, column, kind: "fraction" });
const rate = (header: string): ExportColumn => ({ header, column: null, kind: "rate" });
const fixed = (header: string, column: string | null, value: string): ExportColumn => ({
  header,
  column,
  kind: "fixed",
  value,
});
const currency = (header: string): ExportColumn => ({ header, column: "currency", kind: "currency" });

/** Every export of the corpus. */
export const exports: ExportSpec[] = [
  {
    platform: "google_ads",
    name: "campaigns by day",
    dataset: "ads",
    dates: "iso",
    currency: "column",
    preamble: ["Campaign report", "{from} - {to}"],
    total: { place: "bottom", label: "colon" },
    columns: [
      date("Day"),
      fixed("Campaign status", "campaign_status", "Enabled"),
      name("Campaign", "campaign"),
      currency("Currency code"),
      money("Cost", "spend"),
      count("Impr.", "impressions"),
      count("Clicks", "clicks"),
      rate("CTR"),
      money("Avg. CPC", null),
      fraction("Conversions", "conversions"),
      money("Conv. value", "conversion_value"),
    ],
  },
  {
    platform: "google_ads",
    name: "ad groups by day",
    dataset: "ads",
    dates: "medium",
    currency: "column",
    columns: [
      date("Day"),
      id("Customer ID", "account_id", "other"),
      name("Campaign", "campaign"),
      name("Ad group", "ad_group", "group"),
      currency("Currency code"),
      count("Impr.", "impressions"),
      count("Clicks", "clicks"),
      money("Cost", "spend"),
      fraction("All conv.", "all_conversions"),
    ],
  },
  {
    platform: "meta_ads",
    name: "ad sets by day",
    dataset: "ads",
    dates: "iso",
    currency: "header",
    total: { place: "top", label: "blank" },
    columns: [
      date("Day"),
      name("Campaign name", "campaign"),
      name("Ad set name", "ad_group", "group"),
      fixed("Attribution setting", "attribution_setting", "7-day click or 1-day view"),
      count("Reach", "reach"),
      count("Impressions", "impressions"),
      money("Amount spent", "spend"),
      count("Link clicks", "clicks"),
      count("Clicks (all)", "clicks_all"),
      rate("CTR (all)"),
      fraction("Results", "results"),
      fixed("Result indicator", "result_type", "actions:offsite_conversion.fb_pixel_purchase"),
      money("Purchases conversion value", "conversion_value"),
    ],
  },
  {
    platform: "linkedin_ads",
    name: "campaign performance by day",
    dataset: "ads",
    dates: "slashes",
    currency: "column",
    preamble: ["Campaign Performance Report (in UTC)", "Report Start: {from}", "Report End: {to}"],
    columns: [
      date("Start Date (in UTC)"),
      name("Campaign Group Name", "campaign"),
      name("Campaign Name", "ad_group", "group"),
      currency("Currency"),
      money("Total Spent", "spend"),
      count("Impressions", "impressions"),
      count("Clicks", "clicks_all"),
      rate("Click Through Rate"),
      fraction("Conversions", "conversions"),
    ],
  },
  {
    platform: "tiktok_ads",
    name: "campaigns by day",
    dataset: "ads",
    dates: "iso",
    currency: "column",
    total: { place: "bottom", label: "word" },
    columns: [
      date("By Day"),
      name("Campaign name", "campaign"),
      currency("Currency"),
      money("Cost", "spend"),
      count("Impressions", "impressions"),
      count("Clicks (destination)", "clicks"),
      rate("CTR (destination)"),
      fraction("Conversions", "conversions"),
      count("2-second video views", "video_views_2s"),
    ],
  },
  {
    platform: "microsoft_ads",
    name: "campaigns by day",
    dataset: "ads",
    dates: "slashes",
    currency: "none",
    columns: [
      date("Gregorian date"),
      name("Account name", "account", "other"),
      name("Campaign name", "campaign"),
      count("Impr.", "impressions"),
      count("Clicks", "clicks"),
      rate("CTR"),
      money("Spend", "spend"),
      fraction("Conv.", "conversions"),
      money("Revenue", "conversion_value"),
    ],
  },
  {
    platform: "microsoft_ads",
    name: "rows of the API",
    dataset: "ads",
    dates: "iso",
    currency: "column",
    englishOnly: true,
    preamble: [
      "Report Name: Campaigns",
      "Report Time: {from} - {to}",
      "Time Zone: (GMT+01:00) Berlin",
      "Report Aggregation: Daily",
      "Potential Incomplete Data: true",
      "Rows: 36",
    ],
    footer: ["@2026 Microsoft Corporation. All rights reserved. "],
    columns: [
      date("TimePeriod"),
      id("AccountId", "account_id", "other"),
      name("CampaignName", "campaign"),
      id("CampaignId", "campaign_id"),
      currency("CurrencyCode"),
      count("Impressions", "impressions"),
      count("Clicks", "clicks"),
      rate("Ctr"),
      money("Spend", "spend"),
      fraction("Conversions", "conversions"),
      money("Revenue", "conversion_value"),
    ],
  },
  {
    platform: "pinterest",
    name: "campaigns by day",
    dataset: "ads",
    dates: "iso",
    currency: "none",
    columns: [
      date("Date"),
      id("Campaign ID", "campaign_id"),
      name("Campaign name", "campaign"),
      money("Spend in account currency", "spend"),
      count("Impressions", "impressions"),
      count("Pin clicks", "clicks_all"),
      count("Outbound clicks", "clicks"),
      count("Saves", "saves"),
    ],
  },
  {
    platform: "snapchat",
    name: "ad sets by day",
    dataset: "ads",
    dates: "iso",
    currency: "column",
    columns: [
      date("Date"),
      name("Campaign Name", "campaign"),
      name("Ad Set Name", "ad_group", "group"),
      currency("Currency"),
      money("Amount Spent", "spend"),
      count("Paid Impressions", "impressions"),
      count("Swipe Ups", "clicks"),
    ],
  },
  {
    platform: "x_ads",
    name: "campaigns by day",
    dataset: "ads",
    dates: "iso",
    currency: "column",
    columns: [
      date("Time period"),
      fixed("Funding source name", null, "Visa"),
      name("Campaign", "campaign"),
      currency("Currency"),
      money("Spend", "spend"),
      count("Impressions", "impressions"),
      count("Clicks", "clicks_all"),
      count("Link clicks", "clicks"),
      { header: "Media views", column: null, kind: "count" },
    ],
  },
  {
    platform: "amazon_ads",
    name: "sponsored products by day",
    dataset: "ads",
    dates: "medium",
    currency: "column",
    columns: [
      date("Date"),
      fixed("Portfolio name", "portfolio", "Brand"),
      currency("Currency"),
      name("Campaign Name", "campaign"),
      name("Ad Group Name", "ad_group", "group"),
      count("Impressions", "impressions"),
      count("Clicks", "clicks"),
      rate("Click-Thru Rate (CTR)"),
      money("Spend", "spend"),
      money("7 Day Total Sales", "conversion_value"),
      count("7 Day Total Orders (#)", "conversions"),
    ],
  },
  {
    platform: "ga4",
    name: "traffic acquisition by day",
    dataset: "web",
    dates: "compact",
    currency: "none",
    preamble: [
      "# ----------------------------------------",
      "# Traffic acquisition",
      "# Start date: {compact-from}",
      "# End date: {compact-to}",
      "# ----------------------------------------",
    ],
    columns: [
      date("Date"),
      name("Session primary channel group (Default Channel Group)", "channel_group"),
      count("Sessions", "sessions"),
      count("Engaged sessions", "engaged_sessions"),
      rate("Engagement rate"),
      count("Event count", "event_count"),
      fraction("Key events", "key_events"),
      money("Total revenue", "revenue"),
    ],
  },
  {
    platform: "ga4",
    name: "pages by day",
    dataset: "web",
    dates: "compact",
    currency: "none",
    columns: [
      date("Date"),
      name("Page path and screen class", "page"),
      count("Views", "page_views"),
      count("Active users", "active_users"),
      count("Event count", "event_count"),
    ],
  },
  {
    platform: "search_console",
    name: "queries by day",
    dataset: "web",
    dates: "iso",
    currency: "none",
    columns: [
      date("Date"),
      name("Top queries", "query"),
      count("Clicks", "clicks"),
      count("Impressions", "impressions"),
      rate("CTR"),
      fraction("Position", "position"),
    ],
  },
  {
    platform: "shopify",
    name: "sales by day",
    dataset: "orders",
    dates: "iso",
    currency: "none",
    columns: [
      date("Day"),
      name("Product", "product"),
      count("Orders", "orders"),
      money("Gross sales", "gross_sales"),
      money("Discounts", "discounts"),
      money("Net sales", "net_sales"),
      money("Shipping", "shipping"),
      money("Taxes", "taxes"),
      money("Total sales", "revenue"),
    ],
  },
  {
    platform: "mailchimp",
    name: "campaigns",
    dataset: "email",
    dates: "medium",
    currency: "none",
    columns: [
      name("Title", "campaign"),
      date("Send Date"),
      count("Total Recipients", "sent"),
      count("Successful Deliveries", "delivered"),
      count("Unique Opens", "unique_opens"),
      count("Total Opens", "opens"),
      count("Unique Clicks", "unique_clicks"),
      rate("Click Rate"),
    ],
  },
  {
    platform: "other",
    name: "a spreadsheet",
    dataset: "ads",
    dates: "slashes",
    currency: "column",
    total: { place: "bottom", label: "word" },
    columns: [
      date("Date"),
      name("Campaign", "campaign"),
      name("Country", "country", "group"),
      currency("Currency"),
      money("Cost", "spend"),
      count("Impressions", "impressions"),
      count("Clicks", "clicks"),
      fraction("Conversions", "conversions"),
    ],
  },
];
