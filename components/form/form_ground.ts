/** What stands around a form, whatever it is of. */
import type { FormDataset } from "./json_schema.ts";

/** What stands around a form: the data that can be asked, and the reader's language. */
export interface FormGround {
  datasets: FormDataset[];
  locale: string;
  /** Formulas that stand in for metrics where this is edited; absent where none can be kept. */
  formulas?: FormFormulas;
}

/** Formulas beside the metrics of the data. */
export interface FormFormulas {
  /** Those that can be chosen. */
  list: { name: string; title: string }[];
  /** Begins to write one; `use` is told its name when it is done. */
  write(dataset: string, use: (name: string) => void): void;
}
