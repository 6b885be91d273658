/** Where imports and the mappings learnt from them are kept. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Collection } from "@/lib/documents/mod.ts";
import { documentIdSchema, headerKey, type ImportJob, importJobSchema, slugSchema } from "@/lib/model/mod.ts";

/** The ledger. */
export const importsCollection: Collection<ImportJob> = {
  name: "imports",
  schema: importJobSchema,
  indexes: {
    byCreated: { fields: ["createdAt"] },
    byDataset: { fields: ["dataset", "createdAt"] },
    byDatasetState: { fields: ["dataset", "state", "createdAt"] },
    bySha: { fields: ["dataset", "sha256"] },
    byState: { fields: ["state", "createdAt"] },
  },
};

/** Answers that the next file with the same headers uses by itself. */
const mappingSchema = z.looseObject({
  id: documentIdSchema,
  dataset: slugSchema,
  headers: z.array(z.string()),
  answers: z.record(z.string(), z.string()),
});
/** Answers that the next file with the same headers uses by itself. */
export type Mapping = z.output<typeof mappingSchema>;

/** The mappings. */
export const mappingsCollection: Collection<Mapping> = { name: "mappings", schema: mappingSchema, indexes: {} };

/** Which mapping a file's headers go by: their set, whatever their order and spelling. */
export function mappingId(dataset: string, headers: string[]): string {
  const keys = [...new Set(headers.map(headerKey))].sort();
  return `${dataset}.${createHash("sha256").update(keys.join("\n")).digest("hex").slice(0, 32)}`;
}

/** An answer about one file's days says nothing about the next file's. */
export function lastingAnswers(answers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answers).filter(([id]) => !/(?:^|\/)range(?::|$)/.test(id) && id !== "older-file"),
  );
}
