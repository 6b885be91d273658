// Written by widgets/make_views.ts: do not edit.
import { type Widget, type WidgetRegistry, widgetRegistry } from "@/lib/widget/mod.ts";
import anomalyTimeline from "./anomaly_timeline/mod.ts";
import bar from "./bar/mod.ts";
import budgetPacing from "./budget_pacing/mod.ts";
import campaignTiers from "./campaign_tiers/mod.ts";
import combo from "./combo/mod.ts";
import dateFilter from "./date_filter/mod.ts";
import donut from "./donut/mod.ts";
import filterList from "./filter_list/mod.ts";
import forecastLine from "./forecast_line/mod.ts";
import forecastReport from "./forecast_report/mod.ts";
import kpi from "./kpi/mod.ts";
import leaderboard from "./leaderboard/mod.ts";
import line from "./line/mod.ts";
import monthProjection from "./month_projection/mod.ts";
import table from "./table/mod.ts";
import text from "./text/mod.ts";

/** Every widget that comes built in. */
export const widgets: Widget[] = [
  anomalyTimeline,
  bar,
  budgetPacing,
  campaignTiers,
  combo,
  dateFilter,
  donut,
  filterList,
  forecastLine,
  forecastReport,
  kpi,
  leaderboard,
  line,
  monthProjection,
  table,
  text,
];

/** The built-in widgets as a registry. */
export const registry: WidgetRegistry = widgetRegistry(widgets);
