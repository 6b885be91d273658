/** Brings one import in again, under an id that was given out beforehand. */
import { ConflictError } from "@/lib/errors.ts";
import type { ImportJob, Viewer } from "@/lib/model/mod.ts";
import { importsCollection } from "./collections.ts";
import { draftImport } from "./draft_import.ts";
import { loadImport } from "./ledger.ts";
import type { Repeat, RepeatBatch } from "./repeat_batch.ts";
import { type ImportServices, runImport, type RunImportOptions } from "./run_import.ts";

/**
 * Brings an import of a batch in again and answers what it became. Safe to repeat: one that is there already goes on, and
 * one that has ended is answered as it is.
 */
export async function repeatImport(
  services: ImportServices,
  { workspace, actor }: Pick<Viewer, "workspace" | "actor">,
  { batch, purpose, repeat }: Omit<RepeatBatch, "repeats"> & { repeat: Repeat },
  options: RunImportOptions = {},
): Promise<ImportJob> {
  const there = await services.documents.get(importsCollection, workspace, repeat.id);
  if (!there) {
    const { doc: { dataset, filename, mode, bytes, sha256 } } = await loadImport(services, workspace, repeat.import);
    const viewer: Viewer = { workspace, actor, roles: ["editor"] };
    const draft = { dataset, filename, mode, answers: repeat.answers, again: true };
    const more = { id: repeat.id, state: "queued", step: "recognise", bytes, sha256 } as const;
    const job = draftImport(viewer, services.clock.now(), draft, more);
    const repeats = { import: repeat.import, batch, ...purpose };
    await services.documents.create(importsCollection, workspace, { ...job, repeats });
  }
  const job = await runImport(services, workspace, repeat.id, options);
  if (job.state === "published" || job.state === "rolled-back") return job;
  // What comes after must not be newer than what did not arrive.
  throw new ConflictError(
    `Cannot read files again: "${job.filename}" did not go in again, it is ${job.state}; ` +
      "those after it were left as they are",
    { id: job.id, state: job.state },
  );
}
