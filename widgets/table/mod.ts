/** Rows by dimension or period with any number of metrics. */
import { defineWidget } from "@/lib/widget/mod.ts";
import { tableOptions } from "./options.ts";
import { tableMetrics, tableSort } from "./table_metrics.ts";
import View from "./View.tsx";

/** The table. */
export default defineWidget({
  kind: "table",
  title: "Table",
  description: "Rows with any number of metrics, sortable, with totals and the change against the comparison",
  options: tableOptions,
  size: { columns: 7, rows: 4 },
  query: (options) => ({
    dataset: options.dataset,
    metrics: tableMetrics(options),
    dimensions: options.dimensions,
    ...(options.grain ? { grain: options.grain } : {}),
    order: [tableSort(options)],
    limit: options.limit,
    totals: options.totals,
  }),
  View,
});
