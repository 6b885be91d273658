/**
 * The process that `together_crash_test.ts` kills: publishes, rolls back and restores imports of three parts in two
 * datasets, and says after each act how many are acknowledged. Run with the number of the next import, and a file, or
 * MongoDB's address and a database.
 */
import { Duck } from "@/lib/duckdb/duckdb.ts";
import type { Dataset } from "@/lib/model/mod.ts";
import { Mongo } from "@/lib/mongo/mongo.ts";
import { crashDataset, stageCrashRows } from "./crash_worker.ts";
import { openDuckWarehouse } from "./duckdb.ts";
import type { Act, Warehouse } from "./mod.ts";
import { openMongoWarehouse } from "./mongo.ts";

const other: Dataset = { ...crashDataset, id: "crash_other" };
/** Two parts in one dataset, with keys of their own, and one with the same values in another: its sums are half of those. */
const PARTS = [
  { suffix: "", dataset: crashDataset, campaigns: "c" },
  { suffix: "-2", dataset: other, campaigns: "c" },
  { suffix: "-3", dataset: crashDataset, campaigns: "d" },
];

/** Both datasets. */
export const togetherDatasets: [Dataset, Dataset] = [crashDataset, other];

if (import.meta.main) await work(Number(Deno.args[0]), Deno.args[1]!, Deno.args[2]);

async function work(first: number, place: string, database?: string): Promise<void> {
  const mongo = database === undefined ? null : Mongo.open({ uri: place, database });
  const duck = await Duck.open({ path: mongo ? ":memory:" : place, threads: 1 });
  await duck.run("attach ':memory:' as scratch");
  const warehouse = mongo ? openMongoWarehouse({ mongo, duck }) : openDuckWarehouse({ duck });
  let acknowledged = 0;
  const say = () => Deno.stdout.writeSync(new TextEncoder().encode(`${++acknowledged}\n`));
  for (let n = first; n < first + 200; n++) {
    for (const { suffix, dataset, campaigns } of PARTS) {
      const rows = await stageCrashRows(duck, {
        id: `i${n}${suffix}`,
        n,
        rows: mongo ? 300 : 6_000,
        dataset,
        campaigns,
      });
      await warehouse.stage({ workspace: "default", dataset }, rows);
    }
    await act(warehouse, n, "publish");
    say();
    if (n % 2 === 0) {
      await act(warehouse, n, "rollback");
      say();
    }
    if (n % 4 === 0) {
      await act(warehouse, n, "restore");
      say();
    }
  }
}

async function act(warehouse: Warehouse, n: number, action: Act["act"]): Promise<void> {
  const acts: Act[] = [];
  for (const { suffix, dataset } of action === "rollback" ? PARTS.toReversed() : PARTS) {
    const ref = { workspace: "default", dataset };
    const { version: expectedVersion } = await warehouse.state(ref);
    const about = { ref, import: `i${n}${suffix}`, expectedVersion };
    acts.push(
      action === "publish"
        ? { ...about, act: action, mode: "merge", provisionalFrom: null }
        : { ...about, act: action },
    );
  }
  await warehouse.together(acts);
}
