import { type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import { timeColumn } from "@/lib/model/mod.ts";
import type { FactQuery } from "./mod.ts";
import { ownerColumns, type QueryContext, tableOf, visible } from "./duckdb_query_context.ts";
import { neededColumns } from "./known_facts.ts";
import { levelIsById } from "./query_levels.ts";
import { StatementParams } from "./duckdb_query_params.ts";

/** The latest name of each id: kept at the current version, worked out from the rows for an older one. */
export function compileLabels(
  context: QueryContext,
  query: FactQuery,
  params: StatementParams,
  name: string,
  idColumn: string,
): string {
  if (query.version >= context.currentVersion) {
    return `select platform, account, id, arg_max(label, row(import, label)) as label from ${
      tableOf(context, "labels")
    } ` +
      `where name_column = ${params.add(name, "varchar")} and label is not null group by all`;
  }
  const { platform, account } = ownerColumns(context, "n");
  const day = `n.${identifier(timeColumn(context.dataset).name)}`;
  const label = `n.${identifier(name)}`;
  return `select ${platform} as platform, ${account} as account, n.${identifier(idColumn)} as id, ` +
    `arg_max(${label}, row(n._import, ${day}, ${label})) as label from ${tableOf(context, "rows")} n ` +
    `where ${visible(context, query, "n", params)} and n.${
      identifier(idColumn)
    } is not null and ${label} is not null ` +
    `group by all`;
}

/**
 * The name columns of a question that need no looking up at the current version, because every row carries the latest
 * name of its id. Worked out once per version and kept in `context.memory`: most data is like that, and grouping by the
 * stored column is many times as fast as looking up each row's name. Without a memory names are looked up.
 */
export async function findSettledLabels(
  session: Pick<DuckSession, "rows">,
  context: QueryContext,
  query: FactQuery,
): Promise<ReadonlySet<string>> {
  const settled = new Set<string>();
  if (!context.memory || query.version < context.currentVersion) return settled;
  const { asked, filtered } = neededColumns(query);
  for (const name of new Set([...asked, ...filtered])) {
    const idColumn = context.dataset.columns.find((column) => column.name === name)?.labels;
    if (idColumn === undefined || !context.levels.some((level) => levelIsById(level, idColumn))) continue;
    let answer = context.memory.get(name);
    if (answer === undefined) {
      answer = await isSettled(session, context, query, { name, idColumn });
      context.memory.set(name, answer);
    }
    if (answer) settled.add(name);
  }
  return settled;
}

async function isSettled(
  session: Pick<DuckSession, "rows">,
  context: QueryContext,
  query: FactQuery,
  { name, idColumn }: { name: string; idColumn: string },
): Promise<boolean> {
  const params = new StatementParams();
  const { platform, account } = ownerColumns(context, "r");
  const [id, label] = [`r.${identifier(idColumn)}`, `r.${identifier(name)}`];
  const sql = `with l as (${compileLabels(context, query, params, name, idColumn)}), x as (select ` +
    `${platform} as platform, ${account} as account, ${id} as id, ${label} as label from ${
      tableOf(context, "rows")
    } r ` +
    `where ${visible(context, query, "r", params)} and ${id} is not null group by all) ` +
    `select 1 as found from x left join l using (platform, account, id) where x.label is null or x.label is distinct from l.label limit 1`;
  return (await session.rows(sql, params.values)).length === 0;
}
