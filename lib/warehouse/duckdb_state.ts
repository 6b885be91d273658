/** What stands in a dataset now, read in one statement and so from one version. */
import type { DuckSession } from "@/lib/duckdb/duckdb.ts";
import { identifier } from "@/lib/duckdb/duckdb.ts";
import type { Tables } from "./duckdb_tables.ts";
import type { DatasetState } from "./mod.ts";

/** Reads the state. Most of it comes from the small tables; only currencies and long periods look at the rows. */
export async function readState(session: Pick<DuckSession, "rows">, tables: Tables): Promise<DatasetState> {
  const { dataset } = tables.ref;
  const currencies = dataset.columns.some((c) => c.name === "currency")
    ? `(select coalesce(list(distinct ${identifier("currency")}), []) from ${tables.view}
        where _to is null and ${identifier("currency")} is not null)`
    : "[]::varchar[]";
  const [row] = await session.rows(`
    with counted as (select level, sum(rows)::bigint as rows from ${tables.coverage} group by level)
    select to_json({
      version: (select coalesce(max(version), 0) from ${tables.versions}),
      "at": (select arg_max("at", version) from ${tables.versions}),
      first: (select min(day)::varchar from ${tables.coverage}),
      last: (select max(day)::varchar from ${tables.coverage}),
      until: (select max(_until)::varchar from ${tables.view}
        where _to is null and _level in (select level from ${tables.levels} where grain not in ('day', 'hour'))),
      levels: (select list({ level: l.name, grain: l.grain, columns: coalesce(l.columns, []), rows: c.rows } order by l.level)
        from ${tables.levels} l join counted c on c.level = l.level),
      accounts: (select list({ platform: a.platform, account: a.account, name: l.label })
        from (select distinct platform, account from ${tables.coverage}) a
        left join ${tables.labels} l on l.name_column = 'account' and l.platform = a.platform and l.id = a.account),
      currencies: ${currencies}
    })::varchar as state`);
  const read = JSON.parse(String(row!.state)) as {
    version: number;
    at: string | null;
    first: string | null;
    last: string | null;
    until: string | null;
    levels: DatasetState["levels"] | null;
    accounts: { platform: string; account: string; name: string | null }[] | null;
    currencies: string[];
  };
  const levels = read.levels ?? [];
  const to = [read.last, read.until].filter((day) => day !== null).sort().at(-1);
  return {
    version: read.version,
    asOf: read.at,
    rows: levels.reduce((sum, level) => sum + level.rows, 0),
    range: read.first && to ? { from: read.first, to } : null,
    levels,
    accounts: (read.accounts ?? []).map(({ name, ...account }) => name === null ? account : { ...account, name }).sort((
      a,
      b,
    ) => compare(a.platform, b.platform) || compare(a.account, b.account)),
    currencies: read.currencies.sort(compare),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
