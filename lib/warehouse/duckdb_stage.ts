/** Takes note of an import's typed rows; nobody sees them before they are published. */
import type { DuckSession } from "@/lib/duckdb/duckdb.ts";
import { NotFoundError } from "@/lib/errors.ts";
import type { Dataset } from "@/lib/model/mod.ts";
import type { StagedRows } from "@/lib/staging/mod.ts";
import { parseLevel } from "@/lib/duckdb/row_keys.ts";

/** An import that waits to be published. */
export interface StagedImport {
  id: string;
  /** The table with its rows, as staging left it, ready for a statement. */
  table: string;
  level: string;
  /** The dataset's columns that it has. */
  columns: string[];
  /** What the file covers, which may be more than its rows do. */
  from: string | null;
  to: string | null;
}

/**
 * Checks that the relation is what can be published. The rows are not copied: they stay where staging left them, with
 * their keys (`_key`, as `keyExpression` makes it) and last days (`_until`), until staging discards them.
 */
export async function stageRows(
  session: Pick<DuckSession, "rows">,
  dataset: Dataset,
  staged: StagedRows,
): Promise<StagedImport> {
  const fail = (reason: string) => new TypeError(`Cannot stage import "${staged.importId}": ${reason}`);
  if (!/^(("[^"]+"|[A-Za-z_][A-Za-z0-9_]*)\.){0,2}("[^"]+"|[A-Za-z_][A-Za-z0-9_]*)$/.test(staged.relation)) {
    throw fail(`"${staged.relation}" is not the name of a table`);
  }
  const there = await columnsOf(session, staged.relation);
  const lacking = ["_key", "_until", ...staged.columns].filter((name) => !there.has(name));
  if (lacking.length) throw fail(`its table has no ${lacking.join(", ")}`);
  const unknown = staged.columns.filter((name) => !dataset.columns.some((c) => c.name === name));
  if (unknown.length) throw fail(`dataset "${dataset.id}" has no ${unknown.join(", ")}`);
  parseLevel(staged.level);
  return {
    id: staged.importId,
    table: staged.relation,
    level: staged.level,
    columns: staged.columns,
    from: staged.range?.from ?? null,
    to: staged.range?.to ?? null,
  };
}

async function columnsOf(session: Pick<DuckSession, "rows">, relation: string): Promise<Set<string>> {
  const rows = await session.rows(`select column_name from (describe ${relation})`).catch((error) => {
    throw new NotFoundError(`Cannot stage rows: there is no table ${relation}`, { cause: String(error) });
  });
  return new Set(rows.map((row) => String(row.column_name)));
}
