/** A new dashboard, made so that it shows something: over the data that has rows, and the days they are of. */
import { listDatasetStates } from "@/lib/dataset/dataset_states.ts";
import type { Stored } from "@/lib/documents/mod.ts";
import type { Dashboard, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { createDashboard } from "./dashboards.ts";

/** Data that ends longer ago has nothing in the range a page has by itself, its last four weeks. */
const RECENT_DAYS = 28;

/** Creates an empty dashboard over the dataset with the most rows. Throws what `createDashboard` throws. */
export async function newDashboard(
  services: Pick<Services, "documents" | "events" | "warehouse" | "clock">,
  viewer: Viewer,
  title: string,
): Promise<Stored<Dashboard>> {
  const [most] = await listDatasetStates(services, viewer);
  if (!most || most.state.rows === 0) return await createDashboard(services, viewer, { title });
  const { dataset, state } = most;
  const named = new Set(["platform", "campaign", "country"]);
  const dimensions = dataset.columns.filter(({ role }) => role === "dimension").map(({ name }) => name);
  const usual = dimensions.filter((name) => named.has(name));
  const age = state.range ? services.clock.now().getTime() - Date.parse(state.range.to) : 0;
  return await createDashboard(services, viewer, {
    title,
    filterBar: { dataset: dataset.id, dimensions: (usual.length > 0 ? usual : dimensions).slice(0, 3) },
    ...age > RECENT_DAYS * 86_400_000 ? { defaults: { range: { all: true }, values: {} } } : {},
  });
}
