// Written by widgets/make_views.ts: do not edit.
import type { ComponentType } from "preact";
import type { WidgetProps } from "@/lib/widget/mod.ts";

/** Views by widget kind, each loaded when it is needed. */
export const views: Record<string, () => Promise<{ default: ComponentType<WidgetProps<never>> }>> = {
  "anomaly-timeline": () => import("./anomaly_timeline/View.tsx"),
  bar: () => import("./bar/View.tsx"),
  "budget-pacing": () => import("./budget_pacing/View.tsx"),
  "campaign-tiers": () => import("./campaign_tiers/View.tsx"),
  combo: () => import("./combo/View.tsx"),
  "date-filter": () => import("./date_filter/View.tsx"),
  donut: () => import("./donut/View.tsx"),
  "filter-list": () => import("./filter_list/View.tsx"),
  "forecast-line": () => import("./forecast_line/View.tsx"),
  "forecast-report": () => import("./forecast_report/View.tsx"),
  kpi: () => import("./kpi/View.tsx"),
  leaderboard: () => import("./leaderboard/View.tsx"),
  line: () => import("./line/View.tsx"),
  "month-projection": () => import("./month_projection/View.tsx"),
  table: () => import("./table/View.tsx"),
  text: () => import("./text/View.tsx"),
};
