/** Rollups: rows added up beforehand by day or month, per level. Only periods that changed are added up again. */
import { type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import { sqlType } from "@/lib/duckdb/row_keys.ts";
import { columnsOf, literal, type Tables } from "./duckdb_tables.ts";
import { currentVersion } from "./duckdb_versions.ts";
import {
  additiveMeasures,
  rollupColumns,
  type RollupDefinition,
  rollupDefinitions,
  WORTH_ROWS,
  WORTH_SHARE,
} from "./rollup_definitions.ts";

/** A rollup and the version it stands at. */
export interface RollupVersion extends RollupDefinition {
  version: number;
}

/** What is noted of a rollup. */
export interface StoredRollup {
  name: string;
  version: number;
  columns: string;
}

/** The rollups that exist as the definition has them now, with their versions. */
export async function readRollups(session: Pick<DuckSession, "rows">, tables: Tables): Promise<RollupVersion[]> {
  return matchRollups(tables, await readStoredRollups(session, tables));
}

/** What is noted of the rollups, whatever the definition says. */
export async function readStoredRollups(session: Pick<DuckSession, "rows">, tables: Tables): Promise<StoredRollup[]> {
  const stored = await session.rows(`select name, version, columns from ${tables.rollups}`);
  return stored.map(({ name, version, columns }) => ({
    name: String(name),
    version: Number(version),
    columns: String(columns),
  }));
}

/** Those of the noted rollups that are as the definition has them now. */
export function matchRollups(tables: Tables, stored: StoredRollup[]): RollupVersion[] {
  return rollupDefinitions(tables.ref.dataset).flatMap((rollup) => {
    const row = stored.find((r) => r.name === rollup.name && r.columns === rollupColumns(tables.ref.dataset, rollup));
    return row ? [{ ...rollup, version: row.version }] : [];
  });
}

/** Brings every rollup to the current version. Must run in a transaction. Answers how many periods were rebuilt. */
export async function refreshRollupTables(session: DuckSession, tables: Tables): Promise<number> {
  const version = await currentVersion(session, tables);
  const noted = await readStoredRollups(session, tables);
  const standing = matchRollups(tables, noted);
  let periods = 0;
  for (const rollup of rollupDefinitions(tables.ref.dataset)) {
    const useless = noted.find((r) => r.name === rollup.name && r.columns.endsWith(notBuilt(tables, rollup)));
    let stands = standing.find((r) => r.name === rollup.name)?.version;
    if ((useless?.version ?? stands) === version) continue;
    const size = await sizeOf(session, tables, rollup);
    if (size.rows >= WORTH_ROWS && size.share > WORTH_SHARE) {
      await session.run(`drop view if exists ${viewOf(tables, rollup)}`);
      await session.run(`drop table if exists ${tableOf(tables, rollup)}`);
      const why = `${Math.round(size.share * 100)} % of ${size.rows} rows`;
      await note(session, tables, { ...rollup, version, text: why + notBuilt(tables, rollup) });
      continue;
    }
    if (stands !== undefined && !await holdsStored(session, tables, rollup)) stands = undefined;
    if (stands === undefined) await createRollup(session, tables, rollup);
    periods += await rebuildPeriods(session, tables, rollup, stands ?? 0);
    await note(session, tables, { ...rollup, version, text: rollupColumns(tables.ref.dataset, rollup) });
  }
  return periods;
}

async function note(session: DuckSession, tables: Tables, rollup: { name: string; version: number; text: string }) {
  await session.run(`delete from ${tables.rollups} where name = ${literal(rollup.name)}`);
  await session.run(`insert into ${tables.rollups} values ($1, $2, $3)`, [rollup.name, rollup.version, rollup.text]);
}

/** How many rows there are, and how large a share of them the rollup would have, by the latest days that have any. */
async function sizeOf(
  session: DuckSession,
  tables: Tables,
  rollup: RollupDefinition,
): Promise<{ rows: number; share: number }> {
  const levels = `(select level from ${tables.levels} where grain in ('day', 'hour'))`;
  const [all] = await session.rows(
    `select coalesce(sum(rows), 0)::bigint as rows from ${tables.coverage} where level in ${levels}`,
  );
  const rows = Number(all!.rows);
  if (rows < WORTH_ROWS) return { rows, share: 0 };
  const first = `(select min(day) from (select distinct day from ${tables.coverage} where level in ${levels}
    order by day desc limit ${rollup.grain === "day" ? 31 : 62}))`;
  const period = cut(rollup, `r.${tables.time}`);
  const dimensions = stored(tables, rollup.dimensions).map((name) => `, r.${identifier(name)}`).join("");
  const [row] = await session.rows(
    `select count(*) as groups, coalesce(sum(n), 0)::bigint as rows from (
       select count(*) as n from ${tables.rows} r
       where r._to is null and r.${tables.time} >= ${cut(rollup, first)} and r._level in ${levels}
       group by r._level, ${period}${dimensions})`,
  );
  return { rows, share: Number(row!.groups) / Math.max(1, Number(row!.rows)) };
}

/** Only columns that hold anything are kept; readers see the others through a view, as they do those of the rows. */
async function createRollup(session: DuckSession, tables: Tables, rollup: RollupDefinition): Promise<void> {
  const typed = tables.ref.dataset.columns.filter((c) => rollup.dimensions.includes(c.name));
  const dimensions = typed.filter((c) => tables.stored.includes(c.name))
    .map(({ name, type }) => `${identifier(name)} ${sqlType(type)}`);
  const sums = stored(tables, additiveMeasures(tables.ref.dataset))
    .map((name) => `${identifier(name)} hugeint, ${identifier(`${name}__n`)} bigint`);
  const columns = ["_level smallint not null", "period date not null", ...dimensions, ...sums, "_n bigint not null"];
  await session.run(`create or replace table ${tableOf(tables, rollup)} (${columns.join(", ")})`);
  const seen = [
    ...typed.map(({ name, type }) =>
      tables.stored.includes(name) ? identifier(name) : `null::${sqlType(type)} as ${identifier(name)}`
    ),
    ...additiveMeasures(tables.ref.dataset).map((name) =>
      tables.stored.includes(name)
        ? `${identifier(name)}, ${identifier(`${name}__n`)}`
        : `null::hugeint as ${identifier(name)}, 0::bigint as ${identifier(`${name}__n`)}`
    ),
  ];
  await session.run(
    `create or replace view ${viewOf(tables, rollup)} as
     select _level, period, ${[...seen, "_n"].join(", ")} from ${tableOf(tables, rollup)}`,
  );
}

/** Whether the table has every column that holds anything by now. */
async function holdsStored(session: DuckSession, tables: Tables, rollup: RollupDefinition): Promise<boolean> {
  const there = await columnsOf(session, tableOf(tables, rollup));
  return stored(tables, [...rollup.dimensions, ...additiveMeasures(tables.ref.dataset)]).every((name) =>
    there.has(name)
  );
}

/** A row that stands for a whole week or month is never booked on one period, so such levels have no rollup. */
async function rebuildPeriods(
  session: DuckSession,
  tables: Tables,
  rollup: RollupDefinition,
  since: number,
): Promise<number> {
  await session.run(`
    create or replace temp table period as
    select distinct t.level, ${cut(rollup, "t.day")} as period
    from ${tables.touched} t join ${tables.levels} l on l.level = t.level
    where t.version > ${since} and l.grain in ('day', 'hour')`);
  const [row] = await session.rows("select count(*) as n from temp.period");
  if (row!.n === 0n) return 0;
  const table = tableOf(tables, rollup);
  const touched = (level: string, period: string) =>
    `(${level}, ${period}) in (select (level, period) from temp.period)`;
  const dimensions = stored(tables, rollup.dimensions).map((name) => `, r.${identifier(name)}`).join("");
  const sums = stored(tables, additiveMeasures(tables.ref.dataset)).map((name) =>
    `, sum(r.${identifier(name)}), count(r.${identifier(name)})`
  ).join("");
  await session.run(`delete from ${table} where ${touched("_level", "period")}`);
  await session.run(`
    insert into ${table}
    select r._level, ${cut(rollup, `r.${tables.time}`)} as period${dimensions}${sums}, count(*)
    from ${tables.rows} r
    where r._to is null and ${touched("r._level", cut(rollup, `r.${tables.time}`))}
    group by r._level, ${cut(rollup, `r.${tables.time}`)}${dimensions}`);
  await session.run("drop table temp.period");
  return Number(row!.n);
}

/** The period of a day. */
function cut(rollup: RollupDefinition, day: string): string {
  return rollup.grain === "day" ? day : `date_trunc('month', ${day})::date`;
}

/** What is noted of a rollup that was left out; readers take it for none. */
function notBuilt(tables: Tables, rollup: RollupDefinition): string {
  return `, not built: ${rollupColumns(tables.ref.dataset, rollup)}`;
}

function stored(tables: Tables, names: string[]): string[] {
  return names.filter((name) => tables.stored.includes(name));
}

function tableOf(tables: Tables, rollup: RollupDefinition): string {
  return `${tables.schema}.${identifier(`${tables.ref.dataset.id}_${rollup.name}_sums`)}`;
}

function viewOf(tables: Tables, rollup: RollupDefinition): string {
  return `${tables.schema}.${identifier(`${tables.ref.dataset.id}_${rollup.name}`)}`;
}
