/** Reading and changing the documents of imports. */
import type { Stored } from "@/lib/documents/mod.ts";
import { ConflictError, NotFoundError } from "@/lib/errors.ts";
import type { ImportJob, ImportState } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { importsCollection } from "./collections.ts";

type Needed = Pick<Services, "documents" | "events" | "clock">;

/** An import that is over: nothing runs for it, and nothing will by itself. */
export const FINAL_STATES: readonly ImportState[] = ["published", "duplicate", "failed", "rolled-back", "cancelled"];

/** The stored import. Throws `NotFoundError`. */
export async function loadImport(
  services: Pick<Services, "documents">,
  workspace: string,
  id: string,
): Promise<Stored<ImportJob>> {
  const stored = await services.documents.get(importsCollection, workspace, id);
  if (!stored) throw new NotFoundError(`There is no import "${id}"`, { id });
  return stored;
}

/**
 * Changes an import as it stands now and tells the live pages. `change` sees the newest document, may throw to refuse,
 * and may be called again where somebody else was faster.
 */
export async function changeImport(
  services: Needed,
  workspace: string,
  id: string,
  change: (job: ImportJob) => Partial<ImportJob>,
): Promise<ImportJob> {
  for (;;) {
    const { doc, version } = await loadImport(services, workspace, id);
    const next = { ...doc, ...change(doc), updatedAt: services.clock.now().toISOString() };
    try {
      await services.documents.put(importsCollection, workspace, next, version);
    } catch (error) {
      if (error instanceof ConflictError) continue;
      throw error;
    }
    await services.events.publish(workspace, { type: "import", id, state: next.state });
    return next;
  }
}
