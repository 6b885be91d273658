import type { Dataset } from "@/lib/model/mod.ts";
import { levelWords } from "./level_words.ts";
import type { ListedDataset } from "./DatasetsTable.tsx";

/** What stands in a dataset, as far as a list shows it. */
interface Standing {
  dataset: Pick<Dataset, "id" | "title" | "columns">;
  state: {
    rows: number;
    range: { from: string; to: string } | null;
    asOf: string | null;
    levels: { level: string; rows: number }[];
  };
}

/** A dataset as lists show it. */
export function listedDataset({ dataset, state }: Standing): ListedDataset {
  return {
    id: dataset.id,
    title: dataset.title,
    rows: state.rows,
    range: state.range,
    levels: state.levels.filter(({ rows }) => rows > 0).map(({ level }) => levelWords(level, dataset.columns)),
    asOf: state.asOf,
  };
}
