import type { ImportJob } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { importsCollection } from "./collections.ts";

/**
 * The import that published the same bytes into the same dataset, if its rows are still what counts: nothing published
 * after it has changed or ended rows of its days.
 */
export async function findDuplicate(
  services: Pick<Services, "documents">,
  workspace: string,
  job: ImportJob,
): Promise<ImportJob | null> {
  const same = await services.documents.list(importsCollection, workspace, {
    index: "bySha",
    equals: [job.dataset, job.sha256],
    limit: 1_000,
  });
  const published = same.items.map(({ doc }) => doc).filter((doc) => doc.id !== job.id && doc.state === "published");
  const newest = published.sort((a, b) => (b.version ?? 0) - (a.version ?? 0))[0];
  if (!newest) return null;
  let cursor: string | undefined;
  do {
    const page = await services.documents.list(importsCollection, workspace, {
      index: "byState",
      equals: ["published"],
      direction: "descending",
      limit: 500,
      cursor,
    });
    if (page.items.some(({ doc }) => changes(doc, newest))) return null;
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return newest;
}

/** Whether an import changed rows of another after it: later in the same dataset, on the same days. */
function changes(later: ImportJob, earlier: ImportJob): boolean {
  return later.parts.some((a) =>
    a.counts.updated + a.counts.removed > 0 &&
    earlier.parts.some((b) =>
      a.dataset === b.dataset && versionOf(a, later) > versionOf(b, earlier) && a.range && b.range &&
      a.range.from <= b.range.to && b.range.from <= a.range.to
    )
  );
}

function versionOf(part: ImportJob["parts"][number], job: ImportJob): number {
  return part.version ?? job.version ?? 0;
}
