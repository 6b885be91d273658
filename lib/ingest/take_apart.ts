/**
 * How names and URLs are taken apart is applied to what is imported already: the files are read again, through the same
 * funnel and in their order. Parts are never in a row's key, so each new row takes the place of the one it was.
 */
import { getDataset } from "@/lib/dataset/datasets.ts";
import { ConflictError } from "@/lib/errors.ts";
import { type Dataset, type ImportJob, isCurrencyCode, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { NO_CURRENCY } from "./decide_origin.ts";
import {
  answersAgain,
  beginBatch,
  notRepeated,
  publishedImports,
  type Repeat,
  type RepeatBatch,
} from "./repeat_batch.ts";

/**
 * Begins to read every file of the dataset again, as its texts are taken apart now. Throws `ConflictError` where nothing
 * is taken apart, or no file is there.
 */
export async function takeApart(
  services: Pick<Services, "documents" | "clock" | "jobs">,
  viewer: Viewer,
  id: string,
): Promise<RepeatBatch> {
  const dataset = await getDataset(services, viewer.workspace, id);
  if (!isTakenApart(dataset)) {
    const message =
      `Cannot take ${dataset.title} apart: no pattern of its names is saved, and no column is part of a URL`;
    throw new ConflictError(message, { dataset: id });
  }
  const planned = planAgain(await publishedImports(services, viewer.workspace), id);
  if (planned.length === 0) {
    throw new ConflictError(`Cannot take ${dataset.title} apart: no file was imported into it`, { dataset: id });
  }
  return await beginBatch(services, viewer, { apart: id }, planned);
}

/** How many files would be read again. */
export async function filesToTakeApart(
  services: Pick<Services, "documents">,
  viewer: Viewer,
  dataset: Dataset,
): Promise<number> {
  return planAgain(await publishedImports(services, viewer.workspace), dataset.id).length;
}

/** Whether any of its columns is filled with parts of others. */
function isTakenApart({ taxonomies, columns }: Dataset): boolean {
  return taxonomies.length > 0 || columns.some(({ part }) => part !== undefined);
}

/**
 * Every file that stands in the dataset, in order; all of them, as one that came later must stay the newest of its days.
 * Pure.
 */
export function planAgain(imports: ImportJob[], dataset: string): Omit<Repeat, "id">[] {
  return notRepeated(imports)
    .filter(({ parts }) => parts.some((part) => part.dataset === dataset))
    .map((job) => ({ import: job.id, answers: { ...answersAgain(job), ...currencyOf(job) } }));
}

/** The one currency that a file was read in, also where that was none: what others name by now must not change it. */
function currencyOf({ findings }: ImportJob): Record<string, string> {
  const named = [...new Set(findings.filter(({ topic }) => topic === "currency").map(({ finding }) => finding))];
  const [code] = named;
  return code !== undefined && named.length === 1 && (isCurrencyCode(code) || code === NO_CURRENCY)
    ? { currency: code }
    : {};
}
