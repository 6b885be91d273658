/** Rows that were set aside, and those that went in although they break a rule. */
import { createHash } from "node:crypto";
import type { AsideRows, Staging } from "@/lib/staging/mod.ts";
import type { Moving } from "./moving.ts";

const SLICE = 5_000;
const LISTS = ["rejected", "flagged"] as const;

type List = typeof LISTS[number];

/** Makes the target's those of the source; what it has all of already is left. */
export async function moveAside({ from, to, workspace, tell }: Moving): Promise<{ rows: number }> {
  let rows = 0;
  const wanted = await from.staging.listAside(workspace);
  for (const importId of wanted) {
    for (const list of LISTS) {
      const total = await countOf(from.staging, workspace, importId, list);
      rows += total;
      if (await isSame({ from, to, workspace }, importId, list)) continue;
      for (let place = 0; place === 0 || place < total; place += SLICE) {
        await to.staging.bringAside(workspace, importId, await slice(from.staging, workspace, importId, list, place));
        tell({ step: "rows set aside", done: rows });
      }
    }
  }
  for (const importId of await to.staging.listAside(workspace)) {
    if (!wanted.includes(importId)) await to.staging.forget(workspace, importId);
  }
  return { rows };
}

type Places = Pick<Moving, "from" | "to" | "workspace">;

/** Imports whose lists are not the same in both places. */
export async function compareAside({ from, to, workspace }: Places): Promise<string[]> {
  const found: string[] = [];
  const all = new Set([...await from.staging.listAside(workspace), ...await to.staging.listAside(workspace)]);
  for (const importId of all) {
    for (const list of LISTS) {
      if (!await isSame({ from, to, workspace }, importId, list)) found.push(importId);
    }
  }
  return [...new Set(found)];
}

async function isSame({ from, to, workspace }: Places, importId: string, list: List): Promise<boolean> {
  const total = await countOf(from.staging, workspace, importId, list);
  if (total !== await countOf(to.staging, workspace, importId, list)) return false;
  const [wanted, there] = [
    await sumOf(from.staging, workspace, importId, list, total),
    await sumOf(to.staging, workspace, importId, list, total),
  ];
  return wanted === there;
}

/** The sum of the rows' hashes: rows of one line and column may come in any order. */
async function sumOf(staging: Staging, workspace: string, importId: string, list: List, total: number) {
  let sum = 0n;
  for (let place = 0; place < total; place += SLICE) {
    for (const row of (await slice(staging, workspace, importId, list, place)).rows) {
      const text = JSON.stringify(Object.entries(row).sort());
      sum += createHash("sha256").update(text).digest().readBigUInt64LE();
    }
  }
  return sum;
}

async function countOf(staging: Staging, workspace: string, importId: string, list: List): Promise<number> {
  return (await staging[list](workspace, importId, { offset: 0, limit: 1 })).total;
}

async function slice(
  staging: Staging,
  workspace: string,
  importId: string,
  list: List,
  place: number,
): Promise<AsideRows> {
  const page = { offset: place, limit: SLICE };
  return list === "rejected"
    ? { list, place, rows: (await staging.rejected(workspace, importId, page)).rows }
    : { list, place, rows: (await staging.flagged(workspace, importId, page)).rows };
}
