import { type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import { accountExpression, platformExpression } from "@/lib/duckdb/row_keys.ts";
import { checkDimension } from "./check_dimension.ts";
import { literal, type Tables } from "./duckdb_tables.ts";
import type { ValueCount } from "./mod.ts";

/** The values of a dimension in the current rows with their counts, most rows first; an entity goes by its latest name. */
export async function readValues(
  session: Pick<DuckSession, "rows">,
  tables: Tables,
  column: string,
  options: { search?: string; limit: number },
): Promise<ValueCount[]> {
  const { dataset } = tables.ref;
  const definition = checkDimension(dataset, column);
  const all = dataset.columns.map((c) => c.name);
  const stored = `r.${identifier(column)}::varchar`;
  const counted = definition.labels
    ? `select coalesce(l.label, r.value) as value, sum(r.n) as n from (
         select ${platformExpression(dataset, all, "r")} as platform, ${
      accountExpression(dataset, all, "r")
    } as account,
           r.${identifier(definition.labels)}::varchar as id, ${stored} as value, count(*) as n
         from ${tables.view} r where r._to is null group by all
       ) r left join ${tables.labels} l on l.name_column = ${literal(column)} and l.platform = r.platform
         and l.account = r.account and l.id = r.id
       group by 1`
    : `select ${stored} as value, count(*) as n from ${tables.view} r where r._to is null group by 1`;
  const rows = await session.rows(
    `select value, n::bigint as n from (${counted}) where value is not null
       and ($1::varchar is null or contains(lower(value), lower($1::varchar)))
     order by n desc, value limit $2::bigint`,
    [options.search ?? null, BigInt(options.limit)],
  );
  return rows.map((row) => ({ value: String(row.value), rows: Number(row.n) }));
}
