/** Labels: the latest name of each id. A name belongs to the import that brought it last, whatever its rows became. */
import { type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import { accountExpression, platformExpression } from "./duckdb_keys.ts";
import type { StagedImport } from "./duckdb_stage.ts";
import { literal, type Tables } from "./duckdb_tables.ts";

/** Takes over the names that a newly published import brings: of several, the one of its latest day. */
export async function publishLabels(
  session: DuckSession,
  tables: Tables,
  staged: StagedImport,
  seq: number,
): Promise<void> {
  const { dataset } = tables.ref;
  for (const { name, labels } of dataset.columns) {
    if (!labels || !staged.columns.includes(name) || !staged.columns.includes(labels)) continue;
    // Rows of an entity repeat its name day after day: make them few before looking for the latest.
    await session.run(`
      create or replace temp table label as
      select platform, account, id, arg_max(label, (day, label)) as label from (
        select ${platformExpression(dataset, staged.columns)} as platform, ${
      accountExpression(dataset, staged.columns)
    } as account,
          ${identifier(labels)}::varchar as id, ${identifier(name)}::varchar as label, max(${tables.time}) as day
        from ${staged.table} where ${identifier(labels)} is not null and ${identifier(name)} is not null group by all
      ) group by platform, account, id`);
    await replaceLabels(session, tables, name, "label", `${seq}`);
  }
  await session.run("drop table if exists label");
}

/** Works out anew the names of the ids that an import has, from the claims that count. */
export async function turnLabels(session: DuckSession, tables: Tables, seq: number): Promise<void> {
  const { dataset } = tables.ref;
  const all = tables.stored;
  for (const { name, labels } of dataset.columns) {
    if (!labels || !all.includes(name) || !all.includes(labels)) continue;
    const id = `r.${identifier(labels)}::varchar`;
    const owner = `${platformExpression(dataset, all, "r")} as platform, ${
      accountExpression(dataset, all, "r")
    } as account`;
    await session.run(`
      create or replace temp table concerned as
      select distinct ${owner}, ${id} as id
      from ${tables.claims} c join ${tables.rows} r on r._key = c._key and r._content = c._content
      where c._import = ${seq} and ${id} is not null and r.${identifier(name)} is not null`);
    await session.run(`
      create or replace temp table label as
      select platform, account, id, arg_max(label, (import, day, label)) as label, max(import) as import from (
        select ${owner}, ${id} as id, r.${
      identifier(name)
    }::varchar as label, r.${tables.time} as day, c._import as import
        from ${tables.claims} c join ${tables.imports} i on i.seq = c._import
          join ${tables.rows} r on r._key = c._key and r._content = c._content
        where i.state = 'published' and r.${identifier(name)} is not null
      ) where (platform, account, id) in (select (platform, account, id) from concerned)
      group by platform, account, id`);
    await replaceLabels(session, tables, name, "concerned", "import");
  }
  await session.run("drop table if exists label");
  await session.run("drop table if exists concerned");
}

async function replaceLabels(session: DuckSession, tables: Tables, name: string, gone: string, seq: string) {
  await session.run(
    `delete from ${tables.labels} where name_column = ${literal(name)}
       and (platform, account, id) in (select (platform, account, id) from ${gone})`,
  );
  await session.run(
    `insert into ${tables.labels} by name
     select ${literal(name)} as name_column, platform, account, id, label, ${seq} as import from label`,
  );
}
