/** The demo's dashboard, as a document like any other. */
import { type Dashboard, dashboardSchema, type Placement } from "@/lib/model/mod.ts";

/** The id of the demo's dashboard, and so its address. */
export const DEMO_DASHBOARD_ID = "marketing-overview";

const SUMMARY = `In this period **{{spend}}** was spent ({{spend:compare}}) for a conversion value of
**{{conversion_value}}** ({{conversion_value:compare}}): a ROAS of **{{roas}}**, against {{roas:previous}} before.

A conversion cost **{{cpa}}**, a click {{cpc}}. {{impressions}} impressions brought {{clicks}} clicks, a CTR of {{ctr}}.

_These are generated numbers. [Import a file](/data/import) to see your own._`;

/** The dashboard that shows the demo: what was spent, what came of it, where, and by which campaigns. */
export function demoDashboard(): Dashboard {
  return dashboardSchema.parse({
    id: DEMO_DASHBOARD_ID,
    title: "Marketing overview",
    description: "Spend and what it brought, over all platforms",
    defaults: { range: { last: 28, unit: "day" }, compare: "previous-period", values: {} },
    filterBar: { dataset: "ads", dimensions: ["platform", "campaign", "country", "device"] },
    placements: [
      place("spend", "kpi", "Spend", [0, 0, 3, 2], { metric: "spend" }),
      place("value", "kpi", "Conversion value", [3, 0, 3, 2], { metric: "conversion_value" }),
      place("roas", "kpi", "ROAS", [6, 0, 3, 2], { metric: "roas" }),
      place("cpa", "kpi", "Cost per conversion", [9, 0, 3, 2], { metric: "cpa" }),
      place("spend-and-roas", "combo", "Spend and ROAS", [0, 2, 8, 4], { metric: "spend", line: "roas", grain: "day" }),
      // By week, not by month: the page opens with four weeks, which are one month or two.
      place("spend-by-platform", "bar", "Spend by platform", [8, 2, 4, 4], {
        metric: "spend",
        dimension: "platform",
        grain: "week",
        mode: "stacked",
      }),
      place("campaigns", "table", "Campaigns", [0, 6, 7, 5], {
        metrics: ["spend", "roas", "cpa"],
        dimensions: ["campaign"],
        sort: "spend",
        pageSize: 8,
      }),
      place("conversions", "line", "Conversions by platform", [7, 6, 5, 5], {
        metric: "conversions",
        dimension: "platform",
        grain: "day",
        shape: "area",
        stacked: true,
        limit: 6,
      }),
      place("countries", "donut", "Spend by country", [0, 11, 4, 4], { metric: "spend", dimension: "country" }),
      place("best-campaigns", "leaderboard", "Campaigns by conversion value", [4, 11, 4, 4], {
        metric: "conversion_value",
        dimension: "campaign",
      }),
      place("summary", "text", "What happened", [8, 11, 4, 4], { text: SUMMARY }),
    ],
  });
}

function place(
  id: string,
  widget: string,
  title: string,
  [x, y, w, h]: [x: number, y: number, w: number, h: number],
  options: Record<string, unknown>,
): Placement {
  return { id, widget, widgetVersion: 1, title, options: { dataset: "ads", ...options }, place: { x, y, w, h } };
}
