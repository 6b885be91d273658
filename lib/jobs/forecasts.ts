import { shownForecasts } from "@/lib/dashboard/shown_forecasts.ts";
import { getDataset, listDatasets } from "@/lib/dataset/datasets.ts";
import { watchDataset } from "@/lib/forecast/anomalies/watch_dataset.ts";
import { makeForecasts } from "@/lib/forecast/make_forecasts.ts";
import { settleForecasts } from "@/lib/forecast/settle_forecasts.ts";
import { tellTiers } from "@/lib/forecast/tiers/tell_tiers.ts";
import { writeReport } from "@/lib/forecast/write_report.ts";
import { FORECASTS_JOB } from "@/lib/ingest/job_names.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import { holdAlone } from "./_hold.ts";
import { defineJob, type JobContext } from "./define_job.ts";
import type { Services } from "@/lib/services.ts";

/** Settles what came, forecasts anew, looks for what stands out and tells what becomes of campaigns: of one dataset after each import or rollback, and every night of all. */
export const forecastsJob = defineJob({
  name: FORECASTS_JOB,
  every: { daily: "02:00" },
  leaseMs: 60_000,
  async run(services, context) {
    const { workspace, key, signal } = context;
    const ids = key === null ? (await listDatasets(services, workspace)).map(({ id }) => id) : [key];
    for (const id of ids) {
      // The night's run and an import's may meet at one dataset: the second finds everything made.
      const alone = { key: `forecasts.${id}`, owner: `forecasts.${context.slot ?? key}` };
      await holdAlone(services.documents, workspace, alone, { signal }, (signal) => {
        return forecastDataset(services, { ...context, signal }, id);
      });
    }
  },
});

/** Brings the forecasts of one dataset up to date. */
export async function forecastDataset(
  services: Services,
  { workspace, signal, log, confirm }: Pick<JobContext, "workspace" | "signal" | "log" | "confirm">,
  id: string,
): Promise<void> {
  const viewer = { ...LOCAL_OWNER, workspace };
  const dataset = await getDataset(services, workspace, id);
  const state = await services.warehouse.state({ workspace, dataset });
  if (state.version === 0) return;
  const { settled, outdated } = await settleForecasts(services, viewer, dataset, signal);
  const asked = await shownForecasts(services, viewer, id);
  const options = { signal, log, confirm, asked };
  const report = await makeForecasts(services, viewer, { dataset, state }, options);
  if (report.made + settled + outdated > 0) {
    await writeReport(services, viewer, id, signal);
    log.info("Forecasts are up to date", { dataset: id, ...report, settled, outdated });
  }
  const { written, watched } = await watchDataset(services, viewer, { dataset, state }, options);
  if (await tellTiers(services, viewer, { dataset, state }, options)) {
    log.info("Campaign tiers were told", { dataset: id });
  }
  if (written > 0) log.info("What stands out was written down", { dataset: id, written, watched });
}
