/** Publishes the tables of one import, together. */
import {
  type Dataset,
  type ImportCounts,
  importCountsSchema,
  type ImportJob,
  type ImportSample,
} from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { StagedRows } from "@/lib/staging/mod.ts";
import type { ImportDiff, PublishOptions } from "@/lib/warehouse/mod.ts";
import { actTogether, type UntimedAct } from "./act_together.ts";
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
type Needed = Pick<Services, "warehouse">;

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
    previews.push(changedBy(part, await services.warehouse.preview(ref, part.id, optionsFor(part, mode, version))));
  }
  return previews;
}

/**
 * Publishes every part by one switch: whoever reads sees all of them or none, and so does a restart after a crash. What is
 * published already answers as it did.
 */
export async function publishParts(
  services: Needed,
  workspace: string,
  mode: ImportJob["mode"],
  parts: CleanPart[],
  signal?: AbortSignal,
): Promise<Part[]> {
  const acts = parts.map(({ id, dataset, provisionalFrom }): UntimedAct => {
    const ref = { workspace, dataset };
    return { ref, import: id, act: "publish", mode, provisionalFrom };
  });
  const results = await actTogether(services, acts, signal);
  return results.map((result, place) => ({ ...changedBy(parts[place]!, result), version: result.version }));
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
  const { inserted, updated, unchanged, removed, missing } = diff;
  return {
    ...part,
    counts: { ...part.counts, inserted, updated, unchanged, removed },
    changes: importChanges(clean.dataset, diff),
    missing,
  };
}
