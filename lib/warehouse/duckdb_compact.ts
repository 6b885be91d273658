/** Compaction: drops what no moment of the keeping time can see, and keeps what a turn may still bring back. */
import type { DuckSession } from "@/lib/duckdb/duckdb.ts";
import type { Tables } from "./duckdb_tables.ts";

/**
 * Drops row versions, claims and coverage that only versions before the one standing at `before` could see.
 * Must run in a transaction. Answers how many row versions went.
 *
 * Imports whose last act is that old are settled. Of their claims the latest per key stays, as no settled import can be
 * turned from underneath it; an import whose claims hid a dropped one is sealed, for turning it would bring nothing back.
 */
export async function compactTables(session: DuckSession, tables: Tables, before: string): Promise<number> {
  const [floor] = await session.rows(
    `select coalesce(max(version), 0) as version from ${tables.versions} where "at" <= $1`,
    [before],
  );
  const kept = Number(floor!.version);
  if (kept === 0) return 0;
  await session.run(`update ${tables.versions} set compacted = true where version < ${kept} and not compacted`);
  await session.run(`delete from ${tables.coverageHistory} where _to <= ${kept}`);
  await dropClaims(session, tables, kept);
  const [count] = await session.rows(`select count(*) as n from ${tables.rows} r where ${dropped(tables, kept)}`);
  if (count!.n !== 0n) await session.run(`delete from ${tables.rows} as r where ${dropped(tables, kept)}`);
  return Number(count!.n);
}

/** A row version that is not seen any more, and whose values no claim needs or another version of it has too. */
function dropped(tables: Tables, kept: number): string {
  return `r._to <= ${kept} and (
    (r._key, r._content) not in (select (_key, _content) from ${tables.claims} where _content <> 0)
    or r.rowid <> (select max(o.rowid) from ${tables.rows} o where o._key = r._key and o._content = r._content)
  )`;
}

async function dropClaims(session: DuckSession, tables: Tables, kept: number): Promise<void> {
  await session.run(`
    create or replace temp table hidden as
    with settled as (
      select c._key, c._import, c._content, i.state,
        max(c._import) filter (i.state = 'published') over (partition by c._key) as winner
      from ${tables.claims} c join ${tables.imports} i on i.seq = c._import where i.changed <= ${kept}
    )
    select _key, _import, state, winner from settled where state = 'rolled-back' or _import < winner`);
  // A rolled-back import loses claims itself; a published one hid the claim that went.
  await session.run(`
    update ${tables.imports} set sealed = true where seq in (
      select case when state = 'rolled-back' then _import else winner end from hidden)`);
  await session.run(
    `delete from ${tables.claims} where (_key, _import) in (select (_key, _import) from hidden)`,
  );
  await session.run("drop table temp.hidden");
}
