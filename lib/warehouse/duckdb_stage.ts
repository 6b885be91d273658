/** Takes an import's typed rows over into the warehouse; nobody sees them before they are published. */
import { type DuckSession, identifier, quoted } from "@/lib/duckdb/duckdb.ts";
import { NotFoundError } from "@/lib/errors.ts";
import type { StagedRows } from "@/lib/staging/mod.ts";
import { keyExpression, parseLevel } from "./duckdb_keys.ts";
import { columnsOf, stagedTable, stagedTableName, type Tables } from "./duckdb_tables.ts";

/** An import that waits to be published. */
export interface StagedImport {
  id: string;
  /** The table with its rows, quoted. */
  table: string;
  level: string;
  /** The dataset's columns that it has. */
  columns: string[];
  /** What the file covers, which may be more than its rows do. */
  from: string | null;
  to: string | null;
}

/**
 * Takes the relation over. A relation that has its keys already (`_key`, made with `keyExpression`) is renamed, which
 * costs nothing; else it is copied with them. Repeating it after a crash is safe, also when the relation is gone by then.
 */
export async function stageRows(session: DuckSession, tables: Tables, staged: StagedRows): Promise<void> {
  const { dataset } = tables.ref;
  const id = staged.importId;
  const { schema, table } = relationName(tables, staged.relation);
  const there = await columnsOf(session, schema, table);
  if (there.size === 0) {
    if (await findStaged(session, tables, id)) return;
    throw new NotFoundError(`Cannot stage import "${id}": there is no table "${staged.relation}"`);
  }
  parseLevel(staged.level);
  const columns = dataset.columns.map((c) => c.name).filter((name) => there.has(name));
  const unknown = staged.columns.filter((name) => !columns.includes(name));
  if (unknown.length) {
    throw new TypeError(
      `Cannot stage import "${id}": dataset "${dataset.id}" or its table has no ${unknown.join(", ")}`,
    );
  }
  const target = stagedTable(tables, id);
  const source = `${identifier(schema)}.${quoted(table)}`;
  await dropStaged(session, tables, id);
  if (there.has("_key") && there.has("_until")) {
    await session.run(`alter table ${source} rename to ${quoted(stagedTableName(tables, id))}`);
  } else {
    const key = keyExpression(dataset, staged.level, columns);
    const until = there.has("_until") ? "" : `, ${tables.time} as _until`;
    await session.run(
      `create table ${target} as select *${
        there.has("_key") ? " exclude (_key)" : ""
      }${until}, ${key} as _key from ${source}`,
    );
    await session.run(`drop table ${source}`);
  }
  await refuseDoubleKeys(session, target, id);
  await session.run(
    `insert into ${tables.staged} values ($1, $2, $3, $4::date, $5::date)`,
    [id, staged.level, JSON.stringify(columns), staged.range?.from ?? null, staged.range?.to ?? null],
  );
}

/** The waiting import of that id, if there is one. */
export async function findStaged(session: DuckSession, tables: Tables, id: string): Promise<StagedImport | null> {
  const [row] = await session.rows(
    `select level, columns, range_from::varchar as range_from, range_to::varchar as range_to
     from ${tables.staged} where id = $1`,
    [id],
  );
  if (!row) return null;
  return {
    id,
    table: stagedTable(tables, id),
    level: String(row.level),
    columns: JSON.parse(String(row.columns)),
    from: row.range_from as string | null,
    to: row.range_to as string | null,
  };
}

/** Drops an import's waiting rows. Safe to repeat. */
export async function dropStaged(session: DuckSession, tables: Tables, id: string): Promise<void> {
  await session.run(`drop table if exists ${stagedTable(tables, id)}`);
  await session.run(`delete from ${tables.staged} where id = $1`, [id]);
}

/** Two rows of one key would both be counted, so they stop here, whoever made them. */
async function refuseDoubleKeys(session: DuckSession, table: string, id: string): Promise<void> {
  const [row] = await session.rows(`select count(*) - count(distinct _key) as double from ${table}`);
  if (row!.double !== 0n) {
    throw new TypeError(`Cannot stage import "${id}": ${row!.double} of its rows repeat the key of another`);
  }
}

function relationName(tables: Tables, relation: string): { schema: string; table: string } {
  const match = /^(?:"?([A-Za-z_][A-Za-z0-9_]*)"?\.)?("(?:[^"]|"")+"|[^".]+)$/.exec(relation);
  if (!match) throw new TypeError(`Cannot read the relation "${relation}": write it as schema.table`);
  const table = match[2]!;
  return {
    schema: match[1] ?? tables.schemaName,
    table: table.startsWith('"') ? table.slice(1, -1).replaceAll('""', '"') : table,
  };
}
