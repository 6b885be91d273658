/** The last step of an import: its rows become visible, or wait for somebody to confirm what they would change. */
import type { Finding, ImportJob } from "@/lib/model/mod.ts";
import type { ImportRun } from "./import_run.ts";
import { type CleanPart, partOf, previewParts, publishParts, stageParts, sumCounts } from "./publish_parts.ts";
import { broughtIn } from "./recount_rows.ts";

/** Publishes the parts and tells everybody; where the import is to be confirmed first, tells what would change. */
export async function publishImport(run: ImportRun, parts: CleanPart[], findings: Finding[]): Promise<ImportJob> {
  const { services, workspace, signal } = run;
  const { id, mode, confirm, confirmed } = run.job;
  await stageParts(services, workspace, parts);
  if (confirm && !confirmed) {
    const previews = await previewParts(services, workspace, mode, parts);
    return await run.finish({ state: "ready", step: "publish", findings, ...outcomeOf(previews) });
  }
  await run.note({ step: "publish", counts: sumCounts(parts.map(partOf)), findings });
  const published = await publishParts(services, workspace, mode, parts, signal);
  const done = await run.finish({
    state: "published",
    step: "done",
    version: published[0]!.version,
    publishedAt: services.clock.now().toISOString(),
    findings,
    ...outcomeOf(published),
  });
  const versions = new Map(published.map(({ dataset, version }) => [dataset, version!]));
  for (const [dataset, version] of versions) {
    await services.events.publish(workspace, { type: "dataset", dataset, version });
  }
  services.counters.imported(workspace, id, broughtIn(done.counts), services.clock.now());
  return done;
}

/** What the parts say of the import as a whole. */
function outcomeOf(parts: ImportJob["parts"]): Pick<ImportJob, "parts" | "counts" | "changes"> {
  return { parts, counts: sumCounts(parts), changes: parts.length === 1 ? parts[0]!.changes : undefined };
}
