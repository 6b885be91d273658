import { listDatasets } from "@/lib/dataset/datasets.ts";
import type { Collection } from "@/lib/documents/mod.ts";
import { type UpkeepReport, upkeepReportSchema } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { defineJob, type JobContext } from "./define_job.ts";

/** Runs whose reports are kept. */
const KEPT = 60;

/** What upkeep did, by the moment that it began. */
export const upkeepReportsCollection: Collection<UpkeepReport> = {
  name: "upkeep_reports",
  schema: upkeepReportSchema,
  indexes: {},
};

/** Keeps the stores quick, every night after the clean-up: statistics, indexes, what is written ahead. */
export const upkeepJob = defineJob({
  name: "upkeep",
  every: { daily: "03:00" },
  leaseMs: 60_000,
  async run(services, context) {
    await runUpkeep(services, context);
  },
});

/** Looks after every store and keeps a report of it. */
export async function runUpkeep(
  { documents, warehouse }: Pick<Services, "documents" | "warehouse">,
  { workspace, signal, log }: Pick<JobContext, "workspace" | "signal" | "log">,
): Promise<UpkeepReport> {
  const began = await documents.now();
  const started = performance.now();
  const refs = [];
  for (const dataset of await listDatasets({ documents }, workspace)) {
    const ref = { workspace, dataset };
    if ((await warehouse.state(ref)).version > 0) refs.push(ref);
  }
  signal.throwIfAborted();
  const steps = await warehouse.maintain(refs);
  signal.throwIfAborted();
  steps.push(...await documents.maintain());
  for (const { part, step, did, problem, milliseconds } of steps) {
    if (problem) log.warn("Upkeep found something", { part, step, did, problem });
    else log.info("Upkeep", { part, step, did, milliseconds });
  }
  const report = { id: new Date(began).toISOString(), steps, milliseconds: Math.round(performance.now() - started) };
  await documents.create(upkeepReportsCollection, workspace, report);
  await dropOld(documents, workspace);
  return report;
}

/** The latest reports, newest first. */
export async function listUpkeep(
  { documents }: Pick<Services, "documents">,
  workspace: string,
  limit = 10,
): Promise<UpkeepReport[]> {
  const page = await documents.list(upkeepReportsCollection, workspace, { direction: "descending", limit });
  return page.items.map(({ doc }) => doc);
}

async function dropOld(documents: Services["documents"], workspace: string): Promise<void> {
  const { items } = await documents.list(upkeepReportsCollection, workspace, { direction: "descending", limit: 1_000 });
  for (const { doc } of items.slice(KEPT)) await documents.delete(upkeepReportsCollection, workspace, doc.id);
}
