/** The rollups that a dataset asks for, whatever they are kept in. */
import type { Dataset } from "@/lib/model/mod.ts";

/** One per grain, with the dimensions of all that the dataset lists of that grain. */
export interface RollupDefinition {
  name: string;
  grain: "day" | "month";
  dimensions: string[];
}

/** With fewer rows a rollup costs next to nothing, whatever its size. */
export const WORTH_ROWS = 100_000;
/** A rollup with more than this share of the rows is no faster than the rows, and costs time at every import. */
export const WORTH_SHARE = 0.5;

/** The rollups of a dataset. `currency` is always among the dimensions: amounts of two are never added. */
export function rollupDefinitions(dataset: Dataset): RollupDefinition[] {
  const dimensionsOf = new Map<"day" | "month", Set<string>>();
  for (const { grain, dimensions } of dataset.rollups) {
    const known = dimensionsOf.get(grain) ?? new Set();
    for (const name of dimensions) known.add(name);
    dimensionsOf.set(grain, known);
  }
  return [...dimensionsOf].map(([grain, names]) => {
    if (dataset.columns.some((c) => c.name === "currency")) names.add("currency");
    const dimensions = dataset.columns.filter((c) => c.role === "dimension" && names.has(c.name)).map((c) => c.name);
    return { name: `rollup_${grain}`, grain, dimensions };
  });
}

/** The measures that a rollup adds up. */
export function additiveMeasures(dataset: Dataset): string[] {
  return dataset.columns.filter((c) => c.role === "measure" && c.additive).map((c) => c.name);
}

/** What a rollup holds; one whose definition says otherwise is made anew. */
export function rollupColumns(dataset: Dataset, rollup: RollupDefinition): string {
  return [...rollup.dimensions, "|", ...additiveMeasures(dataset)].join(",");
}
