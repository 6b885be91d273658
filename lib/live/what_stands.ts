/** What stands in a workspace, told as the events that would have told of it: for those that no message reached. */
import { listDashboards } from "@/lib/dashboard/dashboards.ts";
import { listDatasets } from "@/lib/dataset/datasets.ts";
import type { LiveEvent } from "@/lib/events/mod.ts";
import { listImports } from "@/lib/ingest/imports.ts";
import type { Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";

/** Imports whose state is told, newest first: older ones are over. */
const IMPORTS = 50;

/** Datasets and dashboards with their versions, the newest imports with their states. */
export async function whatStands(
  services: Pick<Services, "documents" | "warehouse">,
  workspace: string,
): Promise<LiveEvent[]> {
  const { documents, warehouse } = services;
  const viewer: Viewer = { workspace, actor: "system", roles: ["reader"] };
  const [datasets, dashboards, { imports }] = await Promise.all([
    listDatasets({ documents }, workspace),
    listDashboards({ documents }, viewer),
    listImports({ documents }, viewer, { limit: IMPORTS }),
  ]);
  const versions = datasets.map(async (dataset): Promise<LiveEvent> => {
    const { version } = await warehouse.state({ workspace, dataset });
    return { type: "dataset", dataset: dataset.id, version };
  });
  return [
    ...await Promise.all(versions),
    ...dashboards.map(({ doc, version }): LiveEvent => ({ type: "dashboard", id: doc.id, version })),
    ...imports.map(({ id, state }): LiveEvent => ({ type: "import", id, state })),
  ];
}
