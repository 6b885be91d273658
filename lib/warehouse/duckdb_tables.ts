/** The tables of a dataset in DuckDB: their names, and how they come to exist. */
import { type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import { timeColumn } from "@/lib/model/mod.ts";
import { sqlType } from "@/lib/duckdb/row_keys.ts";
import type { DatasetRef } from "./mod.ts";
import { columnChanged } from "./refusals.ts";

/** Everything a statement about one dataset needs: definitions and quoted names. */
export interface Tables {
  ref: DatasetRef;
  /** `ws_default`, as it is. */
  schemaName: string;
  /** The rest is quoted, ready for a statement. */
  schema: string;
  time: string;
  /** Row versions, with the columns that any import ever had: a column without values costs time at every import. */
  rows: string;
  /** The same as readers see it, with every column of the dataset. */
  view: string;
  /** The dataset's columns that `rows` has. Filled in for each transaction. */
  stored: string[];
  /** One per row and import. `_content` is the import that brought the values; 0: the import removed the row. */
  claims: string;
  levels: string;
  imports: string;
  versions: string;
  /** What stands now, and (with `_to`) what stood before. */
  coverage: string;
  coverageHistory: string;
  labels: string;
  /** Which days of which level changed in which version. */
  touched: string;
  rollups: string;
}

/** Names the tables of a dataset. */
export function tablesOf(ref: DatasetRef): Tables {
  const schemaName = `ws_${ref.workspace}`;
  const schema = identifier(schemaName);
  const table = (suffix: string) => `${schema}.${identifier(`${ref.dataset.id}_${suffix}`)}`;
  return {
    ref,
    schemaName,
    schema,
    time: identifier(timeColumn(ref.dataset).name),
    rows: table("row_versions"),
    view: table("rows"),
    stored: [],
    claims: table("claims"),
    levels: table("levels"),
    imports: table("imports"),
    versions: table("versions"),
    coverage: table("coverage"),
    coverageHistory: table("coverage_history"),
    labels: table("labels"),
    touched: table("touched"),
    rollups: table("rollups"),
  };
}

/** Text in a statement; for names that come from definitions, never for values from outside. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Makes the tables exist. Throws `InputError` for a column that holds data of another type. */
export async function ensureTables(session: DuckSession, tables: Tables): Promise<void> {
  await session.run(`create schema if not exists ${tables.schema}`);
  for (const statement of statements(tables)) await session.run(statement);
  // What an earlier program made lacks it.
  await session.run(`alter table ${tables.versions} add column if not exists whole integer`);
  const there = await columnsOf(session, tables.rows);
  for (const { name, type } of tables.ref.dataset.columns) {
    const present = there.get(name);
    if (present === undefined || present === sqlType(type)) continue;
    throw columnChanged(tables.ref, name, sqlType(type), present);
  }
  await readStored(session, tables);
  await createView(session, tables);
}

/** Finds out which columns are stored. */
export async function readStored(session: Pick<DuckSession, "rows">, tables: Tables): Promise<void> {
  const there = await columnsOf(session, tables.rows);
  tables.stored = tables.ref.dataset.columns.map((c) => c.name).filter((name) => there.has(name));
}

/** Makes room for columns that an import has for the first time. */
export async function addColumns(session: DuckSession, tables: Tables, columns: string[]): Promise<void> {
  const lacking = tables.ref.dataset.columns.filter((c) => columns.includes(c.name) && !tables.stored.includes(c.name));
  if (lacking.length === 0) return;
  for (const { name, type } of lacking) {
    await session.run(`alter table ${tables.rows} add column ${identifier(name)} ${sqlType(type)}`);
  }
  await readStored(session, tables);
  await createView(session, tables);
}

async function createView(session: DuckSession, tables: Tables): Promise<void> {
  const meta = ["_key", "_content", "_level", "_import", "_from", "_to", "_until", "_provisional"];
  const columns = tables.ref.dataset.columns.map(({ name, type }) =>
    tables.stored.includes(name) ? identifier(name) : `null::${sqlType(type)} as ${identifier(name)}`
  );
  await session.run(
    `create or replace view ${tables.view} as select ${[...meta, ...columns].join(", ")} from ${tables.rows}`,
  );
}

/** The columns of a table with their types. */
export async function columnsOf(session: Pick<DuckSession, "rows">, table: string): Promise<Map<string, string>> {
  const rows = await session.rows(`select column_name, column_type from (describe ${table})`);
  return new Map(rows.map((row) => [String(row.column_name), String(row.column_type)]));
}

function statements(tables: Tables): string[] {
  // Keys look like noise: trying to compress them takes twice the time of writing them.
  const key = "_key uhugeint not null using compression uncompressed";
  const coverage = "platform varchar not null, account varchar not null, day date not null, level smallint not null, " +
    "import integer not null, rows bigint not null, provisional boolean not null, _from integer not null";
  const definitions: [string, string][] = [
    [
      tables.rows,
      `${key}, _content integer not null, _level smallint not null, _import integer not null, ` +
      `_from integer not null, _to integer, _until date not null, _provisional boolean not null, ${tables.time} date`,
    ],
    [tables.claims, `${key}, _import integer not null, _content integer not null`],
    [
      tables.levels,
      "level smallint not null, name varchar not null, grain varchar not null, columns varchar[] not null",
    ],
    [
      tables.imports,
      "seq integer not null, id varchar not null, state varchar not null, level smallint not null, mode varchar not null, " +
      "provisional_from date, range_from date, range_to date, version integer not null, changed integer not null, " +
      "sealed boolean not null",
    ],
    [
      tables.versions,
      'version integer not null, "at" varchar not null, import varchar not null, action varchar not null, ' +
      "result json not null, compacted boolean not null, whole integer",
    ],
    [tables.coverage, coverage],
    [tables.coverageHistory, `${coverage}, _to integer not null`],
    [
      tables.labels,
      "name_column varchar not null, platform varchar not null, account varchar not null, id varchar not null, " +
      "label varchar not null, import integer not null",
    ],
    [tables.touched, "version integer not null, level smallint not null, day date not null"],
    [tables.rollups, "name varchar not null, version integer not null, columns varchar not null"],
  ];
  return definitions.map(([table, body]) => `create table if not exists ${table} (${body})`);
}
