import assert from "node:assert/strict";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { keyExpression } from "@/lib/duckdb/row_keys.ts";
import { datasetSchema } from "@/lib/model/mod.ts";
import { openDuckWarehouse } from "./duckdb.ts";
import type { DatasetRef, FactQuery } from "./mod.ts";

const dataset = datasetSchema.parse({
  id: "visits",
  title: "Visits",
  columns: [
    { name: "date", title: "Date", role: "time", type: "date" },
    { name: "page", title: "Page", role: "dimension", type: "text", identity: true },
    { name: "visits", title: "Visits", role: "measure", type: "integer" },
  ],
  rollups: [{ grain: "day", dimensions: ["page"] }, { grain: "month", dimensions: ["page"] }],
});
const ref: DatasetRef = { workspace: "default", dataset };
const question: FactQuery = {
  version: 1,
  from: null,
  to: null,
  groups: [],
  aggregates: [{ id: "visits", fn: "sum", column: "visits" }],
  where: null,
  order: [],
  limit: null,
  offset: 0,
  totals: false,
};

Deno.test("refreshRollups() leaves out a rollup of a large dataset that has nearly as many rows, and says why", async () => {
  const duck = await Duck.open({ path: ":memory:" });
  const warehouse = openDuckWarehouse({ duck });
  await warehouse.ensure(ref);
  const columns = ["date", "page", "visits"];
  // 2,000 pages on each of 60 days: the days add nothing up, two months add up thirty each.
  await duck.run(
    `create table ws_default.typed as
     select *, date as _until, ${keyExpression(dataset, "day:page", columns)} as _key from (
       select (date '2026-01-01' + (i // 2000)::integer) as date, 'page ' || i % 2000 as page, 1::bigint as visits
       from range(120000) t(i))`,
  );
  const none = { collapsed: 0, duplicates: 0, rejected: 0, totals: 0 };
  await warehouse.stage(ref, {
    importId: "i1",
    columns,
    level: "day:page",
    range: null,
    counts: { read: 120_000, rows: 120_000, ...none },
    duplicateLines: [],
    collapsedLines: [],
    duplicatesSummed: false,
    masked: 0,
    fileTotals: {},
    rowTotals: {},
    relation: "ws_default.typed",
  });
  await warehouse.publish(ref, "i1", { expectedVersion: 0, mode: "merge", provisionalFrom: null });
  assert.deepEqual(await warehouse.refreshRollups(ref), { periods: 3 });
  const noted = await duck.rows("select name, columns from ws_default.visits_rollups order by name");
  assert.deepEqual(noted, [
    { name: "rollup_day", columns: "100 % of 120000 rows, not built: page,|,visits" },
    { name: "rollup_month", columns: "page,|,visits" },
  ]);
  const tables = await duck.rows(
    "select table_name from duckdb_tables() where table_name like 'visits_rollup_%_sums' order by 1",
  );
  assert.deepEqual(tables, [{ table_name: "visits_rollup_month_sums" }]);
  assert.deepEqual((await warehouse.query(ref, question)).rows, [{ visits: 120_000n }]);
  assert.deepEqual(await warehouse.refreshRollups(ref), { periods: 0 });
  await duck.close();
});
