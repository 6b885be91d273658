/** What the compiler of questions has to know about the tables as they stand. */
import type { DuckSession } from "@/lib/duckdb/duckdb.ts";
import type { QueryContext } from "./duckdb_query_context.ts";
import { matchRollups, readStoredRollups, type StoredRollup } from "./duckdb_rollups.ts";
import type { Tables } from "./duckdb_tables.ts";
import { currentVersion } from "./duckdb_versions.ts";

/** What was read of the tables, whatever the definition says. */
export interface QueryTables {
  levels: QueryContext["levels"];
  rollups: StoredRollup[];
  currentVersion: number;
  provisional: { from: string; to: string } | null;
  memory: Map<string, boolean>;
}

/** Reads it. In a snapshot, so that all of it is of one version. */
export async function readQueryTables(session: Pick<DuckSession, "rows">, tables: Tables): Promise<QueryTables> {
  const levels = await session.rows(
    `select level, name, grain, coalesce(columns, []) as columns from ${tables.levels}`,
  );
  const [days] = await session.rows(
    `select min(day)::varchar as first, max(day)::varchar as last from ${tables.coverage} where provisional`,
  );
  return {
    levels: levels.map((row) => ({
      level: Number(row.level),
      name: String(row.name),
      grain: String(row.grain),
      columns: (row.columns as string[]).map(String),
    })),
    rollups: await readStoredRollups(session, tables),
    currentVersion: await currentVersion(session, tables),
    provisional: typeof days?.first === "string" && typeof days.last === "string"
      ? { from: days.first, to: days.last }
      : null,
    memory: new Map(),
  };
}

/** The context of a question: what was read, seen through the definition. */
export function queryContext(tables: Tables, read: QueryTables): QueryContext {
  const { levels, currentVersion, provisional, memory } = read;
  return {
    schema: tables.schemaName,
    dataset: tables.ref.dataset,
    levels,
    rollups: matchRollups(tables, read.rollups),
    currentVersion,
    provisional,
    memory,
  };
}
