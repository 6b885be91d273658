import { defineSource, type SourceColumn } from "@/lib/source/mod.ts";
import { labels } from "./labels.ts";

const known: Record<string, SourceColumn> = {
  "Views": "page_views",
  "Conversions": "key_events",
  "Engagement rate": null,
  "Bounce rate": null,
  "Events per session": null,
  "Events per active user": null,
  "Event count per active user": null,
  "Event count per user": null,
  "Session key event rate": null,
  "Session conversion rate": null,
  "User key event rate": null,
  "Views per session": null,
  "Views per active user": null,
  "Views per user": null,
  "Engaged sessions per active user": null,
  "Engaged sessions per user": null,
  "Average engagement time per active user": null,
  "Average revenue per active user": null,
  "ARPU": null,
  "Average purchase revenue": null,
  "User engagement": null,
  "Stickiness": null,
  "DAU / MAU": null,
  "DAU / WAU": null,
  "WAU / MAU": null,
};

const report = {
  dataset: "web",
  columns: known,
  totals: { labels: ["(?:grand )?totals?", "gesamtsumme", "total général", "suma total", "total geral", "eindtotaal"] },
  shares: "fraction" as const,
};
const ads = ["Impr.", "Cost", "Amount spent", "Total Spent"];

/** Google Analytics 4: reports, explorations, and the tables of a snapshot. */
export default defineSource({
  platform: "ga4",
  title: "Google Analytics 4",
  labels,
  reports: [
    {
      ...report,
      name: "sessions",
      headers: ["Sessions"],
      anyOf: [
        "Session primary channel group (Default Channel Group)",
        "Session default channel group",
        "Session source / medium",
        "Session campaign",
        "Session source",
        "Engaged sessions",
        "Engagement rate",
        "Average engagement time per session",
        "Key events",
        "Active users",
        "Event count",
        "Landing page + query string",
      ],
      noneOf: ads,
    },
    {
      ...report,
      name: "users",
      headers: ["Active users"],
      noneOf: ads,
    },
    {
      ...report,
      name: "acquisition",
      headers: ["New users"],
      anyOf: [
        "First user primary channel group (Default Channel Group)",
        "First user source / medium",
        "Engaged sessions",
      ],
    },
    {
      ...report,
      name: "pages",
      headers: ["Views"],
      anyOf: [
        "Page path and screen class",
        "Page title and screen name",
        "Page title and screen class",
        "Active users",
        "Event count",
      ],
      noneOf: ads,
    },
    { ...report, name: "events", headers: ["Event name"], anyOf: ["Event count", "Total users", "Active users"] },
    {
      ...report,
      name: "snapshot",
      headers: [],
      anyOf: [
        "Nth day",
        "Users",
        "Total users",
        "Active users",
        "New users",
        "Sessions",
        "Event count",
        "Views",
        "Key events",
        "Conversions",
        "Total revenue",
      ],
      preamble: ["start date:", "startdatum:", "date de début", "fecha de inicio", "data de início", "開始日", "ga4"],
    },
  ],
  maturityDays: { sessions: 2, page_views: 2, total_users: 2, active_users: 2, key_events: 12, revenue: 12 },
});
