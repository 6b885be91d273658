/** Typed rows by platform and day: what they add up to, and setting whole days aside. */
import { type Duck, type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import { platformExpression } from "@/lib/duckdb/row_keys.ts";
import { type Dataset, timeColumn } from "@/lib/model/mod.ts";
import type { DaysAside, DayTotal, StagedRows } from "./mod.ts";
import { stagingTables } from "./names.ts";
import { summarise } from "./sums.ts";

/** Exact sums of measures by platform and day. */
export async function readDayTotals(
  duck: Duck,
  workspace: string,
  dataset: Dataset,
  staged: StagedRows,
  measures: string[],
): Promise<DayTotal[]> {
  const { rows } = stagingTables(workspace, staged.importId);
  const time = identifier(timeColumn(dataset).name);
  const sums = measures.map((name, n) => `sum(${identifier(name)}) as s${n}`).join(", ");
  const found = await duck.rows(
    `select * replace (day::varchar as day) from (
       select ${platformExpression(dataset, staged.columns)} as platform, ${time} as day, ${sums}
       from ${rows} group by 1, 2) order by 1, 2`,
  );
  return found.map((row) => ({
    platform: String(row.platform),
    day: String(row.day),
    sums: Object.fromEntries(measures.map((name, n) => {
      const sum = row[`s${n}`];
      return [name, typeof sum === "bigint" || typeof sum === "number" ? BigInt(sum) : null];
    })),
  }));
}

/** Sets the rows of some days aside, each with the reason, and answers what is left. */
export async function setDaysAside(
  duck: Duck,
  workspace: string,
  dataset: Dataset,
  staged: StagedRows,
  aside: DaysAside,
): Promise<StagedRows> {
  const tables = stagingTables(workspace, staged.importId);
  const time = identifier(timeColumn(dataset).name);
  const amount = identifier(aside.column);
  const isDecimal = dataset.columns.find((c) => c.name === aside.column)?.type === "decimal";
  // Stored as whole millionths; people wrote units.
  const units = `rtrim(rtrim((${amount}::decimal(38, 6) / 1000000)::decimal(38, 6)::varchar, '0'), '.')`;
  const shown = isDecimal ? units : `${amount}::varchar`;
  const additive = dataset.columns
    .filter((c) => c.role === "measure" && c.additive && staged.columns.includes(c.name)).map((c) => c.name);
  return await duck.write(async (session) => {
    const before = await count(session, tables.rows);
    for (const { platform, day } of aside.days) {
      const there = `${platformExpression(dataset, staged.columns)} = $1 and ${time} = $2::date`;
      await session.run(
        `insert into ${tables.rejected}
         select $3, _line, $4, ${shown}, $5, $6 from ${tables.rows} where ${there}
         order by _line`,
        [platform, day, staged.importId, aside.column, aside.reason, aside.code],
      );
      await session.run(`delete from ${tables.rows} where ${there}`, [platform, day]);
    }
    const { rows, rowTotals, range } = await summarise(session, tables.rows, time, additive);
    const counts = { ...staged.counts, rows, rejected: staged.counts.rejected + before - rows };
    return { ...staged, counts, rowTotals, range };
  });
}

async function count(session: DuckSession, rows: string): Promise<number> {
  const [row] = await session.rows(`select count(*) as n from ${rows}`);
  return Number(row!.n);
}
