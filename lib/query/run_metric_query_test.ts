import assert from "node:assert/strict";
import { memoryCache } from "@/lib/cache/memory.ts";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { metricResultSchema } from "@/lib/model/mod.ts";
import { askFixture } from "@/tests/queries/ask_fixture.ts";
import { createFactTables } from "@/tests/queries/fact_tables.ts";
import { adsFacts, ratesFacts } from "@/tests/queries/fixture.ts";

const question = { dataset: "ads", metrics: ["spend", "ctr"], dimensions: ["platform"], totals: true };

async function withAds(work: (duck: Duck) => Promise<void>): Promise<void> {
  const duck = await Duck.open({ path: ":memory:", threads: 1 });
  try {
    await work(duck);
  } finally {
    await duck.close();
  }
}

Deno.test("runMetricQuery() answers in the form that is promised", () =>
  withAds(async (duck) => {
    const ask = askFixture(duck, { ads: await createFactTables(duck, adsFacts) });
    const compare = { range: { previous: "month" }, compare: "previous-period", grain: "week" };
    const result = await ask({ ...question, ...compare });
    assert.deepEqual(metricResultSchema.parse(result), result);
    assert.deepEqual(result.columns, [
      { name: "period", title: "Week", role: "period", format: "date" },
      { name: "platform", title: "Platform", role: "dimension", format: "text" },
      { name: "spend", title: "Spend", role: "metric", format: "currency", better: "none" },
      { name: "ctr", title: "CTR", role: "metric", format: "percent", better: "up" },
    ]);
    assert.equal(result.comparison?.rows.length, result.rows.length);
  }));

Deno.test("runMetricQuery() asks once per state of data, definition and question", () =>
  withAds(async (duck) => {
    const context = await createFactTables(duck, adsFacts);
    const cache = memoryCache();
    const ask = askFixture(duck, { ads: context }, cache);
    const first = await ask(question);
    assert.equal(first.meta.cached, false);
    const again = await ask({ ...question });
    assert.equal(again.meta.cached, true);
    assert.deepEqual({ ...again, meta: null }, { ...first, meta: null });

    assert.equal((await ask({ ...question, totals: false })).meta.cached, false, "another question");
    const renamed = { ...context.dataset, title: "Ads again" };
    const redefined = askFixture(duck, { ads: { ...context, dataset: renamed } }, cache);
    assert.equal((await redefined(question)).meta.cached, false, "another definition");
    const newer = askFixture(duck, { ads: { ...context, currentVersion: 3 } }, cache);
    assert.equal((await newer(question)).meta.cached, false, "another version");
    // The same days asked for in another way are the same question.
    const relative = await ask({ ...question, range: { previous: "month" } });
    const absolute = await ask({ ...question, range: { from: "2026-02-01", to: "2026-02-28" } });
    assert.deepEqual([relative.meta.cached, absolute.meta.cached], [false, true]);
  }));

Deno.test("runMetricQuery() converts anew where rates have changed, and leaves amounts alone that need no rate", () =>
  withAds(async (duck) => {
    const ads = await createFactTables(duck, adsFacts);
    const rates = await createFactTables(duck, { ...ratesFacts, rows: [] });
    const ask = askFixture(duck, { ads, rates });
    assert.deepEqual((await ask({ ...question, currency: "EUR" })).rows, (await ask(question)).rows);
    const range = { from: "2026-02-01", to: "2026-02-01" };
    const inDollars = { ...question, range, dimensions: [], currency: "USD" };
    const without = await ask(inDollars);
    assert.deepEqual(without.rows.map(({ spend }) => spend), [null]);
    assert.deepEqual(without.meta.notices.map(({ code }) => code), ["no-rate"]);

    const known = { ads, rates: { ...(await createFactTables(duck, ratesFacts)), currentVersion: 2 } };
    const after = await askFixture(duck, known)(inDollars);
    assert.deepEqual([after.rows[0]?.spend, after.meta.currency, after.meta.notices], [72, "USD", []]);
  }));

Deno.test("runMetricQuery() refuses filters nested without bound, and datasets that are not there", () =>
  withAds(async (duck) => {
    const ask = askFixture(duck, { ads: await createFactTables(duck, adsFacts) });
    let filters: unknown = { field: "platform", op: "is-empty" };
    for (let i = 0; i < 5_000; i++) filters = { and: [filters] };
    await assert.rejects(() => ask({ ...question, filters }), { code: "bad-query", status: 400 });
    await assert.rejects(() => ask({ ...question, dataset: "nothing" }), { code: "not-found", status: 404 });
  }));
