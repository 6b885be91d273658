/** How names of a column are taken apart into columns of their own. */
import { z } from "zod";
import { slugSchema } from "./ids.ts";
import { readTaxonomy } from "./taxonomy_pattern.ts";

/** A pattern: `{brand}_{country:us|de}_{channel}_{quarter}`. Each part in braces becomes a column. */
export const taxonomySchema = z.strictObject({
  /** Lasting name, unique in the dataset. */
  id: slugSchema,
  /** The text column that is taken apart. */
  column: slugSchema,
  pattern: z.string().min(3).max(500).superRefine((pattern, context) => {
    const read = readTaxonomy(pattern);
    if ("fault" in read) context.addIssue({ code: "custom", message: read.fault });
  }),
});
/** How names of a column are taken apart. */
export type Taxonomy = z.output<typeof taxonomySchema>;
