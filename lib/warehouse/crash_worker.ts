/**
 * The process that `crash_test.ts` kills: publishes, rolls back and restores in a loop, and says after each act which
 * version was acknowledged. Run with the database's path and the number of the next import.
 */
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { type Dataset, datasetSchema } from "@/lib/model/mod.ts";
import type { StagedRows } from "@/lib/staging/mod.ts";
import { openDuckWarehouse } from "./duckdb.ts";
import type { Warehouse } from "./mod.ts";
import { keyExpression } from "@/lib/duckdb/row_keys.ts";

/** The dataset that is written to. */
export const crashDataset = datasetSchema.parse({
  id: "crash",
  title: "Crash",
  columns: [
    { name: "date", title: "Date", role: "time", type: "date" },
    { name: "platform", title: "Platform", role: "dimension", type: "text", identity: true },
    { name: "campaign_id", title: "Campaign ID", role: "dimension", type: "text", identity: true },
    { name: "clicks", title: "Clicks", role: "measure", type: "integer" },
  ],
  rollups: [{ grain: "day", dimensions: ["platform", "campaign_id"] }],
});

if (import.meta.main) await work(Deno.args[0]!, Number(Deno.args[1]));

async function work(path: string, first: number): Promise<void> {
  const duck = await Duck.open({ path, threads: 2 });
  await keepWriting(duck, openDuckWarehouse({ duck }), { first, rows: 30_000 });
  await duck.close();
}

/** Acts on and on, from the import of that number, and says which version each act made. `rows`: of one import. */
export async function keepWriting(
  duck: Duck,
  warehouse: Pick<Warehouse, "ensure" | "stage" | "state" | "publish" | "rollback" | "restore" | "refreshRollups">,
  { first, rows }: { first: number; rows: number },
): Promise<void> {
  const ref = { workspace: "default", dataset: crashDataset };
  await warehouse.ensure(ref);
  await duck.run("attach ':memory:' as scratch");
  const say = (version: number) => Deno.stdout.writeSync(new TextEncoder().encode(`${version}\n`));
  for (let n = first; n < first + 200; n++) {
    const id = `i${n}`;
    await warehouse.stage(ref, await stageCrashRows(duck, { id, n, rows }));
    const expectedVersion = (await warehouse.state(ref)).version;
    const mode = n % 3 === 0 ? "replace" : "merge";
    let { version } = await warehouse.publish(ref, id, { expectedVersion, mode, provisionalFrom: null });
    say(version);
    if (n % 2 === 0) {
      ({ version } = await warehouse.rollback(ref, id, { expectedVersion: version }));
      say(version);
    }
    if (n % 4 === 0) {
      ({ version } = await warehouse.restore(ref, id, { expectedVersion: version }));
      say(version);
    }
    if (n % 5 === 0) await warehouse.refreshRollups(ref);
  }
}

/** Rows of which half are those of the import before, with other values; enough to write for some time. */
export async function stageCrashRows(
  duck: Duck,
  { id, n, rows, dataset = crashDataset, campaigns = "c" }: {
    id: string;
    n: number;
    rows: number;
    dataset?: Dataset;
    /** What their ids begin with. */
    campaigns?: string;
  },
): Promise<StagedRows> {
  const columns = ["date", "platform", "campaign_id", "clicks"];
  const level = "day:campaign_id";
  const start = (n % 4) * rows / 2;
  const relation = `scratch.typed_${dataset.id}_${campaigns}`;
  await duck.run(
    `create or replace table ${relation} as
     select *, date as _until, ${keyExpression(dataset, level, columns)} as _key from (
       select i as _line, date '2026-01-01' + (i % 30)::integer as date, 'meta_ads' as platform,
         '${campaigns}' || (i // 30) as campaign_id, (i + ${n})::bigint as clicks
       from range(${start}, ${start + rows}) r(i))`,
  );
  return {
    importId: id,
    columns,
    level,
    range: null,
    counts: { read: rows, rows, collapsed: 0, duplicates: 0, rejected: 0, totals: 0 },
    duplicateLines: [],
    collapsedLines: [],
    duplicatesSummed: false,
    masked: 0,
    fileTotals: {},
    rowTotals: {},
    relation,
  };
}
