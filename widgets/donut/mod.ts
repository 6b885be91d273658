/** The parts of a whole as a ring. */
import { defineWidget } from "@/lib/widget/mod.ts";
import { donutChart } from "./chart.ts";
import { donutOptions } from "./options.ts";
import View from "./View.tsx";

/** The donut. */
export default defineWidget({
  kind: "donut",
  title: "Donut",
  description: "The parts of a whole: one metric by a dimension, the smallest as Other",
  options: donutOptions,
  size: { columns: 4, rows: 3 },
  query: ({ dataset, metric, dimension, limit }) => ({
    dataset,
    metrics: [metric],
    dimensions: [dimension],
    order: [{ by: metric, direction: "desc" }],
    limit,
    other: true,
    totals: true,
  }),
  compares: () => false,
  chart: donutChart,
  View,
});
