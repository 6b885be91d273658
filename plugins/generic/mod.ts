import { defineSource } from "@/lib/source/mod.ts";

/** Ratios under the names that spreadsheets give them, whatever they are about. */
const ratios = [
  "CTR",
  "CPC",
  "CPM",
  "CPA",
  "CPL",
  "CVR",
  "ROAS",
  "ROI",
  "Click through rate",
  "Conversion rate",
  "Cost per click",
  "Cost per conversion",
  "Cost per lead",
  "Bounce rate",
  "Engagement rate",
  "Open rate",
  "Click rate",
];

/** What any file may hold: used where no platform's own report fits. */
export default defineSource({
  platform: "other",
  title: "Other",
  reports: ["ads", "web", "orders", "email"].map((dataset) => ({
    name: `any-${dataset}`,
    dataset,
    headers: [],
    fallback: true,
    columns: Object.fromEntries(ratios.map((header) => [header, null])),
  })),
});
