/** Metrics that a tile keeps for itself: formulas under names that its options may choose. Pure, and free of zod. */
import type { InlineMetric, MetricQueryInput } from "./metric_query.ts";

/**
 * Metrics of a question with a tile's formulas in the place of their names. They stand in for metrics of the dataset that
 * somebody saved under the same name later.
 */
export function withFormulas(
  metrics: MetricQueryInput["metrics"],
  formulas: readonly InlineMetric[] = [],
): MetricQueryInput["metrics"] {
  const known = new Map(formulas.map((formula) => [formula.name, { ...formula, shadow: true }]));
  return metrics.map((metric) => typeof metric === "string" ? known.get(metric) ?? metric : metric);
}
