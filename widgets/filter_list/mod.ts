/** The values of a dimension to tick: the other tiles show those alone. */
import { defineWidget } from "@/lib/widget/mod.ts";
import { filterListOptions } from "./options.ts";
import View from "./View.tsx";

/** The filter list. */
export default defineWidget({
  kind: "filter-list",
  title: "Filter list",
  description: "Values of a dimension to search and tick; the other tiles show only what is ticked",
  options: filterListOptions,
  size: { columns: 3, rows: 4 },
  query: ({ dataset, metric, dimension, limit }) => ({
    dataset,
    metrics: [metric],
    dimensions: [dimension],
    order: [{ by: metric, direction: "desc" }],
    limit,
  }),
  compares: () => false,
  View,
});
