/** Datasets: the built-in definitions, overlaid with the workspace's own documents. */
import { z } from "zod";
import type { Collection } from "@/lib/documents/mod.ts";
import { InputError, NotFoundError } from "@/lib/errors.ts";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import { type Dataset, type DatasetInput, datasetSchema, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";

/** Definitions that a workspace made or changed; a built-in one stays in code until somebody changes it. */
export const datasetsCollection: Collection<Dataset> = { name: "datasets", schema: datasetSchema, indexes: {} };

/** The definition of a dataset. Throws `NotFoundError` naming those there are. */
export async function getDataset(
  services: Pick<Services, "documents">,
  workspace: string,
  id: string,
): Promise<Dataset> {
  const stored = await services.documents.get(datasetsCollection, workspace, id);
  const dataset = stored?.doc ?? builtInDatasets.find((d) => d.id === id);
  if (dataset) return dataset;
  const known = (await listDatasets(services, workspace)).map((d) => d.id);
  throw new NotFoundError(`There is no dataset "${id}"; there are ${known.join(", ")}`, { known });
}

/** Every dataset of a workspace, built-in ones first. */
export async function listDatasets(services: Pick<Services, "documents">, workspace: string): Promise<Dataset[]> {
  const own = await services.documents.list(datasetsCollection, workspace, { limit: 1_000 });
  const byId = new Map(builtInDatasets.map((d) => [d.id, d]));
  for (const { doc } of own.items) byId.set(doc.id, doc);
  return [...byId.values()];
}

/**
 * Creates a dataset or changes one. A column that holds data keeps its role and type; `definitionVersion` rises.
 * Throws `InputError` for a definition that cannot be.
 */
export async function putDataset(
  services: Pick<Services, "documents" | "warehouse">,
  viewer: Viewer,
  input: DatasetInput,
): Promise<Dataset> {
  const parsed = datasetSchema.safeParse(input);
  if (!parsed.success) {
    throw new InputError("bad-dataset", `Cannot save the dataset: ${z.prettifyError(parsed.error)}`, {}, 400);
  }
  const { workspace } = viewer;
  const stored = await services.documents.get(datasetsCollection, workspace, parsed.data.id);
  const before = stored?.doc ?? builtInDatasets.find((d) => d.id === parsed.data.id);
  for (const column of before?.columns ?? []) {
    const after = parsed.data.columns.find((c) => c.name === column.name);
    if (!after || after.role !== column.role || after.type !== column.type || after.identity !== column.identity) {
      throw new InputError(
        "column-changed",
        `Cannot save the dataset "${parsed.data.id}": column "${column.name}" must stay a ${column.role} of type ${column.type}; add a column under another name`,
      );
    }
  }
  const dataset: Dataset = {
    ...parsed.data,
    builtIn: before?.builtIn ?? false,
    definitionVersion: (before?.definitionVersion ?? 0) + 1,
  };
  await services.warehouse.ensure({ workspace, dataset });
  if (stored) await services.documents.put(datasetsCollection, workspace, dataset, stored.version);
  else await services.documents.create(datasetsCollection, workspace, dataset);
  return dataset;
}
