/** Two metrics on two scales: bars and a line. */
import { defineWidget } from "@/lib/widget/mod.ts";
import { comboChart } from "./chart.ts";
import { comboOptions } from "./options.ts";
import View from "./View.tsx";

/** The combo chart. */
export default defineWidget({
  kind: "combo",
  title: "Combo",
  description: "Two metrics on two scales, one as bars and one as a line",
  options: comboOptions,
  size: { columns: 8, rows: 4 },
  query: ({ dataset, metric, line, grain }) => ({
    dataset,
    metrics: line && line !== metric ? [metric, line] : [metric],
    grain,
    order: [{ by: "period", direction: "asc" }],
  }),
  chart: comboChart,
  View,
});
