import { join } from "node:path";
import { listDatasets } from "@/lib/dataset/datasets.ts";
import type { Collection, ListOptions } from "@/lib/documents/mod.ts";
import { idempotencyCollection } from "@/lib/http/idempotency.ts";
import { expireUploads } from "@/lib/ingest/finish_upload.ts";
import { importsCollection } from "@/lib/ingest/imports.ts";
import { partIds } from "@/lib/ingest/part_ids.ts";
import type { ImportState } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { holdsCollection } from "./_hold.ts";
import { defineJob, type JobContext } from "./define_job.ts";
import { jobRunsCollection } from "./job_run.ts";

const DAY = 86_400_000;
const KEEP_RUNS_MS = 30 * DAY;
const KEEP_VERSIONS_MS = 400 * DAY;
/** Rows that were set aside; their numbers stay on the import. */
const KEEP_REJECTED_MS = 400 * DAY;
/** A killed process's import is over long before that; whatever is older was looked at by an earlier night. */
const LOOK_BACK_MS = 3 * DAY;
const OVER: readonly ImportState[] = ["published", "duplicate", "failed", "rolled-back", "cancelled"];

type CleanUpServices = Pick<
  Services,
  "documents" | "warehouse" | "staging" | "files" | "events" | "clock" | "config"
>;

/** Removes every night what nobody needs any more. Raw files are kept for ever. */
export const cleanUpJob = defineJob({
  name: "clean-up",
  every: { daily: "02:30" },
  leaseMs: 60_000,
  run: (services, context) => cleanUp(services, context),
});

/** Every step for itself: one that fails keeps none of the others from running. */
export async function cleanUp(
  services: CleanUpServices,
  { workspace, signal, log }: Pick<JobContext, "workspace" | "signal" | "log">,
): Promise<void> {
  const now = await services.documents.now();
  const steps: Record<string, () => Promise<number>> = {
    idempotencyKeys: () =>
      deleteAll(services, workspace, idempotencyCollection, { index: "byExpiry", to: now }, signal),
    jobRuns: async () => {
      let count = 0;
      for (const state of ["done", "failed"]) {
        const options = { index: "byEnd", equals: [state], to: now - KEEP_RUNS_MS };
        count += await deleteAll(services, workspace, jobRunsCollection, options, signal);
      }
      return count;
    },
    holds: () => letGoHolds(services, workspace, signal),
    uploads: () => expireUploads(services, workspace, signal),
    stagedTables: () => discardStaged(services, workspace, signal),
    stagedFiles: () => removeStagedFiles(services, workspace, signal),
    rejectedRows: () => forgetRejected(services, workspace, signal),
    oldVersions: () => compact(services, workspace, signal),
  };
  const removed: Record<string, number> = {};
  const errors: unknown[] = [];
  for (const [name, step] of Object.entries(steps)) {
    signal.throwIfAborted();
    try {
      removed[name] = await step();
    } catch (error) {
      signal.throwIfAborted();
      log.warn("A step of the clean-up failed", { step: name, error });
      errors.push(error);
    }
  }
  log.info("Cleaned up", { removed });
  if (errors.length) throw new AggregateError(errors, `Cannot clean up: ${errors.map(String).join("; ")}`);
}

/** Holds of work that was killed and never taken up again. */
async function letGoHolds({ documents }: CleanUpServices, workspace: string, signal: AbortSignal): Promise<number> {
  const now = await documents.now();
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await documents.list(holdsCollection, workspace, { limit: 500, cursor });
    for (const { doc, version } of page.items) {
      signal.throwIfAborted();
      if (now - doc.renewedAt < DAY) continue;
      if (await documents.delete(holdsCollection, workspace, doc.id, version)) count++;
    }
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return count;
}

async function deleteAll<T extends { id: string }>(
  { documents }: CleanUpServices,
  workspace: string,
  collection: Collection<T>,
  options: ListOptions,
  signal: AbortSignal,
): Promise<number> {
  for (let count = 0;;) {
    const { items } = await documents.list(collection, workspace, { ...options, limit: 500 });
    if (items.length === 0) return count;
    for (const { doc } of items) {
      signal.throwIfAborted();
      if (await documents.delete(collection, workspace, doc.id)) count++;
    }
  }
}

/** Drops tables of imports that are over: their run does so itself, unless its process was killed. */
async function discardStaged({ documents, staging, clock }: CleanUpServices, workspace: string, signal: AbortSignal) {
  const from = new Date(clock.now().getTime() - LOOK_BACK_MS).toISOString();
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await documents.list(importsCollection, workspace, { index: "byCreated", from, cursor });
    for (const { doc } of page.items) {
      signal.throwIfAborted();
      if (!OVER.includes(doc.state)) continue;
      await staging.discard(workspace, doc.id);
      count++;
    }
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return count;
}

/** Removes staged files, and copies made of them, whose imports are over or unknown. Folders are the engine's own. */
async function removeStagedFiles({ documents, config }: CleanUpServices, workspace: string, signal: AbortSignal) {
  if (config.server) return 0; // there each process has a folder of its own, which goes with it
  const folder = join(config.dataDir, "staging");
  let count = 0;
  for (const { name, isFile } of await Array.fromAsync(Deno.readDir(folder))) {
    signal.throwIfAborted();
    const id = /^import_([A-Za-z0-9]+)/.exec(name)?.[1];
    if (!isFile || !id) continue;
    const job = await documents.get(importsCollection, workspace, id);
    if (job && !OVER.includes(job.doc.state)) continue;
    await Deno.remove(join(folder, name));
    count++;
  }
  return count;
}

/** Drops the rejected rows of imports that are older than anybody asks for, once each. */
async function forgetRejected({ documents, staging, clock }: CleanUpServices, workspace: string, signal: AbortSignal) {
  const to = new Date(clock.now().getTime() - KEEP_REJECTED_MS).toISOString();
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await documents.list(importsCollection, workspace, { index: "byCreated", to, cursor });
    for (const { doc, version } of page.items) {
      signal.throwIfAborted();
      if (doc.rejectedForgotten || !OVER.includes(doc.state)) continue;
      for (const part of partIds(doc)) await staging.forget(workspace, part);
      await documents.put(importsCollection, workspace, { ...doc, rejectedForgotten: true }, version);
      count++;
    }
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return count;
}

async function compact(services: CleanUpServices, workspace: string, signal: AbortSignal): Promise<number> {
  const before = new Date(services.clock.now().getTime() - KEEP_VERSIONS_MS).toISOString();
  let count = 0;
  for (const dataset of await listDatasets(services, workspace)) {
    signal.throwIfAborted();
    const ref = { workspace, dataset };
    if ((await services.warehouse.state(ref)).version === 0) continue;
    count += (await services.warehouse.compact(ref, { before })).rows;
  }
  return count;
}
