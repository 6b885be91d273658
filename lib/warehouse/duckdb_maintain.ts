/** Upkeep of the embedded warehouse: the optimiser's statistics, and the log written into the file. */
import { type Duck, identifier } from "@/lib/duckdb/duckdb.ts";
import type { UpkeepStep } from "@/lib/model/mod.ts";
import type { Tables } from "./duckdb_tables.ts";

/** Makes statistics anew and checkpoints. There are no indexes to look after: keys are found by scanning columns. */
export async function maintainTables(duck: Duck, every: Tables[]): Promise<UpkeepStep[]> {
  const steps: UpkeepStep[] = [];
  const note = async (step: string, work: () => Promise<string>) => {
    const started = performance.now();
    const did = await work();
    steps.push({ part: "warehouse", step, did, milliseconds: Math.round(performance.now() - started) });
  };
  for (const tables of every) {
    await note("statistics", async () => {
      const names = await tablesBelow(duck, tables);
      // One statement a table: an import that waits for the writer gets its turn in between.
      for (const name of names) await duck.run(`analyze ${tables.schema}.${identifier(name)}`);
      return `statistics of the ${names.length} tables of ${tables.ref.dataset.title}`;
    });
  }
  await note("checkpoint", async () => {
    const before = await storage(duck);
    // Readers go on at the moment that they began with.
    await duck.run("checkpoint");
    const after = await storage(duck);
    const log = before.log === "0 bytes" ? "the log was empty" : `${before.log} of log are in the file`;
    return `${log}; ${after.free} of its ${after.blocks} blocks are free`;
  });
  return steps;
}

async function tablesBelow(duck: Duck, tables: Tables): Promise<string[]> {
  const own = [tables.rows, tables.claims, tables.coverage, tables.coverageHistory, tables.labels, tables.touched]
    .map((table) => table.slice(table.lastIndexOf(".") + 2, -1));
  const rollups = `${tables.ref.dataset.id}_rollup_`;
  const rows = await duck.rows(
    `select table_name from duckdb_tables() where schema_name = $1 order by table_name`,
    [tables.schemaName],
  );
  return rows.map((row) => String(row.table_name)).filter((name) => own.includes(name) || name.startsWith(rollups));
}

async function storage(duck: Duck): Promise<{ log: string; free: number; blocks: number }> {
  const [row] = await duck.rows(
    "select wal_size, free_blocks, total_blocks from pragma_database_size() " +
      "where database_name = current_database()",
  );
  return { log: String(row!.wal_size), free: Number(row!.free_blocks), blocks: Number(row!.total_blocks) };
}
