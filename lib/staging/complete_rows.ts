/** Rows of one table completed by those of another table of the same file: columns that it lacks, for keys that both have. */
import { type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import { sqlType } from "@/lib/duckdb/row_keys.ts";
import type { Dataset } from "@/lib/model/mod.ts";
import type { StagedRows } from "./mod.ts";

/**
 * Gives rows the values that another table of the same file has for their keys in columns that they lack; answers how many
 * rows were completed. A file that puts each series in a table of its own says of one key in several places what it is.
 */
export async function completeRows(
  session: DuckSession,
  dataset: Dataset,
  rows: StagedRows,
  others: StagedRows,
): Promise<{ rows: StagedRows; completed: number }> {
  const lacking = dataset.columns.filter(({ name }) => others.columns.includes(name) && !rows.columns.includes(name));
  if (lacking.length === 0 || rows.level !== others.level) return { rows, completed: 0 };
  const [shared] = await session.rows(
    `select count(*) as n from ${rows.relation} where _key in (select _key from ${others.relation})`,
  );
  const completed = Number(shared!.n);
  if (completed === 0) return { rows, completed };
  for (const { name, type } of lacking) {
    await session.run(`alter table ${rows.relation} add column if not exists ${identifier(name)} ${sqlType(type)}`);
  }
  const values = lacking.map(({ name }) => `${identifier(name)} = o.${identifier(name)}`).join(", ");
  await session.run(`update ${rows.relation} r set ${values} from ${others.relation} o where o._key = r._key`);
  const columns = dataset.columns.map(({ name }) => name)
    .filter((name) => rows.columns.includes(name) || lacking.some((one) => one.name === name));
  return { rows: { ...rows, columns }, completed };
}
