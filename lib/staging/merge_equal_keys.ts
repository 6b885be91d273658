import { type DuckRow, type DuckSession, identifier, quoted } from "@/lib/duckdb/duckdb.ts";
import type { Column } from "@/lib/model/mod.ts";
import { bestScore } from "./find_totals.ts";
import type { StagingPlan } from "./mod.ts";
import type { StagingTables } from "./names.ts";
import { sums } from "./sums.ts";

/** What became of rows that share a key. */
export interface Merged {
  collapsed: number;
  duplicates: number;
  duplicateLines: number[];
  collapsedLines: number[];
  duplicatesSummed: boolean;
}

/** The rows, and what is known about them. */
export interface MergeInput {
  plan: StagingPlan;
  columns: Column[];
  tables: StagingTables;
  additive: string[];
  totalLines: DuckRow[];
}

/** What became of rows that each have a key of their own. */
export const NOT_MERGED: Merged = {
  collapsed: 0,
  duplicates: 0,
  duplicateLines: [],
  collapsedLines: [],
  duplicatesSummed: false,
};

/** Lines that are listed one by one. */
const LISTED = 1_000;

/**
 * Makes one row of the rows that share a key; for tables where some do. Records equal in every cell are kept once, unless the file's own total
 * fits only with all of them. Of the others, additive measures are summed; what cannot be added becomes null, and an
 * attribute stays where all agree.
 */
export async function mergeEqualKeys(session: DuckSession, input: MergeInput): Promise<Merged> {
  const { columns, tables, additive, totalLines, plan } = input;
  const { rows } = tables;
  const merged = { ...NOT_MERGED };
  const repeated = await tableOfRepeated(session, plan.importId, tables);
  try {
    await rejectMixedCurrencies(session, plan.importId, columns, tables, repeated);
    const again = await lines(session, `select _line from ${repeated} where _nth > 1`);
    if (again.count > 0) {
      const withAll = await sums(session, rows, additive);
      const once = await sums(
        session,
        `(select * from ${rows} where _line not in (
        select _line from ${repeated} where _nth > 1))`,
        additive,
      );
      merged.duplicatesSummed = bestScore(totalLines, withAll) > bestScore(totalLines, once);
      if (!merged.duplicatesSummed) {
        merged.duplicates = again.count;
        merged.duplicateLines = again.first;
        await session.run(`delete from ${rows} where _line in (select _line from ${repeated} where _nth > 1)`);
        await session.run(`delete from ${repeated} where _nth > 1`);
      }
    }
    const others = await lines(
      session,
      `select _line from (select _line, row_number() over (partition by _key order by _line) as n from ${repeated})
       where n > 1`,
    );
    if (others.count > 0) {
      merged.collapsed = others.count;
      merged.collapsedLines = others.first;
      await collapse(session, columns, rows, repeated);
    }
    return merged;
  } finally {
    await session.run(`drop table if exists ${repeated}`);
  }
}

/** Rows whose key stands more than once; `_nth` counts the records that are equal in every cell of the file. */
async function tableOfRepeated(session: DuckSession, importId: string, tables: StagingTables): Promise<string> {
  const { rows, text, schema } = tables;
  const repeated = `${schema}.${identifier(`repeated_${importId.replaceAll(/[^A-Za-z0-9]/g, "_")}`)}`;
  const described = await session.rows(`select column_name from (describe select * exclude (_line) from ${text})`);
  // A column that nobody maps still tells two records apart; nulls count as texts of their own.
  const cells = described.map(({ column_name }) => {
    const x = `t.${quoted(String(column_name))}`;
    return `coalesce(strlen(${x}) || ':' || ${x}, '-')`;
  });
  await session.run(
    `create or replace table ${repeated} as
     with many as (select _key from ${rows} group by _key having count(*) > 1)
     select r.*, row_number() over (partition by r._key, concat(${cells.join(", ")}) order by r._line) as _nth
     from ${rows} r join ${text} t on t._line = r._line where r._key in (select _key from many)`,
  );
  return repeated;
}

/** Amounts in different currencies cannot be added, and which row is meant nobody can know. */
async function rejectMixedCurrencies(
  session: DuckSession,
  importId: string,
  columns: Column[],
  tables: StagingTables,
  repeated: string,
): Promise<void> {
  if (!columns.some((column) => column.name === "currency") || !columns.some((c) => c.unit === "currency")) return;
  const mixed = `select _key from ${repeated} group by _key having count(distinct coalesce(currency, '')) > 1`;
  await session.run(
    `insert into ${tables.rejected} select $1, _line, 'currency', currency,
       'the same row stands here in several currencies; a column that tells them apart is missing', 'mixed-currency'
     from ${repeated} where _key in (${mixed}) order by _line`,
    [importId],
  );
  await session.run(`delete from ${tables.rows} where _key in (${mixed})`);
  await session.run(`delete from ${repeated} where _key in (${mixed})`);
}

async function collapse(session: DuckSession, columns: Column[], rows: string, repeated: string): Promise<void> {
  const merged = columns.map((column) => {
    const name = identifier(column.name);
    if (column.role === "measure") {
      return column.additive ? `cast(sum(${name}) as bigint) as ${name}` : `null::bigint as ${name}`;
    }
    return `case when min(${name}) = max(${name}) then min(${name}) end as ${name}`;
  });
  const names = columns.map((column) => identifier(column.name)).join(", ");
  await session.run(`delete from ${rows} where _line in (select _line from ${repeated})`);
  await session.run(
    `insert into ${rows} (_line, _until, ${names}, _key)
     select min(_line), max(_until), ${merged.join(", ")}, _key from ${repeated} group by _key`,
  );
}

async function lines(session: DuckSession, sql: string): Promise<{ count: number; first: number[] }> {
  const [size] = await session.rows(`select count(*) as n from (${sql})`);
  const first = await session.rows(`select _line from (${sql}) order by _line limit ${LISTED}`);
  return { count: Number(size!.n), first: first.map((row) => Number(row._line)) };
}
