import { defineSource } from "@/lib/source/mod.ts";

/** Google Search Console: the tables of a performance export. */
export default defineSource({
  platform: "search_console",
  title: "Search Console",
  reports: [
    {
      name: "performance",
      dataset: "web",
      headers: ["Clicks", "Impressions", "CTR", "Position"],
      columns: { "CTR": null },
    },
  ],
});
