import assert from "node:assert/strict";
import fc from "fast-check";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { createFactTables, type Facts } from "@/tests/queries/fact_tables.ts";
import { testDataset } from "@/tests/queries/generated.ts";
import { compileFactQuery, type QueryContext, runFactQuery } from "./duckdb_query.ts";
import type { FactFilter, FactQuery } from "./mod.ts";

const facts: Facts = {
  dataset: testDataset,
  version: 1,
  levels: [{ level: 1, name: "day:campaign_id", grain: "day", columns: ["campaign_id"] }],
  rows: ["2026-01-31", "2026-02-01", "2026-02-28"].flatMap((date, i) =>
    ["google_ads", "O'Neil\"; drop table x --"].map((platform) => ({
      level: 1,
      import: 1,
      from: 1,
      to: null,
      values: {
        date,
        platform,
        currency: "EUR",
        campaign_id: `${i}`,
        campaign: "$1",
        spend: BigInt(i + 1) * 1_000_000n,
      },
    }))
  ),
};

function question(more: Partial<FactQuery> = {}): FactQuery {
  return {
    version: 1,
    from: null,
    to: null,
    groups: [],
    aggregates: [{ id: "spend", fn: "sum", column: "spend" }],
    where: null,
    order: [],
    limit: null,
    offset: 0,
    totals: false,
    ...more,
  };
}

const context: QueryContext = {
  schema: "ws_default",
  dataset: testDataset,
  levels: facts.levels,
  rollups: [],
  currentVersion: 1,
  provisional: { from: "2026-01-01", to: "2026-02-28" },
};

async function withTables(work: (duck: Duck, context: QueryContext) => Promise<void>): Promise<void> {
  const duck = await Duck.open({ path: ":memory:", threads: 1 });
  try {
    await work(duck, await createFactTables(duck, facts));
  } finally {
    await duck.close();
  }
}

Deno.test("compileFactQuery() writes no value into the statement, whatever it is", () => {
  const text = fc.string({ minLength: 1, unit: "binary" }).map((value) => `⟦${value}⟧`);
  const op = fc.constantFrom("contains" as const, "starts-with" as const, "ends-with" as const);
  const filter: fc.Arbitrary<FactFilter> = fc.oneof(
    fc.record({ column: fc.constant("platform"), op, value: text }),
    fc.record({
      column: fc.constant("campaign"),
      op: fc.constant("in" as const),
      values: fc.array(text, { minLength: 1 }),
    }),
  );
  fc.assert(fc.property(fc.array(filter, { minLength: 1, maxLength: 4 }), (parts) => {
    const compiled = compileFactQuery(context, question({ where: { not: { any: parts } }, from: "2026-01-01" }));
    assert.ok(compiled.provenance);
    for (const { sql, params } of [compiled, compiled.provenance]) {
      assert.ok(!sql.includes("⟦"), sql);
      assert.ok(!sql.includes("2026"), sql);
      assert.ok(params.some((value) => typeof value === "string" && value.startsWith("⟦")));
    }
  }));
});

Deno.test("runFactQuery() finds awkward text literally, and nothing else happens", () =>
  withTables(async (duck, context) => {
    const rows = async (where: FactFilter) => (await runFactQuery(duck, context, question({ where }))).rows[0]?.spend;
    assert.equal(await rows({ column: "platform", op: "in", values: [`O'Neil"; drop table x --`] }), 6_000_000n);
    assert.equal(await rows({ column: "platform", op: "contains", value: `'NEIL"; DROP` }), 6_000_000n);
    assert.equal(await rows({ column: "platform", op: "contains", value: "%" }), null);
    assert.equal(await rows({ column: "platform", op: "contains", value: "_" }), 6_000_000n);
    assert.equal(await rows({ column: "platform", op: "contains", value: ".*" }), null);
    assert.equal(await rows({ column: "campaign", op: "in", values: ["$1"] }), 12_000_000n);
    assert.equal(await rows({ column: "platform", op: "in", values: ["' or 1=1 --"] }), null);
  }));

Deno.test("compileFactQuery() refuses names that are no identifiers and numbers that are no counts", () => {
  const evil = {
    ...testDataset,
    columns: testDataset.columns.map((c) => c.name === "spend" ? { ...c, name: `a"b` } : c),
  };
  assert.throws(
    () =>
      compileFactQuery(
        { ...context, dataset: evil },
        question({ aggregates: [{ id: "x", fn: "sum", column: `a"b` }] }),
      ),
    /Cannot use "a"b" as an SQL identifier/,
  );
  assert.throws(() => compileFactQuery({ ...context, schema: "ws; drop" }, question()), /as an SQL identifier/);
  assert.throws(() => compileFactQuery(context, question({ limit: 1.5 })), /as a number of rows/);
  assert.throws(
    () => compileFactQuery(context, question({ groups: [{ id: "x", column: "nothing" }] })),
    /Cannot find column "nothing"/,
  );
});

Deno.test("compileFactQuery() lets a rollup answer only what it answers exactly", () => {
  const month = { name: "rollup_month", grain: "month" as const, dimensions: ["platform", "currency"], version: 1 };
  const rollup = (query: Partial<FactQuery>, rollups = [month]) =>
    compileFactQuery({ ...context, rollups }, question(query)).rollup?.name ?? null;
  const platform = [{ id: "platform", column: "platform" }];
  assert.equal(rollup({ groups: platform }), "rollup_month");
  assert.equal(rollup({ groups: platform, from: "2026-01-01", to: "2026-02-28" }), "rollup_month");
  assert.equal(rollup({ groups: [{ id: "period", column: "date", grain: "quarter" }] }), "rollup_month");
  assert.equal(rollup({ groups: platform, from: "2026-01-02" }), null, "the range begins within a month");
  assert.equal(rollup({ groups: platform, to: "2026-02-27" }), null, "the range ends within a month");
  assert.equal(rollup({ groups: [{ id: "period", column: "date", grain: "week" }] }), null, "weeks are no months");
  assert.equal(rollup({ groups: [{ id: "device", column: "device" }] }), null, "it lacks a dimension");
  assert.equal(
    rollup({ where: { column: "spend", op: "greater", value: 1n } }),
    null,
    "rows are filtered by a measure",
  );
  assert.equal(rollup({}, [{ ...month, version: 0 }]), null, "it stands at an older version");
  assert.equal(rollup({ version: 0 }), null, "the past is asked for");
  const distinct = { id: "x", fn: "count_distinct" as const, column: "platform" };
  assert.equal(rollup({ aggregates: [distinct] }), null, "different values cannot be added");
});

Deno.test("runFactQuery() answers the same from a rollup as from the rows", () =>
  withTables(async (duck, context) => {
    await duck.run(
      `create table ws_default.tests_rollup_month as select _level, date_trunc('month', date)::date as period, platform,
       currency, sum(spend) as spend, count(spend) as spend__n, count(*) as _n from ws_default.tests_rows group by all`,
    );
    const month = { name: "rollup_month", grain: "month" as const, dimensions: ["platform", "currency"], version: 1 };
    const query = question({
      groups: [{ id: "period", column: "date", grain: "month" }, { id: "platform", column: "platform" }],
      aggregates: [
        { id: "spend", fn: "sum", column: "spend" },
        { id: "priced", fn: "count", column: "spend" },
        { id: "lines", fn: "count_rows" },
      ],
      totals: true,
      limit: 3,
    });
    const withRollup = { ...context, rollups: [month] };
    assert.equal(compileFactQuery(withRollup, query).rollup?.name, "rollup_month");
    const fromRows = await runFactQuery(duck, context, query);
    assert.deepEqual(await runFactQuery(duck, withRollup, query), { ...fromRows, rollup: "month" });
  }));

Deno.test("runFactQuery() counts groups past a limit, also past one that is only a guard", () =>
  withTables(async (duck, context) => {
    const groups = [{ id: "n", column: "campaign_id" }];
    const few = await runFactQuery(duck, context, question({ groups, limit: 1 }));
    assert.deepEqual([few.rows.length, few.count], [1, 3]);
    await duck.run(
      `insert into ws_default.tests_rows (_key, _content, _level, _import, _from, _until, _provisional, date,
      campaign_id, spend) select i, i, 1, 1, 1, date '2026-03-01', false, date '2026-03-01', 'x' || i, 1 from range(10010) t(i)`,
    );
    const many = await runFactQuery(duck, context, question({ groups, limit: 10_000 }));
    assert.deepEqual([many.rows.length, many.count], [10_000, 10_013]);
  }));
