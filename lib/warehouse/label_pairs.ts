import type { Dataset } from "@/lib/model/mod.ts";

/** The id and name columns that are both among some columns: the names that are looked up by an id. */
export function labelPairs(dataset: Dataset, columns: readonly string[]): { id: string; name: string }[] {
  return dataset.columns.flatMap(({ name, labels }) =>
    labels && columns.includes(name) && columns.includes(labels) ? [{ id: labels, name }] : []
  );
}
