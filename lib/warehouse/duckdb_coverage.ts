/** Coverage: which level has rows on which day, now and at every version. */
import type { DuckSession } from "@/lib/duckdb/duckdb.ts";
import type { Change } from "./duckdb_change.ts";
import { accountExpression, platformExpression } from "@/lib/duckdb/row_keys.ts";
import type { Tables } from "./duckdb_tables.ts";
import type { CoverageRow } from "./mod.ts";

/**
 * Brings the coverage of the days in the temporary table `day` up to date; what stood there goes into the history.
 * `import` is the latest one that has a visible row on the day: on a publish itself, on a turn found through the claims.
 */
export async function refreshCoverage(
  session: DuckSession,
  tables: Tables,
  change: Change,
  version: number,
): Promise<void> {
  const { dataset } = tables.ref;
  const all = tables.stored;
  const there = `level = ${change.level} and (platform, account, day) in (select (platform, account, day) from day)`;
  await session.run(
    `insert into ${tables.coverageHistory} by name select *, ${version} as _to from ${tables.coverage} where ${there}`,
  );
  await session.run(`delete from ${tables.coverage} where ${there}`);
  const owner = (columns: string[]) =>
    `${platformExpression(dataset, columns, "r")} as platform, ${accountExpression(dataset, columns, "r")} as account,
     r.${tables.time} as day`;
  const placed = `${version} as _from, ${change.level} as level`;
  if (change.fresh) {
    await session.run(
      `insert into ${tables.coverage} by name
       select platform, account, day, rows, provisional, ${change.own?.import} as import, ${placed} from day`,
    );
    return;
  }
  const latest = change.own ? `${change.own.import}` : `(
      select max(c._import) from open_row r join ${tables.claims} c on c._key = r._key
        join ${tables.imports} i on i.seq = c._import and i.state = 'published'
      where r.platform = d.platform and r.account = d.account and r.day = d.day)`;
  await session.run(
    `insert into ${tables.coverage} by name
     with open_row as (
       select * from (
         select ${owner(all)}, r._provisional as provisional, r._key from ${tables.rows} r
         where r._to is null and r._level = ${change.level}
           and r.${tables.time} between (select min(day) from day) and (select max(day) from day)
       ) where (platform, account, day) in (select (platform, account, day) from day)
     ), d as (
       select platform, account, day, count(*) as rows, bool_or(provisional) as provisional from open_row group by all
     )
     select d.*, ${latest} as import, ${placed} from d`,
  );
}

/** Coverage at a version, as a relation with the columns of the coverage table. */
export function coverageAt(tables: Tables, version: number): string {
  const columns = "platform, account, day, level, import, rows, provisional";
  return `(select ${columns} from ${tables.coverage} where _from <= ${version}
    union all select ${columns} from ${tables.coverageHistory} where _from <= ${version} and _to > ${version})`;
}

/** Reads coverage, by platform, account, day and level. */
export async function readCoverage(
  session: Pick<DuckSession, "rows">,
  tables: Tables,
  options: { from?: string; to?: string; version: number },
): Promise<CoverageRow[]> {
  const rows = await session.rows(
    `select c.platform, c.account, c.day::varchar as day, l.name as level, c.rows, c.provisional
     from ${coverageAt(tables, options.version)} c join ${tables.levels} l on l.level = c.level
     where ($1::date is null or c.day >= $1::date) and ($2::date is null or c.day <= $2::date)
     order by c.platform, c.account, c.day, l.name`,
    [options.from ?? null, options.to ?? null],
  );
  return rows.map((row) => ({
    platform: String(row.platform),
    account: String(row.account),
    day: String(row.day),
    level: String(row.level),
    rows: Number(row.rows),
    provisional: row.provisional === true,
  }));
}
