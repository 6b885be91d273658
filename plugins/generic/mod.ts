import { defineSource, type SourceColumn } from "@/lib/source/mod.ts";

/** Ratios under the names that spreadsheets give them, whatever they are about: they are computed from their parts. */
const ratios: Record<string, SourceColumn> = Object.fromEntries(
  [
    "CTR",
    "CTR (%)",
    "CPC",
    "Avg. CPC",
    "CPM",
    "CPA",
    "CPL",
    "CPI",
    "CVR",
    "eCPM",
    "CPV",
    "CPE",
    "ROAS",
    "ROI",
    "ACOS",
    "AOV",
    "Click through rate",
    "Conversion rate",
    "Conv. rate",
    "Cost per click",
    "Cost per conversion",
    "Cost per lead",
    "Cost per acquisition",
    "Cost per mille",
    "Cost / conv.",
    "Average order value",
    "Bounce rate",
    "Engagement rate",
    "Open rate",
    "Click rate",
    "Click rate (CTR)",
    "Unsubscribe rate",
    "TTR",
    "Avg CPT",
    "CPT",
    "eCPC",
    "eCPI",
    "VCTR",
    "ARPU",
    "LTV",
    "Cost of sales",
    "Placed order rate",
  ].map((header) => [header, null]),
);

/** Which columns tell that a file is about something: without one of them it is taken for that only by choice. */
const telling: Record<string, string[]> = {
  ads: ["impressions", "clicks", "clicks_all", "spend"],
  web: ["sessions", "page_views", "total_users", "active_users", "position", "new_users", "engaged_sessions"],
  orders: ["revenue", "orders", "net_sales", "gross_sales", "quantity"],
  email: ["sent", "delivered", "opens", "unique_opens", "unsubscribes"],
  rates: ["rate"],
  targets: ["budget", "conversions_goal", "value_goal", "leads_goal"],
};

/** What any file may hold: used where no platform's own report fits. */
export default defineSource({
  platform: "other",
  title: "Other",
  reports: Object.entries(telling).map(([dataset, anyOf]) => ({
    name: `any-${dataset}`,
    dataset,
    headers: [],
    anyOf,
    fallback: true,
    // Budgets and values stand in many settings; a plan or a rate says for when.
    timed: dataset === "targets" || dataset === "rates",
    columns: ratios,
  })),
});
