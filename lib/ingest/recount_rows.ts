/** Notes again what today's imports brought in: counters may know less than the ledger, after a start for one. */
import type { ImportCounts } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { importsCollection } from "./collections.ts";

const DAY_MS = 86_400_000;
/** Imports of more than a day ago, which waited for an answer and were published today, are not looked for. */
const LOOK_BACK_MS = DAY_MS;

/** Reads the ledger back to yesterday. Safe to repeat: an import counts once. */
export async function recountRows(
  services: Pick<Services, "documents" | "counters" | "clock">,
  workspace: string,
): Promise<void> {
  const now = services.clock.now().getTime();
  const from = new Date(now - now % DAY_MS - LOOK_BACK_MS).toISOString();
  let cursor: string | undefined;
  do {
    const page = await services.documents.list(importsCollection, workspace, {
      index: "byState",
      equals: ["published"],
      from,
      limit: 1_000,
      cursor,
    });
    // Its last change is when it was published, or restored: then its rows came in again.
    for (const { doc } of page.items) {
      services.counters.imported(workspace, doc.id, broughtIn(doc.counts), new Date(doc.updatedAt));
    }
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
}

/** The rows of an import that stand by it: new, changed or confirmed. */
export function broughtIn({ inserted, updated, unchanged }: ImportCounts): number {
  return inserted + updated + unchanged;
}
