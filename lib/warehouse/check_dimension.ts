import { InputError } from "@/lib/errors.ts";
import type { Column, Dataset } from "@/lib/model/mod.ts";

/** The dimension of that name. Throws `InputError` `unknown-column`, with the names that there are. */
export function checkDimension(dataset: Dataset, name: string): Column {
  const definition = dataset.columns.find((c) => c.name === name);
  if (definition?.role === "dimension") return definition;
  const known = dataset.columns.filter((c) => c.role === "dimension").map((c) => c.name);
  throw new InputError(
    "unknown-column",
    `Cannot list the values of "${name}": dataset "${dataset.id}" has no such dimension; it has ${known.join(", ")}`,
    { column: name, known },
  );
}
