import { getDataset, listDatasets } from "@/lib/dataset/datasets.ts";
import { defineJob } from "./define_job.ts";

/** The job's name; asked for under a dataset's id it refreshes that one alone. */
export const ROLLUPS_JOB = "rollups";

/** Brings rollups to their datasets' current versions: after each import, and every night for all. */
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
  },
});
