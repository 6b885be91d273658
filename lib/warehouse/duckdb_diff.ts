/** Counts what a worked-out change does; reads only. */
import { type DuckCell, type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import type { Change } from "./duckdb_change.ts";
import { accountExpression, platformExpression } from "@/lib/duckdb/row_keys.ts";
import type { Tables } from "./duckdb_tables.ts";
import type { ImportDiff } from "./mod.ts";

/**
 * Writes the temporary table `day`: the platforms, accounts and days that the change speaks of, and whether any row
 * of them changes. Everything that is kept per day is brought up to date from it. A fresh change has its counts there too.
 */
export async function listDays(session: DuckSession, tables: Tables, change: Change): Promise<void> {
  const { dataset } = tables.ref;
  const all = tables.stored;
  const owned = (columns: string[], alias: string) =>
    `${platformExpression(dataset, columns, alias)} as platform, ${
      accountExpression(dataset, columns, alias)
    } as account,
     ${alias}.${tables.time} as day`;
  await session.run(
    change.fresh
      ? `create or replace temp table day as
         select ${owned(change.columns, "s")}, true as changed, count(*) as rows,
           bool_or(${change.own?.provisional ?? "false"}) as provisional
         from ${change.source} s group by all`
      : `create or replace temp table day as select platform, account, day, bool_or(changed) as changed from (
           select ${owned(change.columns, "s")}, not c.keep as changed
           from change c join ${change.source} s on s.rowid = c.src
           union all
           select ${owned(all, "r")}, true from change c join ${tables.rows} r on r.rowid = c.old where not c.keep
         ) group by all`,
  );
}

/** Counts rows, days and sums. Needs `day` of `listDays`, and must run before anything is written. */
export async function countDiff(session: DuckSession, tables: Tables, change: Change): Promise<ImportDiff> {
  const counts = change.fresh
    ? `select count(*) as inserted, 0 as updated, 0 as unchanged, 0 as removed from ${change.source}`
    : `select count(*) filter (src is not null and old is null) as inserted,
         count(*) filter (src is not null and old is not null and not same) as updated,
         count(*) filter (same) as unchanged,
         count(*) filter (src is null and old is not null) as removed
       from change`;
  const [count] = await session.rows(counts);
  const [days] = await session.rows("select count(distinct day) as n from day where changed");
  return {
    inserted: Number(count!.inserted),
    updated: Number(count!.updated),
    unchanged: Number(count!.unchanged),
    removed: Number(count!.removed),
    missing: 0,
    days: Number(days!.n),
    perMeasure: await sumMeasures(session, tables, change),
  };
}

/** Sums of the additive measures over this level's rows of the platforms, accounts and days in `day`. */
async function sumMeasures(session: DuckSession, tables: Tables, change: Change): Promise<ImportDiff["perMeasure"]> {
  const { dataset } = tables.ref;
  const all = tables.stored;
  const measures = dataset.columns.filter((c) => c.role === "measure" && c.additive).map((c) => c.name);
  if (measures.length === 0) return {};
  const sums = (has: string[], alias: string) =>
    measures.map((name, i) =>
      has.includes(name)
        ? `sum(${alias}.${identifier(name)}) as s${i}, count(${alias}.${identifier(name)}) as n${i}`
        : `0 as s${i}, 0 as n${i}`
    ).join(", ");
  const one = async (sql: string) => (await session.rows(sql))[0]!;
  const owner = `${platformExpression(dataset, all, "r")}, ${accountExpression(dataset, all, "r")}, r.${tables.time}`;
  const opened = await one(
    change.fresh
      ? `select ${sums(change.columns, "s")} from ${change.source} s`
      : `select ${sums(change.columns, "s")} from ${change.source} s
         where s.rowid in (select src from change where not keep and src is not null)`,
  );
  const before = change.fresh ? {} : await one(
    `select ${sums(all, "r")} from ${tables.rows} r
     where r._to is null and r._level = ${change.level} and r.${tables.time} between (select min(day) from day)
       and (select max(day) from day) and (${owner}) in (select (platform, account, day) from day)`,
  );
  const ended = change.fresh ? {} : await one(
    `select ${
      sums(all, "r")
    } from ${tables.rows} r where r.rowid in (select old from change where not keep and old is not null)`,
  );
  return Object.fromEntries(measures.map((name, i) => {
    const at = (row: Record<string, DuckCell>, key: string) => BigInt((row[`${key}${i}`] ?? 0) as bigint | number);
    const left = at(before, "n") - at(ended, "n") + at(opened, "n");
    return [name, {
      before: at(before, "n") === 0n ? null : at(before, "s"),
      after: left === 0n ? null : at(before, "s") - at(ended, "s") + at(opened, "s"),
    }];
  }));
}
