/** The history of a dataset in DuckDB: handed over, and taken over. */
import type { Duck, DuckSession } from "@/lib/duckdb/duckdb.ts";
import { readDuckOutline, readDuckParts } from "./duckdb_history_read.ts";
import { beginTaking, endTaking, takePart } from "./duckdb_history_take.ts";
import { readStored, type Tables } from "./duckdb_tables.ts";
import { type FactHistory, historyMark } from "./history.ts";
import type { DatasetRef } from "./mod.ts";
import { ownHistory } from "./refusals.ts";

/** What the warehouse lends: its tables, and the way to change them that readers hear of. */
export interface DuckHistoryOptions {
  duck: Duck;
  tables(ref: DatasetRef): Promise<Tables>;
  act<T>(ref: DatasetRef, work: (session: DuckSession, tables: Tables) => Promise<T>): Promise<T>;
}

/** Opens it over a warehouse's tables. */
export function duckHistory({ duck, tables: tablesOf, act }: DuckHistoryOptions): FactHistory {
  return {
    async outline(ref) {
      const tables = await tablesOf(ref);
      return await duck.snapshot((session) => readDuckOutline(session, tables));
    },
    async *parts(ref, _outline, from) {
      const tables = await tablesOf(ref);
      await readStored(duck, tables);
      yield* readDuckParts(duck, tables, from);
    },
    async begin(ref, outline, { replace = false } = {}) {
      return await act(ref, async (session, tables) => {
        const own = await readDuckOutline(session, tables);
        if (own.version > 0 && historyMark(own) === historyMark(outline)) return "there";
        if (own.version > 0 && !replace) throw ownHistory(ref, own.version);
        return { parts: await beginTaking(session, tables, outline) };
      });
    },
    take: (ref, _outline, part) => act(ref, (session, tables) => takePart(session, tables, part)),
    end: (ref, outline) => act(ref, (session, tables) => endTaking(session, tables, outline)),
  };
}
