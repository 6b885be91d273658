import type { Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { importsCollection } from "./collections.ts";

/** How far imports are that are brought in again. */
export interface BatchProgress {
  id: string;
  /** The currency that their amounts get, where that is why. */
  currency: string | null;
  /** How many are in their place, of how many. */
  done: number;
  of: number;
  /** The one that did not go in; those after it were left as they are. */
  stopped: { id: string; filename: string; why: string } | null;
}

/** What became of a batch that an address names (`batch`, `of`); null where it names none. */
export async function batchProgress(
  { documents }: Pick<Services, "documents">,
  { workspace }: Viewer,
  params: URLSearchParams,
): Promise<BatchProgress | null> {
  const [id, of] = [params.get("batch"), Number(params.get("of"))];
  if (!id || !Number.isInteger(of) || of < 1) return null;
  // A batch was begun moments ago: its imports are among the newest.
  const { items } = await documents.list(importsCollection, workspace, {
    index: "byCreated",
    direction: "descending",
    limit: Math.min(of + 100, 1_000),
  });
  const imports = items.map(({ doc }) => doc).filter(({ repeats }) => repeats?.batch === id);
  const stopped = imports.find(({ state }) => ["failed", "needs-mapping", "cancelled"].includes(state));
  return {
    id,
    of,
    currency: imports[0]?.repeats?.currency ?? null,
    done: imports.filter(({ state }) => state === "published").length,
    stopped: stopped
      ? {
        id: stopped.id,
        filename: stopped.filename,
        why: stopped.error?.message ?? stopped.questions[0]?.title ?? "It was cancelled.",
      }
      : null,
  };
}
