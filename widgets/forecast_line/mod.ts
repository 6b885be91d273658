/** A metric's course, what is expected of it, and what was expected a month ago. */
import { defineWidget, type WidgetQuestion } from "@/lib/widget/mod.ts";
import { forecastLineChart } from "./chart.ts";
import { forecastLineOptions } from "./options.ts";
import View from "./View.tsx";

/** The forecast line. */
export default defineWidget({
  kind: "forecast-line",
  title: "Forecast",
  description:
    "What is expected of a metric with 80 and 95 % bands, beside what was, and what was expected a month ago",
  options: forecastLineOptions,
  size: { columns: 8, rows: 4 },
  queries: ({ dataset, metric, grain, horizon, history, marks }): Record<string, WidgetQuestion> => ({
    main: { kind: "forecast", query: { dataset, metrics: [metric], grain, horizon } },
    // What stands out is looked for by day alone.
    ...marks && grain === "day"
      ? {
        marks: {
          kind: "anomalies",
          query: { dataset, metric, state: "open", exact: true, days: Math.min(400, history) },
        },
      }
      : {},
  }),
  compares: () => false,
  chart: forecastLineChart,
  View,
});
