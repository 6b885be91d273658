/** Metrics over time as lines or areas. */
import { dimensionQuery } from "@/components/chart/dimension_query.ts";
import type { MetricQueryInput } from "@/lib/model/mod.ts";
import { defineWidget } from "@/lib/widget/mod.ts";
import { lineChart } from "./chart.ts";
import { lineMetrics } from "./line_metrics.ts";
import { lineOptions } from "./options.ts";
import View from "./View.tsx";

/** The line chart. */
export default defineWidget({
  kind: "line",
  title: "Line",
  description: "The course of up to eight metrics, or of one metric by a dimension, with its comparison",
  options: lineOptions,
  size: { columns: 8, rows: 4 },
  query: (options): MetricQueryInput => {
    const { dataset, grain, dimension, limit } = options;
    const metrics = lineMetrics(options);
    const [metric = ""] = metrics;
    if (dimension) return dimensionQuery({ dataset, metric, grain, dimension, limit });
    return { dataset, metrics, grain, order: [{ by: "period", direction: "asc" }] };
  },
  compares: ({ dimension }) => !dimension,
  chart: lineChart,
  View,
});
