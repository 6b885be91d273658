/** Labels: the latest name of each id. A name belongs to the import that brought it last, whatever its rows became. */
import { type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import { accountExpression, platformExpression } from "@/lib/duckdb/row_keys.ts";
import type { StagedImport } from "./duckdb_stage.ts";
import { labelPairs } from "./label_pairs.ts";
import { literal, type Tables } from "./duckdb_tables.ts";

/** Takes over the names that a newly published import brings: of several, the one of its latest day. */
export async function publishLabels(
  session: DuckSession,
  tables: Tables,
  staged: StagedImport,
  seq: number,
): Promise<void> {
  const pairs = labelPairs(tables.ref.dataset, staged.columns);
  if (pairs.length === 0) return;
  // Rows repeat the names of their entities day after day: one pass makes them few, before looking for the latest.
  await session.run(`
    create or replace temp table entity as
    select ${owner(tables, staged.columns)}, ${
    pairs.map(({ id, name }, n) => `${identifier(id)}::varchar as id${n}, ${identifier(name)}::varchar as name${n}`)
      .join(", ")
  },
      max(${tables.time}) as day
    from ${staged.table} group by all`);
  for (const [n, { name }] of pairs.entries()) {
    await session.run(`
      create or replace temp table label as
      select platform, account, id, arg_max(label, (day, label)) as label from (
        select platform, account, id${n} as id, name${n} as label, max(day) as day
        from entity where id${n} is not null and name${n} is not null group by all
      ) group by platform, account, id`);
    await replaceLabels(session, tables, name, "label", `${seq}`);
  }
  await session.run("drop table temp.entity");
  await session.run("drop table temp.label");
}

/** Works out anew the names of the ids that an import has, from the claims that count. */
export async function turnLabels(session: DuckSession, tables: Tables, seq: number): Promise<void> {
  for (const { id, name } of labelPairs(tables.ref.dataset, tables.stored)) {
    const named = `
      select ${owner(tables, tables.stored, "r")}, r.${identifier(id)}::varchar as id, r.${
      identifier(name)
    }::varchar as label,
        r.${tables.time} as day, c._import as import
      from ${tables.claims} c join ${tables.rows} r on r._key = c._key and r._content = c._content
      where r.${identifier(id)} is not null and r.${identifier(name)} is not null`;
    await session.run(`
      create or replace temp table concerned as
      select distinct platform, account, id from (${named} and c._import = ${seq})`);
    await session.run(`
      create or replace temp table label as
      select platform, account, id, arg_max(label, (import, day, label)) as label, max(import) as import from (
        select platform, account, id, label, import, max(day) as day
        from (${named} and c._import in (select seq from ${tables.imports} where state = 'published'))
        where (platform, account, id) in (select (platform, account, id) from concerned)
        group by all
      ) group by platform, account, id`);
    await replaceLabels(session, tables, name, "concerned", "import");
    await session.run("drop table temp.concerned");
    await session.run("drop table temp.label");
  }
}

function owner(tables: Tables, columns: string[], alias = ""): string {
  const { dataset } = tables.ref;
  return `${platformExpression(dataset, columns, alias)} as platform, ${
    accountExpression(dataset, columns, alias)
  } as account`;
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
