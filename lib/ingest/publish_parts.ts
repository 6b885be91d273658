/** Publishes the tables of one import: each with one atomic switch of its dataset, together as far as that goes. */
import { ConflictError } from "@/lib/errors.ts";
import {
  type Dataset,
  type ImportCounts,
  importCountsSchema,
  type ImportJob,
  type ImportSample,
} from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { StagedRows } from "@/lib/staging/mod.ts";
import type { ImportDiff, PublishOptions, PublishResult } from "@/lib/warehouse/mod.ts";
import { importChanges } from "./import_changes.ts";

/** One table that is ready for its dataset. */
export interface CleanPart {
  /** The id under which the warehouse knows it. */
  id: string;
  /** What it is called in the file. */
  table: string;
  platform?: string;
  /** The day on which the report was made, where it says so. */
  made?: string;
  /** The first day that was not over then. */
  provisionalFrom: string;
  dataset: Dataset;
  staged: StagedRows;
  /** Its first rows, where somebody will look at them. */
  sample?: ImportSample;
}

type Part = ImportJob["parts"][number];
type Needed = Pick<Services, "warehouse" | "clock" | "log">;

/** A part before anything was published: what was read, and what became of it so far. */
export function partOf({ id, table, platform, made, provisionalFrom, dataset, staged, sample }: CleanPart): Part {
  const { read, collapsed, duplicates, rejected, totals } = staged.counts;
  return {
    table,
    import: id,
    ...(platform ? { platform } : {}),
    ...(made ? { made } : {}),
    dataset: dataset.id,
    level: staged.level,
    grain: staged.level.split(":")[0]!,
    range: staged.range,
    ...(staged.range && provisionalFrom <= staged.range.to ? { provisionalFrom } : {}),
    ...(sample ? { sample } : {}),
    counts: importCountsSchema.parse({ read, collapsed, duplicates, rejected, totals }),
  };
}

/** Counts of all parts together. */
export function sumCounts(parts: readonly Part[]): ImportCounts {
  const sum = importCountsSchema.parse({});
  for (const { counts } of parts) {
    for (const name of Object.keys(counts) as (keyof ImportCounts)[]) {
      sum[name] = (sum[name] ?? 0) + (counts[name] ?? 0);
    }
  }
  return sum;
}

/** Lays rows down where publishing finds them. */
export async function stageParts({ warehouse }: Needed, workspace: string, parts: CleanPart[]): Promise<void> {
  for (const { dataset, staged } of parts) {
    await warehouse.ensure({ workspace, dataset });
    await warehouse.stage({ workspace, dataset }, staged);
  }
}

/** What publishing would do. Parts of one dataset are each held against what stands there now. */
export async function previewParts(
  services: Needed,
  workspace: string,
  mode: ImportJob["mode"],
  parts: CleanPart[],
): Promise<Part[]> {
  const previews: Part[] = [];
  for (const part of parts) {
    const ref = { workspace, dataset: part.dataset };
    const { version } = await services.warehouse.state(ref);
    const diff = await services.warehouse.preview(ref, part.id, optionsFor(part, mode, version));
    // What the file lacks is known only to the other mode; on empty ground there is nothing.
    const missing = mode === "replace"
      ? diff.removed
      : version === 0
      ? 0
      : (await services.warehouse.preview(ref, part.id, optionsFor(part, "replace", version))).removed;
    previews.push({ ...changedBy(part, diff), missing });
  }
  return previews;
}

/**
 * Publishes one part after the other. Killed in between, the import is still `running`: the next run publishes what is
 * left, and what is published answers as it did. Where one cannot be published, those before it are taken back.
 */
export async function publishParts(
  services: Needed,
  workspace: string,
  mode: ImportJob["mode"],
  parts: CleanPart[],
  signal?: AbortSignal,
): Promise<Part[]> {
  const published: Part[] = [];
  try {
    for (const part of parts) {
      const result = await publishPart(services, workspace, mode, part, signal);
      published.push({ ...changedBy(part, result), version: result.version });
    }
    return published;
  } catch (error) {
    if (!signal?.aborted) await takeBack(services, workspace, parts.slice(0, published.length));
    throw error;
  }
}

async function publishPart(
  services: Needed,
  workspace: string,
  mode: ImportJob["mode"],
  part: CleanPart,
  signal?: AbortSignal,
): Promise<PublishResult> {
  const { warehouse } = services;
  const ref = { workspace, dataset: part.dataset };
  for (;;) {
    signal?.throwIfAborted();
    const { version: expectedVersion } = await warehouse.state(ref);
    try {
      return await warehouse.publish(ref, part.id, optionsFor(part, mode, expectedVersion));
    } catch (error) {
      const other = (await warehouse.state(ref)).version !== expectedVersion;
      if (!(error instanceof ConflictError) || !other) throw error; // else: published next to us, try on top of it
    }
  }
}

async function takeBack({ warehouse, log }: Needed, workspace: string, parts: CleanPart[]): Promise<void> {
  for (const { id, dataset } of parts.toReversed()) {
    const ref = { workspace, dataset };
    try {
      const { version: expectedVersion } = await warehouse.state(ref);
      await warehouse.rollback(ref, id, { expectedVersion });
    } catch (error) {
      log.error("Cannot take a part back", { import: id, dataset: dataset.id, error });
    }
  }
}

function optionsFor(
  { provisionalFrom }: CleanPart,
  mode: ImportJob["mode"],
  expectedVersion: number,
): PublishOptions {
  return { mode, expectedVersion, provisionalFrom };
}

function changedBy(clean: CleanPart, diff: ImportDiff): Part {
  const part = partOf(clean);
  const { inserted, updated, unchanged, removed } = diff;
  return {
    ...part,
    counts: { ...part.counts, inserted, updated, unchanged, removed },
    changes: importChanges(clean.dataset, diff),
  };
}
