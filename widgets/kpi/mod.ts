/** One number: its value, how it moved, and its course as a sparkline. */
import { defineWidget } from "@/lib/widget/mod.ts";
import { kpiOptions } from "./options.ts";
import View from "./View.tsx";

/** The KPI card. */
export default defineWidget({
  kind: "kpi",
  title: "KPI",
  description: "One number with its change and a sparkline",
  options: kpiOptions,
  size: { columns: 3, rows: 2 },
  query: ({ dataset, metric, grain }) => ({
    dataset,
    metrics: [metric],
    grain,
    order: [{ by: "period", direction: "asc" }],
    totals: true,
  }),
  View,
});
