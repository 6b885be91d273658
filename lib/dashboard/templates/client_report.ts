import { numbers, type Template } from "./template.ts";

const OPENING =
  `In this period **{{spend}}** brought **{{clicks}}** clicks and **{{conversions}}** conversions. A conversion
cost **{{cpa}}** ({{cpa:compare}} against the period before).

_What was done, and what comes next: write it here._`;

/** What an agency sends its client each month: the result first, then where it came from. */
export const clientReport: Template = {
  id: "client-report",
  title: "Client report",
  goal: "What an agency shows its client each month: the result in words first, then where it came from",
  defaults: { range: { previous: "month" }, compare: "previous-period", values: {} },
  filterBar: { dataset: "ads", dimensions: ["account", "platform", "campaign"] },
  rows: [
    {
      height: 2,
      tiles: [{
        id: "opening",
        widget: "text",
        title: "Summary",
        width: 12,
        options: { dataset: "ads", text: OPENING },
      }],
    },
    numbers("ads", [
      ["spend", "Spend"],
      ["impressions", "Impressions"],
      ["clicks", "Clicks"],
      ["conversions", "Conversions"],
      ["cpa", "Cost per conversion"],
      ["roas", "ROAS"],
    ]),
    {
      height: 4,
      tiles: [
        {
          id: "days",
          widget: "combo",
          title: "Day by day",
          width: 8,
          options: { dataset: "ads", metric: "spend", line: "conversions", grain: "day" },
        },
        {
          id: "platforms",
          widget: "donut",
          title: "Spend by platform",
          width: 4,
          options: { dataset: "ads", metric: "spend", dimension: "platform" },
        },
      ],
    },
    {
      height: 5,
      tiles: [
        {
          id: "campaigns",
          widget: "table",
          title: "Campaigns",
          width: 8,
          options: {
            dataset: "ads",
            metrics: ["spend", "clicks", "cpc", "conversions", "cpa"],
            dimensions: ["campaign"],
            sort: "spend",
          },
        },
        {
          id: "countries",
          widget: "leaderboard",
          title: "Countries by conversions",
          width: 4,
          options: { dataset: "ads", metric: "conversions", dimension: "country", limit: 8 },
        },
      ],
    },
  ],
};
