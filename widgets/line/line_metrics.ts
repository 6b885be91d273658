import type { LineOptions } from "./options.ts";

/** The metrics of a line chart, each once; by a dimension only the first. */
export function lineMetrics({ metric, metrics, dimension }: LineOptions): string[] {
  const all = [...new Set([...metric ? [metric] : [], ...metrics])];
  return dimension ? all.slice(0, 1) : all;
}
