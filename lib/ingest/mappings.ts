/** Answers that the next file of the same shape uses by itself. */
import { ConflictError } from "@/lib/errors.ts";
import type { Services } from "@/lib/services.ts";
import { lastingAnswers, mappingId, mappingsCollection } from "./collections.ts";

/** What was answered for an earlier file of a shape that went to a dataset. */
export async function readMapping(
  { documents }: Pick<Services, "documents">,
  workspace: string,
  dataset: string,
  shape: string[],
): Promise<Record<string, string>> {
  const mapping = await documents.get(mappingsCollection, workspace, mappingId(dataset, shape));
  return mapping?.doc.answers ?? {};
}

/** Keeps answers for files of a shape; those of an earlier file give way. */
export async function saveMapping(
  { documents }: Pick<Services, "documents">,
  workspace: string,
  { dataset, shape, answers }: { dataset: string; shape: string[]; answers: Record<string, string> },
): Promise<void> {
  const id = mappingId(dataset, shape);
  const mapping = { id, dataset, headers: shape, answers: lastingAnswers(answers) };
  const stored = await documents.get(mappingsCollection, workspace, id);
  try {
    if (stored) await documents.put(mappingsCollection, workspace, { ...stored.doc, ...mapping }, stored.version);
    else await documents.create(mappingsCollection, workspace, mapping);
  } catch (error) {
    // Somebody answered for the same headers at the same moment: theirs stands, this import has its own answers.
    if (!(error instanceof ConflictError)) throw error;
  }
}
