import { z } from "zod";
import type { Collection, DocumentStore, Stored } from "@/lib/documents/mod.ts";

const moveMarkSchema = z.looseObject({
  id: z.literal("move"),
  /** `filling`: not everything is there, and nobody may be served. */
  state: z.enum(["filling", "complete"]),
  /** Where it comes from, for people. */
  from: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  completedAt: z.string().optional(),
});
/** What an installation knows of the move that filled it. */
export type MoveMark = z.output<typeof moveMarkSchema>;

/** One document at most: that this place is being filled, or was. Never moved itself. */
export const movesCollection: Collection<MoveMark> = { name: "moves", schema: moveMarkSchema, indexes: {} };

/** The mark of a place, or null where nothing was ever moved to it. */
export async function readMoveMark(documents: DocumentStore, workspace: string): Promise<Stored<MoveMark> | null> {
  return await documents.get(movesCollection, workspace, "move");
}
