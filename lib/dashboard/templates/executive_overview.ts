import { numbers, type Template } from "./template.ts";

const WORDS = `**{{spend}}** was spent ({{spend:compare}}). The platforms claim **{{conversions}}** conversions for it
({{conversions:compare}}), so one cost **{{cpa}}**, against {{cpa:previous}} before.`;

/** The whole of marketing on one page: money in, money out, and where it goes. */
export const executiveOverview: Template = {
  id: "executive-overview",
  title: "Executive overview",
  goal: "Marketing on one page: what went in, what came out, how that compares with last year",
  defaults: { range: { last: 12, unit: "month" }, compare: "previous-year", values: {} },
  filterBar: { dataset: "ads", dimensions: ["platform", "country"] },
  rows: [
    numbers("ads", [
      ["spend", "Ad spend"],
      ["revenue", "Revenue", "orders"],
      ["mer", "Revenue per ad spend", "orders"],
      ["conversions", "Conversions"],
    ]),
    {
      height: 4,
      tiles: [
        {
          id: "spend-and-conversions",
          widget: "combo",
          title: "Ad spend and conversions",
          width: 8,
          options: { dataset: "ads", metric: "spend", line: "conversions", grain: "month" },
        },
        {
          id: "words",
          widget: "text",
          title: "In words",
          width: 4,
          options: { dataset: "ads", text: WORDS },
        },
      ],
    },
    {
      height: 4,
      tiles: [
        {
          id: "revenue",
          widget: "bar",
          title: "Revenue by month",
          width: 4,
          options: { dataset: "orders", metric: "revenue", grain: "month" },
        },
        {
          id: "visits",
          widget: "line",
          title: "Visits by channel",
          width: 4,
          options: {
            dataset: "web",
            metric: "sessions",
            dimension: "channel_group",
            grain: "month",
            shape: "area",
            stacked: true,
          },
        },
        {
          id: "platforms",
          widget: "donut",
          title: "Ad spend by platform",
          width: 4,
          options: { dataset: "ads", metric: "spend", dimension: "platform" },
        },
      ],
    },
    {
      height: 4,
      tiles: [{
        id: "platform-table",
        widget: "table",
        title: "Platforms",
        width: 12,
        options: {
          dataset: "ads",
          metrics: ["spend", "impressions", "clicks", "conversions", "cpa", "conversion_value", "roas"],
          dimensions: ["platform"],
          sort: "spend",
        },
      }],
    },
  ],
};
