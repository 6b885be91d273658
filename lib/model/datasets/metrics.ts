/** Short ways to write metrics of the built-in datasets. */
import type { DatasetInput, MetricFormat } from "../dataset.ts";

/** Metrics as authors write them. */
export type MetricInput = NonNullable<DatasetInput["metrics"]>[number];
type Better = "up" | "down" | "none";

/** The sum of one column, under its name. */
export function sum(name: string, title: string, format: MetricFormat = "integer", better: Better = "up"): MetricInput {
  return { name, title, formula: `sum(${name})`, format, better };
}

/** A column that must not be added: shown where exactly one row stands behind the cell. */
export function only(name: string, title: string, format: MetricFormat, better: Better = "up"): MetricInput {
  return {
    name,
    title,
    formula: `only(${name})`,
    format,
    better,
    description: "Cannot be added up: shown only where one row of the file stands behind the number",
  };
}

/** A formula over other metrics. */
export function ratio(
  name: string,
  title: string,
  formula: string,
  format: MetricFormat,
  better: Better,
  description?: string,
): MetricInput {
  return { name, title, formula, format, better, ...(description ? { description } : {}) };
}
