/** What a metric comes to by the end of the month, and how likely a target is. */
import { defineWidget, type WidgetQuestion } from "@/lib/widget/mod.ts";
import { monthProjectionChart } from "./chart.ts";
import { monthProjectionOptions } from "./options.ts";
import View from "./View.tsx";

/** The projection. */
export default defineWidget({
  kind: "month-projection",
  title: "Month-end projection",
  description: "What a metric comes to by the end of the month, with bands, and how likely a target is",
  options: monthProjectionOptions,
  size: { columns: 5, rows: 4 },
  queries: ({ dataset, metric, unit }): Record<string, WidgetQuestion> => ({
    main: { kind: "forecast", query: { dataset, metrics: [metric], total: unit } },
  }),
  compares: () => false,
  chart: monthProjectionChart,
  View,
});
