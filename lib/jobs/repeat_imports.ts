import { z } from "zod";
import { InputError } from "@/lib/errors.ts";
import { REPEAT_JOB, ROLLUPS_JOB } from "@/lib/ingest/job_names.ts";
import { repeatImport } from "@/lib/ingest/repeat_import.ts";
import { documentIdSchema } from "@/lib/model/mod.ts";
import { defineJob } from "./define_job.ts";

const ATTEMPTS = 18;

const batchSchema = z.object({
  purpose: z.union([z.strictObject({ currency: z.string() }), z.strictObject({ apart: z.string() })]),
  actor: z.string(),
  repeats: z.array(z.object({
    import: documentIdSchema,
    id: documentIdSchema,
    answers: z.record(z.string(), z.string()),
  })),
});

/** Brings imports in again, one after the other; the run's key is the batch's id. Goes on where it was. */
export const repeatImportsJob = defineJob({
  name: REPEAT_JOB,
  needs: ["engine"],
  attempts: ATTEMPTS,
  backoffMs: [1_000, 5_000, 15_000, 30_000, 60_000],
  async run(services, { workspace, key, payload, signal, attempt }) {
    if (key === null) throw new TypeError("Cannot bring imports in again: the run has no key");
    const { purpose, actor, repeats } = batchSchema.parse(payload);
    const touched = new Set<string>();
    try {
      for (const repeat of repeats) {
        signal.throwIfAborted();
        const options = { signal, again: attempt < ATTEMPTS };
        const job = await repeatImport(services, { workspace, actor }, { batch: key, purpose, repeat }, options);
        for (const part of job.parts) touched.add(part.dataset);
      }
    } catch (error) {
      // A file that cannot go in again does not by being tried again: the ledger shows why.
      if (!(error instanceof InputError) && !isRefused(error)) throw error;
      services.log.warn("Not every file went in again", { batch: key, error });
    }
    for (const dataset of touched) await services.jobs.enqueue(workspace, ROLLUPS_JOB, dataset);
  },
});

function isRefused(error: unknown): boolean {
  return error instanceof Error && "status" in error && error.status === 409;
}
