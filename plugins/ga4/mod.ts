import { defineSource, type SourceColumn } from "@/lib/source/mod.ts";

const known: Record<string, SourceColumn> = {
  "Engagement rate": null,
  "Bounce rate": null,
  "Events per session": null,
  "Session key event rate": null,
  "Views per session": null,
  "Views per active user": null,
  "Average engagement time per active user": null,
};

/** Google Analytics 4: reports and explorations. */
export default defineSource({
  platform: "ga4",
  title: "Google Analytics 4",
  reports: [
    {
      name: "sessions",
      dataset: "web",
      headers: ["Sessions"],
      anyOf: [
        "Session primary channel group (Default Channel Group)",
        "Session default channel group",
        "Session source / medium",
        "Engaged sessions",
        "Key events",
        "Active users",
      ],
      columns: known,
      totals: { labels: ["total", "grand total"] },
    },
    {
      name: "users",
      dataset: "web",
      headers: ["Active users"],
      columns: known,
      totals: { labels: ["total", "grand total"] },
    },
  ],
});
