/** How right kept forecasts were: error beside repeating the last season, bands, and the worst misses. */
import { defineWidget, type WidgetQuestion } from "@/lib/widget/mod.ts";
import { forecastReportChart } from "./chart.ts";
import { forecastReportOptions } from "./options.ts";
import View from "./View.tsx";

/** The report card. */
export default defineWidget({
  kind: "forecast-report",
  title: "Forecast report card",
  description: "How right forecasts were over time, whether bands held what they promise, and the worst misses",
  options: forecastReportOptions,
  size: { columns: 6, rows: 6 },
  queries: ({ dataset }): Record<string, WidgetQuestion> => ({ main: { kind: "accuracy", query: { dataset } } }),
  compares: () => false,
  chart: forecastReportChart,
  View,
});
