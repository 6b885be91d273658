import { defineSource, type SourceColumn } from "@/lib/source/mod.ts";

const known: Record<string, SourceColumn> = {
  "Day Index": "date",
  "Default Channel Grouping": "channel_group",
  "Default Channel Group": "channel_group",
  "Source / Medium": "source_medium",
  "Landing Page": "landing_page",
  "Page": "page",
  "Device Category": "device",
  "Users": "total_users",
  "New Users": "new_users",
  "Pageviews": "page_views",
  "Transactions": "transactions",
  "Revenue": "revenue",
  "Goal Completions": "key_events",
  "Total Events": "event_count",
  "Avg. Session Duration": "engagement_time",
  "Unique Pageviews": null,
  "% New Sessions": null,
  "Bounce Rate": null,
  "Pages / Session": null,
  "Goal Conversion Rate": null,
  "Goal Value": null,
  "Ecommerce Conversion Rate": null,
  "E-commerce Conversion Rate": null,
  "Avg. Time on Page": null,
  "Entrances": null,
  "% Exit": null,
  "Page Value": null,
  "Unique Events": null,
  "Event Value": null,
  "Avg. Value": null,
};
const report = {
  dataset: "web",
  columns: known,
  shares: "percent" as const,
  // The last line of each of its tables names nothing and adds everything up.
  totals: { blankDimensions: true },
};

/** Universal Analytics, which GA4 took the place of: its exports are kept, and asked about. */
export default defineSource({
  platform: "universal_analytics",
  title: "Universal Analytics",
  reports: [
    {
      ...report,
      name: "sessions",
      headers: ["Sessions"],
      anyOf: [
        "Default Channel Grouping",
        "Pages / Session",
        "% New Sessions",
        "Avg. Session Duration",
        "Goal Completions",
      ],
      noneOf: ["Engaged sessions", "Key events"],
    },
    {
      ...report,
      name: "pages",
      headers: ["Pageviews"],
      anyOf: ["Unique Pageviews", "Avg. Time on Page", "% Exit", "Entrances"],
    },
    { ...report, name: "events", headers: ["Total Events"], anyOf: ["Unique Events", "Event Value", "Avg. Value"] },
    {
      ...report,
      name: "by-day",
      headers: ["Day Index"],
      anyOf: ["Users", "Sessions", "Pageviews", "New Users", "Revenue", "Transactions", "Total Events"],
    },
  ],
});
