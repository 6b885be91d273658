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
    for (const { doc } of page.items) {
      const later = doc.dataset === job.dataset && (doc.version ?? 0) > (newest.version ?? 0);
      if (later && doc.counts.updated + doc.counts.removed > 0 && overlap(doc, newest)) return null;
    }
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return newest;
}

function overlap(a: ImportJob, b: ImportJob): boolean {
  return a.parts.some(({ range: x }) => b.parts.some(({ range: y }) => x && y && x.from <= y.to && y.from <= x.to));
}
