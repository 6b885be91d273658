/** The facts of every dataset with their whole history, and what is held against the source before it counts as moved. */
import { isDeepStrictEqual } from "node:util";
import { listDatasets } from "@/lib/dataset/datasets.ts";
import { TesseraError } from "@/lib/errors.ts";
import type { Dataset } from "@/lib/model/mod.ts";
import {
  type DatasetRef,
  type FactQuery,
  historyMark,
  type HistoryOutline,
  type Warehouse,
} from "@/lib/warehouse/mod.ts";
import type { Moving } from "./moving.ts";

/** How many versions between the first and the last one that are kept are added up besides these two. */
const OLDER_VERSIONS = 3;

/** A dataset as it was moved and held against the source. */
export interface MovedDataset {
  dataset: string;
  version: number;
  /** Rows that stand. */
  rows: number;
  imports: number;
  /** Versions whose coverage and sums were compared. */
  checked: number[];
  /** Sums that stand, by measure, as exact stored integers in text. */
  totals: Record<string, string | null>;
}

/** Datasets that anything was ever published to. */
export async function filledDatasets({ from, workspace }: Pick<Moving, "from" | "workspace">): Promise<Dataset[]> {
  const found: Dataset[] = [];
  for (const dataset of await listDatasets(from, workspace)) {
    if ((await from.warehouse.state({ workspace, dataset })).version > 0) found.push(dataset);
  }
  return found;
}

/** Makes the facts of the target those of the source: what an earlier try brought stays where it is still so. */
export async function moveFacts(moving: Moving): Promise<void> {
  for (const dataset of await filledDatasets(moving)) await moveDataset(moving, dataset);
}

async function moveDataset({ from, to, workspace, tell }: Moving, dataset: Dataset): Promise<void> {
  const ref = { workspace, dataset };
  const outline = await from.warehouse.history.outline(ref);
  const begun = await to.warehouse.history.begin(ref, outline, { replace: true });
  if (begun !== "there") {
    let done = 0;
    for await (const part of from.warehouse.history.parts(ref, outline, begun.parts)) {
      await to.warehouse.history.take(ref, outline, part);
      done += part.rows.length;
      tell({ step: "facts", at: dataset.id, done });
    }
    await to.warehouse.history.end(ref, outline);
  }
  await to.warehouse.refreshRollups(ref);
}

/** Holds every dataset against the source. Throws `TesseraError` `not-alike` naming what differs. */
export async function checkFacts({ from, to, workspace, tell }: Moving): Promise<MovedDataset[]> {
  const moved: MovedDataset[] = [];
  for (const dataset of await filledDatasets({ from, workspace })) {
    moved.push(await checkDataset(from.warehouse, to.warehouse, { workspace, dataset }));
    tell({ step: "checks", at: dataset.id, done: moved.length });
  }
  return moved;
}

async function checkDataset(from: Warehouse, to: Warehouse, ref: DatasetRef): Promise<MovedDataset> {
  const alike = (what: string, wanted: unknown, found: unknown) => {
    if (isDeepStrictEqual(wanted, found)) return;
    const text = `Dataset "${ref.dataset.id}" is not the same in both places: ${what} differs; ` +
      "the place that was filled stays closed, the other one is as it was";
    throw new TesseraError("not-alike", text, 500, {
      dataset: ref.dataset.id,
      wanted: show(wanted),
      found: show(found),
    });
  };
  const outline = await from.history.outline(ref);
  alike("its history", historyMark(outline), historyMark(await to.history.outline(ref)));
  const state = await from.state(ref);
  alike("what stands", state, await to.state(ref));
  const checked = versionsToCheck(outline);
  let totals: Record<string, bigint | string | null> = {};
  for (const version of checked) {
    alike(
      `its coverage at version ${version}`,
      await from.coverage(ref, { version }),
      await to.coverage(ref, { version }),
    );
    totals = await totalsAt(from, ref, version);
    alike(`its sums at version ${version}`, totals, await totalsAt(to, ref, version));
  }
  return {
    dataset: ref.dataset.id,
    version: state.version,
    rows: state.rows,
    imports: new Set(outline.acts.map(({ first }) => first)).size,
    checked,
    totals: Object.fromEntries(
      Object.entries(totals).map(([name, sum]) => [name, sum === null ? null : String(sum)]),
    ),
  };
}

/** The oldest that is kept, some between, and the current one. */
function versionsToCheck({ acts, kept }: HistoryOutline): number[] {
  const versions = acts.map(({ version }) => version).filter((version) => version >= kept);
  const last = versions.length - 1;
  const places = Array.from({ length: OLDER_VERSIONS + 2 }, (_, i) => Math.round(i * last / (OLDER_VERSIONS + 1)));
  return [...new Set(places.map((place) => versions[place]!))];
}

/** Sums of what can be added, and how many values there are of all else. */
async function totalsAt(warehouse: Warehouse, ref: DatasetRef, version: number) {
  const measures = ref.dataset.columns.filter(({ role }) => role === "measure");
  const query: FactQuery = {
    version,
    from: null,
    to: null,
    groups: [],
    aggregates: measures.map(({ name, additive }) => ({ id: name, fn: additive ? "sum" : "count", column: name })),
    where: null,
    order: [],
    limit: null,
    offset: 0,
    totals: true,
  };
  return (await warehouse.query(ref, query)).totals ?? {};
}

function show(value: unknown): string {
  const text = JSON.stringify(value, (_, part) => typeof part === "bigint" ? String(part) : part) ?? "";
  return text.slice(0, 2_000);
}
