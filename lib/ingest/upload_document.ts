import { z } from "zod";
import type { Collection } from "@/lib/documents/mod.ts";
import { documentIdSchema } from "@/lib/model/mod.ts";

/** How long an upload waits for its next chunk, in milliseconds: over a weekend and a holiday. */
export const UPLOAD_KEEP_MS = 7 * 86_400_000;

/** No chunk may be longer: what a lost connection costs at most, and little enough for any proxy. */
export const MAX_CHUNK_BYTES = 16 * 2 ** 20;

const uploadDocumentSchema = z.looseObject({
  /** The id of the import it becomes. */
  id: documentIdSchema,
  /** Bytes of the whole file. */
  size: z.int().min(0),
  /** Bytes that are kept so far: the sum of the parts. */
  offset: z.int().min(0),
  /** Parts in `Files`, in order. */
  parts: z.array(z.string()),
  /** The same file, sent again by the same person to the same place, goes on here. */
  resumeKey: z.string().optional(),
  /** Milliseconds by the store's clock. */
  expiresAt: z.number(),
});
/** A file that arrives in pieces. Its change from one version to the next decides which of two equal chunks counts. */
export type UploadDocument = z.output<typeof uploadDocumentSchema>;

/** Files that are still arriving. */
export const uploadsCollection: Collection<UploadDocument> = {
  name: "uploads",
  schema: uploadDocumentSchema,
  indexes: { byExpiry: { fields: ["expiresAt"] }, byResumeKey: { fields: ["resumeKey"], unique: true } },
};
