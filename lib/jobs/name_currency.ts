import { z } from "zod";
import { InputError } from "@/lib/errors.ts";
import { CURRENCY_JOB, ROLLUPS_JOB } from "@/lib/ingest/job_names.ts";
import { repeatImport } from "@/lib/ingest/repeat_import.ts";
import { documentIdSchema } from "@/lib/model/mod.ts";
import { defineJob } from "./define_job.ts";

const ATTEMPTS = 18;

const batchSchema = z.object({
  currency: z.string(),
  actor: z.string(),
  repeats: z.array(z.object({
    import: documentIdSchema,
    id: documentIdSchema,
    answers: z.record(z.string(), z.string()),
  })),
});

/** Brings imports in again with a currency, one after the other; the run's key is the batch's id. Goes on where it was. */
export const nameCurrencyJob = defineJob({
  name: CURRENCY_JOB,
  needs: ["engine"],
  attempts: ATTEMPTS,
  backoffMs: [1_000, 5_000, 15_000, 30_000, 60_000],
  async run(services, { workspace, key, payload, signal, attempt }) {
    if (key === null) throw new TypeError("Cannot name a currency: the run has no key");
    const { currency, actor, repeats } = batchSchema.parse(payload);
    const touched = new Set<string>();
    try {
      for (const repeat of repeats) {
        signal.throwIfAborted();
        const options = { signal, again: attempt < ATTEMPTS };
        const job = await repeatImport(services, { workspace, actor }, { batch: key, currency, repeat }, options);
        for (const part of job.parts) touched.add(part.dataset);
      }
    } catch (error) {
      // A file that cannot go in again does not by being tried again: the ledger shows why.
      if (!(error instanceof InputError) && !isRefused(error)) throw error;
      services.log.warn("Amounts did not all get their currency", { batch: key, error });
    }
    for (const dataset of touched) await services.jobs.enqueue(workspace, ROLLUPS_JOB, dataset);
  },
});

function isRefused(error: unknown): boolean {
  return error instanceof Error && "status" in error && error.status === 409;
}
