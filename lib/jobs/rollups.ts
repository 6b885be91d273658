import { getDataset, listDatasets } from "@/lib/dataset/datasets.ts";
import { FORECASTS_JOB, ROLLUPS_JOB } from "@/lib/ingest/job_names.ts";
import { defineJob } from "./define_job.ts";

/** Brings rollups to their datasets' current versions: of one after each import or rollback, and every night of all. */
export const rollupsJob = defineJob({
  name: ROLLUPS_JOB,
  every: { daily: "01:30" },
  async run(services, { workspace, key, signal, log }) {
    const { warehouse } = services;
    const datasets = key === null
      ? await listDatasets(services, workspace)
      : [await getDataset(services, workspace, key)];
    for (const dataset of datasets) {
      signal.throwIfAborted();
      const ref = { workspace, dataset };
      if ((await warehouse.state(ref)).version === 0) continue;
      const { periods } = await warehouse.refreshRollups(ref);
      if (periods) log.info("Rollups are up to date", { dataset: dataset.id, periods });
    }
    // Forecasts read what the rollups hold; by night they have a slot of their own.
    if (key !== null) await services.jobs.enqueue(workspace, FORECASTS_JOB, key);
  },
});
