import assert from "node:assert/strict";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { InputError, NotFoundError } from "@/lib/errors.ts";
import { type Dataset, datasetSchema } from "@/lib/model/mod.ts";
import type { StagedRows } from "@/lib/staging/mod.ts";
import { openDuckWarehouse } from "./duckdb.ts";
import { keyExpression } from "@/lib/duckdb/row_keys.ts";
import type { DatasetRef, FactQuery, PublishOptions } from "./mod.ts";

const dataset = datasetSchema.parse({
  id: "visits",
  title: "Visits",
  columns: [
    { name: "date", title: "Date", role: "time", type: "date" },
    { name: "page", title: "Page", role: "dimension", type: "text", identity: true },
    { name: "browser", title: "Browser", role: "dimension", type: "text" },
    { name: "visits", title: "Visits", role: "measure", type: "integer" },
    { name: "bounces", title: "Bounces", role: "measure", type: "integer" },
  ],
  rollups: [{ grain: "day", dimensions: ["page", "browser"] }, { grain: "month", dimensions: ["page"] }],
});
const ref: DatasetRef = { workspace: "default", dataset };
const merge = (expectedVersion: number): PublishOptions => ({ expectedVersion, mode: "merge", provisionalFrom: null });

function asked(version: number): FactQuery {
  return {
    version,
    from: null,
    to: null,
    groups: [{ id: "browser", column: "browser" }],
    aggregates: [
      { id: "visits", fn: "sum", column: "visits" },
      { id: "bounces", fn: "sum", column: "bounces" },
      { id: "n", fn: "count", column: "bounces" },
    ],
    where: null,
    order: [],
    limit: null,
    offset: 0,
    totals: false,
  };
}

async function staged(duck: Duck, importId: string, columns: string[], rows: string): Promise<StagedRows> {
  const level = "day:page";
  await duck.run(
    `create or replace table ws_default.typed as select *, date as _until, ${
      keyExpression(dataset, level, columns)
    } as _key
     from (values ${rows}) t(${columns.join(", ")})`,
  );
  return {
    importId,
    columns,
    level,
    range: null,
    counts: { read: 0, rows: 0, collapsed: 0, duplicates: 0, rejected: 0, totals: 0 },
    duplicateLines: [],
    collapsedLines: [],
    duplicatesSummed: false,
    masked: 0,
    fileTotals: {},
    rowTotals: {},
    relation: `"ws_default"."typed"`,
  };
}

Deno.test("openDuckWarehouse() finds everything again after the file was closed", async () => {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/w.duckdb`;
  let duck = await Duck.open({ path });
  const first = openDuckWarehouse({ duck, now: () => new Date("2026-02-01T12:00:00Z") });
  await first.ensure(ref);
  await first.stage(ref, await staged(duck, "i1", ["date", "page", "visits"], "(date '2026-01-31', '/', 3::bigint)"));
  const result = await first.publish(ref, "i1", merge(0));
  await first.refreshRollups(ref);
  const state = await first.state(ref);
  await first.close();
  await duck.close();

  duck = await Duck.open({ path });
  // A clock that went back does not put a version before the one it follows.
  const second = openDuckWarehouse({ duck, now: () => new Date("2026-01-01T00:00:00Z") });
  assert.deepEqual(await second.state(ref), state);
  assert.equal(state.asOf, "2026-02-01T12:00:00.000Z");
  assert.deepEqual(await second.publish(ref, "i1", merge(0)), result);
  await second.rollback(ref, "i1", { expectedVersion: 1 });
  assert.equal((await second.state(ref)).asOf, "2026-02-01T12:00:00.000Z");
  await duck.close();
  await Deno.remove(directory, { recursive: true });
});

Deno.test("publish() makes room for a column when an import has it for the first time, and rollups follow", async () => {
  const duck = await Duck.open({ path: ":memory:" });
  const warehouse = openDuckWarehouse({ duck });
  await warehouse.ensure(ref);
  await warehouse.stage(
    ref,
    await staged(duck, "i1", ["date", "page", "visits"], "(date '2026-01-01', '/', 3::bigint)"),
  );
  await warehouse.publish(ref, "i1", merge(0));
  assert.deepEqual(await warehouse.refreshRollups(ref), { periods: 2 });
  assert.deepEqual((await warehouse.query(ref, asked(1))).rows, [{ browser: null, visits: 3n, bounces: null, n: 0n }]);
  const columns = ["date", "page", "browser", "bounces"];
  await warehouse.stage(ref, await staged(duck, "i2", columns, "(date '2026-01-02', '/', 'firefox', 1::bigint)"));
  await warehouse.publish(ref, "i2", merge(1));
  const rows = [
    { browser: "firefox", visits: null, bounces: 1n, n: 1n },
    { browser: null, visits: 3n, bounces: null, n: 0n },
  ];
  assert.deepEqual((await warehouse.query(ref, asked(2))).rows, rows);
  // The tables of the rollups have new columns, so they are made anew: two days, one month.
  assert.deepEqual(await warehouse.refreshRollups(ref), { periods: 3 });
  assert.deepEqual((await warehouse.query(ref, asked(2))).rows, rows);
  await duck.close();
});

Deno.test("ensure() refuses a column that holds values of another type, and names it", async () => {
  const duck = await Duck.open({ path: ":memory:" });
  const warehouse = openDuckWarehouse({ duck });
  await warehouse.ensure(ref);
  await warehouse.stage(
    ref,
    await staged(duck, "i1", ["date", "page", "visits"], "(date '2026-01-01', '/', 3::bigint)"),
  );
  await warehouse.publish(ref, "i1", merge(0));
  const changed: Dataset = {
    ...dataset,
    columns: dataset.columns.map((c) => c.name === "visits" ? { ...c, role: "dimension", type: "text" } : c),
  };
  await assert.rejects(() => warehouse.ensure({ workspace: "default", dataset: changed }), (error: InputError) => {
    assert.equal(error.code, "column-changed");
    assert.match(error.message, /"visits"/);
    return true;
  });
  // The definition that fits goes on working.
  assert.equal((await warehouse.state(ref)).rows, 1);
  await duck.close();
});

Deno.test("stage() refuses what is not a table of staged rows", async () => {
  const duck = await Duck.open({ path: ":memory:" });
  const warehouse = openDuckWarehouse({ duck });
  await warehouse.ensure(ref);
  const rows = await staged(duck, "i1", ["date", "page", "visits"], "(date '2026-01-01', '/', 3::bigint)");
  const stage = (change: Partial<StagedRows>) => () => warehouse.stage(ref, { ...rows, ...change });
  await assert.rejects(stage({ relation: "(select 1)" }), /not the name of a table/);
  await assert.rejects(stage({ relation: "ws_default.nothing" }), NotFoundError);
  await assert.rejects(stage({ columns: ["date", "page", "bounces"] }), /its table has no bounces/);
  await assert.rejects(stage({ level: "pages" }), /Cannot read the level "pages"/);
  await duck.run("alter table ws_default.typed drop column _key");
  await assert.rejects(stage({}), /its table has no _key/);
  await duck.close();
});

Deno.test("query() never mixes two versions, whatever is published, rolled back or added up meanwhile", async () => {
  const duck = await Duck.open({ path: ":memory:", threads: 2 });
  const warehouse = openDuckWarehouse({ duck });
  try {
    await warehouse.ensure(ref);
    const imports = 8;
    /** What stands at a version, noted before the version can be seen. */
    const expected = new Map<number, bigint | null>([[0, null]]);
    let isWriting = true;
    let answers = 0;
    const reader = async () => {
      while (isWriting || answers < 20) {
        const { version } = await warehouse.state(ref);
        for (const at of new Set([version, Math.max(version - 1, 0)])) {
          const { rows: [row] } = await warehouse.query(ref, { ...asked(at), groups: [] });
          assert.equal(row?.visits, expected.get(at), `version ${at}`);
          answers++;
        }
      }
    };
    const writer = async () => {
      let [version, sum] = [0, 0n];
      for (let i = 1; i <= imports; i++) {
        const row = `(date '2026-02-0${i}', '/${i}', ${i}::bigint)`;
        await warehouse.stage(ref, await staged(duck, `i${i}`, ["date", "page", "visits"], row));
        expected.set(version + 1, sum += BigInt(i));
        await warehouse.publish(ref, `i${i}`, merge(version++));
        await warehouse.refreshRollups(ref);
        if (i % 2 === 0) continue;
        expected.set(version + 1, sum - BigInt(i) || null);
        await warehouse.rollback(ref, `i${i}`, { expectedVersion: version++ });
        expected.set(version + 1, sum);
        await warehouse.restore(ref, `i${i}`, { expectedVersion: version++ });
      }
      isWriting = false;
    };
    await Promise.all([writer().finally(() => isWriting = false), reader(), reader(), reader()]);
    assert.equal((await warehouse.state(ref)).version, imports * 2);
    assert.ok(answers >= 20);
  } finally {
    await warehouse.close();
    await duck.close();
  }
});

Deno.test("query() of data that nothing has to be chosen in is one statement, once the version is known", async () => {
  const duck = await Duck.open({ path: ":memory:", threads: 2 });
  const warehouse = openDuckWarehouse({ duck });
  try {
    await warehouse.ensure(ref);
    await warehouse.stage(
      ref,
      await staged(duck, "i1", ["date", "page", "visits"], "(date '2026-02-01', '/', 1::bigint)"),
    );
    await warehouse.publish(ref, "i1", merge(0));
    await warehouse.query(ref, asked(1));
    let statements = 0;
    const rows = duck.rows.bind(duck);
    duck.rows = (...args) => {
      statements++;
      return rows(...args);
    };
    duck.snapshot = () => Promise.reject(new Error("nothing has to be read again"));
    const answer = await warehouse.query(ref, { ...asked(1), totals: true, limit: 100_000 });
    assert.equal(statements, 1);
    assert.deepEqual(answer.totals, { visits: 1n, bounces: null, n: 0n });
  } finally {
    await warehouse.close();
    await duck.close();
  }
});
