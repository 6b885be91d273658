/** Datasets: the built-in definitions, overlaid with the workspace's own documents. */
import { z } from "zod";
import type { Collection } from "@/lib/documents/mod.ts";
import { ConflictError, InputError, NotFoundError } from "@/lib/errors.ts";
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
 * Throws `InputError` for a definition that cannot be, and `ConflictError` with the one that stands where it is not the
 * version `from` any more.
 */
export async function putDataset(
  services: Pick<Services, "documents" | "warehouse">,
  viewer: Viewer,
  input: DatasetInput,
  { from }: { from?: number } = {},
): Promise<Dataset> {
  const parsed = datasetSchema.safeParse(input);
  if (!parsed.success) {
    throw new InputError("bad-dataset", `Cannot save the dataset: ${z.prettifyError(parsed.error)}`, {}, 400);
  }
  const { workspace } = viewer;
  const stored = await services.documents.get(datasetsCollection, workspace, parsed.data.id);
  const before = stored?.doc ?? builtInDatasets.find((d) => d.id === parsed.data.id);
  if (from !== undefined && before?.definitionVersion !== from) throw changedMeanwhile(parsed.data.id, from, before);
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
  try {
    if (stored) await services.documents.put(datasetsCollection, workspace, dataset, stored.version);
    else await services.documents.create(datasetsCollection, workspace, dataset);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const current = await getDataset(services, workspace, dataset.id);
    throw changedMeanwhile(dataset.id, before?.definitionVersion ?? 0, current);
  }
  return dataset;
}

/**
 * Changes a definition as it stands now; nothing that somebody else saved meanwhile is lost. `change` sees the newest
 * one, may throw to refuse, and may be called again where somebody else was faster.
 */
export async function changeDataset(
  services: Pick<Services, "documents" | "warehouse">,
  viewer: Viewer,
  id: string,
  change: (dataset: Dataset) => DatasetInput | Promise<DatasetInput>,
): Promise<Dataset> {
  for (;;) {
    const dataset = await getDataset(services, viewer.workspace, id);
    const next = await change(dataset);
    try {
      return await putDataset(services, viewer, next, { from: dataset.definitionVersion });
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
    }
  }
}

function changedMeanwhile(id: string, from: number, current: Dataset | undefined): ConflictError {
  return new ConflictError(
    `Cannot save the dataset "${id}": it stood at version ${from} when you began, and at ${
      current?.definitionVersion ?? 0
    } now; look at what stands now and save over that`,
    { current: current ?? null },
    "version-conflict",
  );
}
