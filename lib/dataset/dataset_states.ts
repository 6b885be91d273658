import type { Dataset, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { DatasetState } from "@/lib/warehouse/mod.ts";
import { listDatasets } from "./datasets.ts";

/** A dataset with what stands in it. */
export interface StandingDataset {
  dataset: Dataset;
  state: DatasetState;
}

/** Every dataset with what stands in it: those with rows first, the fullest at the top. */
export async function listDatasetStates(
  services: Pick<Services, "documents" | "warehouse">,
  viewer: Viewer,
): Promise<StandingDataset[]> {
  const { workspace } = viewer;
  const datasets = await listDatasets(services, workspace);
  const standing = await Promise.all(datasets.map(async (dataset) => {
    await services.warehouse.ensure({ workspace, dataset });
    return { dataset, state: await services.warehouse.state({ workspace, dataset }) };
  }));
  return standing.toSorted((a, b) => b.state.rows - a.state.rows);
}
