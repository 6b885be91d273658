import type { TableOptions } from "./options.ts";

/** The metrics of a table, each once. */
export function tableMetrics({ metric, metrics }: Pick<TableOptions, "metric" | "metrics">): string[] {
  return [...new Set([...metric ? [metric] : [], ...metrics])];
}

/** What a table is sorted by at first: what was chosen, else time where rows are periods, else the first metric. */
export function tableSort(options: TableOptions): { by: string; direction: "asc" | "desc" } {
  const { sort, grain, direction } = options;
  const by = sort ?? (grain ? "period" : tableMetrics(options)[0] ?? "");
  return { by, direction };
}
