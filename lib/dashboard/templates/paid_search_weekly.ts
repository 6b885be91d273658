import { numbers, type Template } from "./template.ts";

/** Paid search week by week: what it cost, what a click and a conversion cost, which campaigns and keywords moved. */
export const paidSearchWeekly: Template = {
  id: "paid-search-weekly",
  title: "Paid search weekly",
  goal: "What search ads cost and brought each week, and which campaigns and keywords moved it",
  defaults: { range: { last: 8, unit: "week" }, compare: "previous-period", values: {} },
  filters: { field: "platform", op: "in", value: ["google_ads", "microsoft_ads", "apple_search_ads"] },
  filterBar: { dataset: "ads", dimensions: ["platform", "campaign", "device", "country"] },
  rows: [
    numbers("ads", [
      ["spend", "Spend"],
      ["cpc", "Cost per click"],
      ["conversions", "Conversions"],
      ["cpa", "Cost per conversion"],
    ]),
    {
      height: 4,
      tiles: [
        {
          id: "conversions-and-cost",
          widget: "combo",
          title: "Conversions and what one costs",
          width: 8,
          options: { dataset: "ads", metric: "conversions", line: "cpa", grain: "week" },
        },
        {
          id: "platforms",
          widget: "bar",
          title: "Spend by platform",
          width: 4,
          options: { dataset: "ads", metric: "spend", dimension: "platform", grain: "week", mode: "stacked" },
        },
      ],
    },
    {
      height: 6,
      tiles: [{
        id: "campaigns",
        widget: "table",
        title: "Campaigns",
        width: 12,
        options: {
          dataset: "ads",
          metrics: ["spend", "impressions", "clicks", "ctr", "cpc", "conversions", "cvr", "cpa"],
          dimensions: ["campaign"],
          sort: "spend",
        },
      }],
    },
    {
      height: 4,
      tiles: [
        {
          id: "keywords",
          widget: "leaderboard",
          title: "Keywords by spend",
          width: 6,
          options: { dataset: "ads", metric: "spend", dimension: "keyword", limit: 8 },
        },
        {
          id: "click-rate",
          widget: "line",
          title: "Click and conversion rate",
          width: 6,
          options: { dataset: "ads", metrics: ["ctr", "cvr"], grain: "week" },
        },
      ],
    },
  ],
};
