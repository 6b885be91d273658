/** Acts that count together: one transaction over however many datasets. */
import type { DuckSession } from "@/lib/duckdb/duckdb.ts";
import { publishImport } from "./duckdb_publish.ts";
import { turnImport } from "./duckdb_rollback.ts";
import type { StagedImport } from "./duckdb_stage.ts";
import { addColumns, readStored, type Tables } from "./duckdb_tables.ts";
import { currentVersion, joinVersions } from "./duckdb_versions.ts";
import type { Act, PublishResult } from "./mod.ts";

/** An act with what this process knows of it. Acts on one dataset share its tables. */
export type DuckAct = Act & { tables: Tables; staged: StagedImport | null };

/** Does them, each on top of those before it. Must run in a transaction. */
export async function actTogether(session: DuckSession, acts: DuckAct[], now: Date): Promise<PublishResult[]> {
  const byTables = Map.groupBy(acts, ({ tables }) => tables);
  const before = new Map<Tables, number>();
  for (const [tables, own] of byTables) {
    await readStored(session, tables);
    before.set(tables, await currentVersion(session, tables));
    // The engine adds no column to a table that the same transaction has written to.
    const columns = own.flatMap(({ act, staged }) => act === "publish" ? staged?.columns ?? [] : []);
    if (own.length > 1) await addColumns(session, tables, columns);
  }
  const results: PublishResult[] = [];
  const stands = new Map<Tables, number>();
  for (const act of acts) {
    const expectedVersion = stands.get(act.tables) ?? act.expectedVersion;
    const result = await perform(session, { ...act, expectedVersion }, now);
    // One that was published before answers with a version of then.
    stands.set(act.tables, Math.max(expectedVersion, result.version));
    results.push(result);
  }
  // Not what the callers saw: one that was published before may have been seen long ago.
  for (const [tables, version] of before) await joinVersions(session, tables, version);
  return results;
}

function perform(session: DuckSession, act: DuckAct, now: Date): Promise<PublishResult> {
  const { tables, expectedVersion } = act;
  if (act.act !== "publish") return turnImport(session, tables, act.import, { action: act.act, expectedVersion, now });
  const { mode, provisionalFrom, staged } = act;
  return publishImport(session, tables, act.import, { expectedVersion, mode, provisionalFrom, staged, now });
}
