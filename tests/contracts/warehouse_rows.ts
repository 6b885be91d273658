/** Test rows as plain objects, and how they come into a warehouse on DuckDB. */
import { type Duck, identifier } from "@/lib/duckdb/duckdb.ts";
import { type Dataset, datasetSchema, timeColumn } from "@/lib/model/mod.ts";
import type { StagedRows } from "@/lib/staging/mod.ts";
import { keyExpression, levelColumns, levelName, sqlType } from "@/lib/duckdb/row_keys.ts";
import type { DatasetRef } from "@/lib/warehouse/mod.ts";

/** One row; what it lacks is null. Numbers of decimal columns are stored integers (micros). */
export type TestRow = Record<string, string | number | null>;

/** What a file is besides its rows. */
export interface TestFile {
  /** @default "day" */
  grain?: string;
  /** The days that the file speaks for. @default what its rows cover */
  range?: { from: string; to: string };
  /** Columns that the file has. @default those that any row has */
  columns?: string[];
}

/** A small dataset with everything that the rules speak of. */
export const testDataset: Dataset = datasetSchema.parse({
  id: "facts",
  title: "Facts",
  columns: [
    { name: "date", title: "Date", role: "time", type: "date" },
    { name: "platform", title: "Platform", role: "dimension", type: "text", identity: true },
    { name: "account_id", title: "Account ID", role: "dimension", type: "text", identity: true },
    { name: "account", title: "Account", role: "dimension", type: "text", identity: true, labels: "account_id" },
    { name: "campaign_id", title: "Campaign ID", role: "dimension", type: "text", identity: true },
    { name: "campaign", title: "Campaign", role: "dimension", type: "text", identity: true, labels: "campaign_id" },
    { name: "device", title: "Device", role: "dimension", type: "text", identity: true },
    { name: "currency", title: "Currency", role: "dimension", type: "text" },
    { name: "clicks", title: "Clicks", role: "measure", type: "integer" },
    { name: "spend", title: "Spend", role: "measure", type: "decimal", unit: "currency" },
    { name: "reach", title: "Reach", role: "measure", type: "integer", additive: false },
  ],
  rollups: [
    { grain: "day", dimensions: ["platform", "account", "campaign_id", "campaign"] },
    { grain: "month", dimensions: ["platform", "account", "campaign_id", "campaign"] },
  ],
});

/** Writes rows into a table as staging leaves it, and describes it. */
export async function stageTestRows(
  duck: Duck,
  ref: DatasetRef,
  rows: TestRow[],
  importId: string,
  file: TestFile = {},
): Promise<StagedRows> {
  const { dataset } = ref;
  const columns = file.columns ?? dataset.columns.map((c) => c.name).filter((name) => rows.some((row) => name in row));
  const level = levelName(file.grain ?? "day", levelColumns(dataset, columns));
  const time = timeColumn(dataset).name;
  const relation = `typed_${importId}`;
  const table = `${identifier(`ws_${ref.workspace}`)}.${identifier(relation)}`;
  const typed = dataset.columns.filter((c) => columns.includes(c.name));
  const definition = typed.map((c) => `${identifier(c.name)} ${sqlType(c.type)}`);
  await duck.run(`create schema if not exists ${identifier(`ws_${ref.workspace}`)}`);
  await duck.run(`create or replace table ${table} (_line bigint, ${definition.join(", ")}, _until date)`);
  for (const [index, row] of rows.entries()) {
    const values = [index + 2, ...columns.map((name) => row[name] ?? null), row._until ?? row[time] ?? null];
    const ordered = ["_line", ...columns, "_until"].map(identifier).join(", ");
    await duck.run(
      `insert into ${table} (${ordered}) values (${values.map((_, i) => `$${i + 1}`).join(", ")})`,
      values,
    );
  }
  await duck.run(`alter table ${table} add column _key uhugeint`);
  await duck.run(`update ${table} set _key = ${keyExpression(dataset, level, columns)}`);
  const days = rows.map((row) => String(row[time])).sort();
  return {
    importId,
    columns,
    level,
    range: file.range ?? (days.length ? { from: days[0]!, to: days.at(-1)! } : null),
    counts: { read: rows.length, rows: rows.length, collapsed: 0, duplicates: 0, rejected: 0, totals: 0 },
    duplicateLines: [],
    collapsedLines: [],
    duplicatesSummed: false,
    masked: 0,
    fileTotals: {},
    rowTotals: {},
    relation: table,
  };
}
