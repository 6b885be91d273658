/** Five questions as a dashboard asks them, each beside the SQL that a person would write for it. */
import type { MetricQueryInput } from "@/lib/model/mod.ts";

/** A question and its SQL over the visible rows; amounts are stored as millionths. */
export interface BenchQuestion {
  name: string;
  query: MetricQueryInput;
  sql: (rows: string) => string;
}

/** The questions. `range: all` keeps both sides on the same 10 M rows. */
export const QUESTIONS: BenchQuestion[] = [
  {
    name: "totals",
    query: { dataset: "ads", metrics: ["spend", "clicks", "roas"], range: { all: true } },
    sql: (rows) =>
      `select sum(spend) / 1e6, sum(clicks), sum(conversion_value) / nullif(sum(spend), 0)
       from ${rows} where _to is null`,
  },
  {
    name: "spend by month and platform",
    query: {
      dataset: "ads",
      metrics: ["spend"],
      dimensions: ["platform"],
      grain: "month",
      range: { all: true },
    },
    sql: (rows) =>
      `select date_trunc('month', date)::varchar, platform, sum(spend) / 1e6
       from ${rows} where _to is null group by 1, 2 order by 1, 2`,
  },
  {
    name: "top 20 campaigns in two countries",
    query: {
      dataset: "ads",
      metrics: ["spend", "ctr"],
      dimensions: ["campaign"],
      range: { all: true },
      filters: { field: "country", op: "in", value: ["DE", "AT"] },
      order: [{ by: "spend", direction: "desc" }],
      limit: 20,
    },
    sql: (rows) =>
      `select campaign, sum(spend) / 1e6, sum(clicks) / nullif(sum(impressions), 0)
       from ${rows} where _to is null and country in ('DE', 'AT') group by 1 order by 2 desc limit 20`,
  },
  {
    name: "conversions by device and week",
    query: {
      dataset: "ads",
      metrics: ["conversions", "cpa"],
      dimensions: ["device"],
      grain: "week",
      range: { from: "2003-01-01", to: "2005-12-31" },
    },
    sql: (rows) =>
      `select date_trunc('week', date)::varchar, device, sum(conversions) / 1e6,
         sum(spend) / nullif(sum(conversions), 0)
       from ${rows} where _to is null and date between '2003-01-01' and '2005-12-31' group by 1, 2 order by 1, 2`,
  },
  {
    name: "countries of one platform",
    query: {
      dataset: "ads",
      metrics: ["impressions", "clicks", "spend", "cpc"],
      dimensions: ["country"],
      range: { all: true },
      filters: { field: "platform", op: "equals", value: "meta_ads" },
      order: [{ by: "spend", direction: "desc" }],
    },
    sql: (rows) =>
      `select country, sum(impressions), sum(clicks), sum(spend) / 1e6, sum(spend) / 1e6 / nullif(sum(clicks), 0)
       from ${rows} where _to is null and platform = 'meta_ads' group by 1 order by 4 desc`,
  },
];
