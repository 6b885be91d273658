/** Bars by period, by a dimension, or both: grouped, stacked, or as shares. */
import { dimensionQuery } from "@/components/chart/dimension_query.ts";
import type { MetricQueryInput } from "@/lib/model/mod.ts";
import { defineWidget } from "@/lib/widget/mod.ts";
import { barMetrics, barShape } from "./bar_shape.ts";
import { barChart } from "./chart.ts";
import { barOptions } from "./options.ts";
import View from "./View.tsx";

/** The bar chart. */
export default defineWidget({
  kind: "bar",
  title: "Bar",
  description: "Bars by period or by a dimension: grouped, stacked, or as shares of 100 %",
  options: barOptions,
  size: { columns: 4, rows: 4 },
  query: (options): MetricQueryInput => {
    const { dataset, limit } = options;
    const metrics = barMetrics(options);
    const [metric = ""] = metrics;
    const shape = barShape(options);
    if (shape.by === "both") {
      return dimensionQuery({ dataset, metric, grain: shape.grain, dimension: shape.dimension, limit });
    }
    if (shape.by === "period") {
      return { dataset, metrics, grain: shape.grain, order: [{ by: "period", direction: "asc" }] };
    }
    const order = [{ by: metric, direction: "desc" as const }];
    return { dataset, metrics, dimensions: [shape.dimension], order, limit, other: true, totals: true };
  },
  compares: (options) => barShape(options).by === "period",
  chart: (input) => barChart(input).spec,
  View,
});
