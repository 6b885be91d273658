import { finishUpload } from "@/lib/ingest/finish_upload.ts";
import { IMPORT_JOB, ROLLUPS_JOB, runImport } from "@/lib/ingest/imports.ts";
import { holdAlone } from "./_hold.ts";
import { defineJob } from "./define_job.ts";
import { INBOX_ACTOR, INBOX_JOB } from "./inbox.ts";

/** A database that is away is waited for about a quarter of an hour; then the import says that it failed. */
const ATTEMPTS = 18;

/** Brings one file in; the run's key is the import's id. Killed anywhere, it goes on from what the import's document says. */
export const importFileJob = defineJob({
  name: IMPORT_JOB,
  needs: ["engine"],
  attempts: ATTEMPTS,
  backoffMs: [1_000, 5_000, 15_000, 30_000, 60_000],
  async run(services, { workspace, key, signal, attempt }) {
    if (key === null) throw new TypeError("Cannot import: the run has no key");
    const { dataset, sha256 } = await finishUpload(services, workspace, key, { signal });
    // The same bytes at the same moment, wherever: the second one waits, and then sees that they are there already.
    const bytes = { key: `import.${dataset}.${sha256}`, owner: key };
    const job = await holdAlone(services.documents, workspace, bytes, { signal }, (signal) => {
      signal.throwIfAborted();
      return runImport(services, workspace, key, { signal, again: attempt < ATTEMPTS });
    });
    if (job.state === "published") {
      const datasets = new Set(job.parts.map((part) => part.dataset));
      for (const dataset of datasets) await services.jobs.enqueue(workspace, ROLLUPS_JOB, dataset);
    }
    if (job.actor === INBOX_ACTOR) await services.jobs.enqueue(workspace, INBOX_JOB, "settle");
  },
});
