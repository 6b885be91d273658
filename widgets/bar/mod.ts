/** Bars by period, by a dimension, or both: grouped, stacked, or as shares. */
import { dimensionQuestions } from "@/components/chart/dimension_questions.ts";
import { defineWidget, type WidgetQuestion } from "@/lib/widget/mod.ts";
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
  queries: (options): Record<string, WidgetQuestion> => {
    const { dataset, limit } = options;
    const metrics = barMetrics(options);
    const [metric = ""] = metrics;
    const shape = barShape(options);
    if (shape.by === "both") {
      return { ...dimensionQuestions({ dataset, metric, grain: shape.grain, dimension: shape.dimension, limit }) };
    }
    if (shape.by === "period") {
      const order = [{ by: "period", direction: "asc" as const }];
      return { main: { kind: "metric", query: { dataset, metrics, grain: shape.grain, order } } };
    }
    const order = [{ by: metric, direction: "desc" as const }];
    const query = { dataset, metrics, dimensions: [shape.dimension], order, limit, other: true, totals: true };
    return { main: { kind: "metric", query } };
  },
  chart: (input) => barChart(input).spec,
  View,
});
