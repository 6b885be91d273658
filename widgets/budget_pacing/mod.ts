/** How a budget is being spent, where that leads, and what it takes to come out even. */
import { defineWidget, type WidgetQuestion } from "@/lib/widget/mod.ts";
import { budgetPacingChart } from "./chart.ts";
import { budgetPacingOptions } from "./options.ts";
import View from "./View.tsx";

/** The pacing. */
export default defineWidget({
  kind: "budget-pacing",
  title: "Budget pacing",
  description: "Spend so far against the plan, where it leads, and what is needed per day",
  options: budgetPacingOptions,
  size: { columns: 7, rows: 5 },
  queries: ({ dataset, metric, unit }): Record<string, WidgetQuestion> => ({
    main: { kind: "forecast", query: { dataset, metrics: [metric], total: unit } },
  }),
  compares: () => false,
  chart: budgetPacingChart,
  View,
});
