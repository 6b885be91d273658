import { numbers, type Template } from "./template.ts";

/** A shop's revenue beside what its ads cost: the shop's own count, and what the platforms claim of it. */
export const ecommerceRoas: Template = {
  id: "e-commerce-roas",
  title: "E-commerce ROAS",
  goal: "What each unit of ad spend brings back: by the shop's own count, and as the platforms claim it",
  defaults: { range: { last: 28, unit: "day" }, compare: "previous-period", values: {} },
  filterBar: { dataset: "ads", dimensions: ["platform", "campaign", "country"] },
  rows: [
    numbers("orders", [
      ["revenue", "Revenue"],
      ["orders", "Orders"],
      ["aov", "Order value"],
      ["mer", "Revenue per ad spend"],
    ]),
    numbers("ads", [
      ["spend", "Ad spend"],
      ["conversion_value", "Value the platforms claim"],
      ["roas", "ROAS the platforms claim"],
      ["cpa", "Cost per conversion"],
    ]),
    {
      height: 4,
      tiles: [
        {
          id: "revenue-and-return",
          widget: "combo",
          title: "Revenue, and revenue per ad spend",
          width: 6,
          options: { dataset: "orders", metric: "revenue", line: "mer", grain: "day" },
        },
        {
          id: "spend-and-roas",
          widget: "combo",
          title: "Ad spend and ROAS",
          width: 6,
          options: { dataset: "ads", metric: "spend", line: "roas", grain: "day" },
        },
      ],
    },
    {
      height: 6,
      tiles: [
        {
          id: "campaigns",
          widget: "table",
          title: "Campaigns",
          width: 8,
          options: {
            dataset: "ads",
            metrics: ["spend", "conversion_value", "roas", "conversions", "cpa"],
            dimensions: ["platform", "campaign"],
            sort: "spend",
          },
        },
        {
          id: "products",
          widget: "leaderboard",
          title: "Products by revenue",
          width: 4,
          options: { dataset: "orders", metric: "revenue", dimension: "product", limit: 10 },
        },
      ],
    },
    {
      height: 4,
      tiles: [
        {
          id: "platforms",
          widget: "bar",
          title: "ROAS by platform",
          width: 6,
          options: { dataset: "ads", metric: "roas", dimension: "platform", horizontal: true },
        },
        {
          id: "shop-channels",
          widget: "donut",
          title: "Revenue by sales channel",
          width: 6,
          options: { dataset: "orders", metric: "revenue", dimension: "channel" },
        },
      ],
    },
  ],
};
