import type { Dataset, ImportChanges } from "@/lib/model/mod.ts";
import type { ImportDiff } from "@/lib/warehouse/mod.ts";

/** A warehouse's difference in the words of a ledger: measures by title, stored integers as numbers. */
export function importChanges(
  dataset: Dataset,
  { days, perMeasure }: Pick<ImportDiff, "days" | "perMeasure">,
): ImportChanges {
  const measures = dataset.columns.flatMap(({ name, title, type }) => {
    const sums = perMeasure[name];
    if (!sums || (sums.before === null && sums.after === null)) return [];
    const scale = type === "decimal" ? 1e6 : 1;
    const units = (sum: bigint | null) => sum === null ? null : Number(sum) / scale;
    return [{ column: name, title, before: units(sums.before), after: units(sums.after) }];
  });
  return { days, measures };
}
