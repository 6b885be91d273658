/** A file with several tables over the server mode's stores. */
import assert from "node:assert/strict";
import type { ImportJob } from "@/lib/model/mod.ts";
import { makeZip } from "@/tests/corpus/make_zip.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

const ADS = "Date,Campaign,Cost,Impressions,Clicks\n2026-02-03,A,1.50,100,1\n2026-02-04,A,2.50,200,2\n";
const ORDERS = "Date,Orders,Revenue\n2026-02-03,2,20.50\n2026-02-04,3,30.25\n";

async function json(app: TestApp, path: string, init?: RequestInit) {
  const response = await app.fetch(path, init);
  const answer = await response.json();
  assert.ok(response.ok, JSON.stringify(answer));
  return answer;
}

async function settled(app: TestApp, id: string): Promise<ImportJob> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const job: ImportJob = await json(app, `/api/imports/${id}`);
    if (!["queued", "running"].includes(job.state)) return job;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the import ${id} did not end within a minute`);
}

async function sums(app: TestApp): Promise<(number | null)[]> {
  const figures = [];
  for (const [dataset, metric] of [["ads", "spend"], ["orders", "revenue"]] as const) {
    const body = JSON.stringify({ dataset, metrics: [metric], range: { from: "2026-02-01", to: "2026-02-28" } });
    const headers = { "content-type": "application/json" };
    const { rows } = await json(app, "/api/query", { method: "POST", headers, body });
    figures.push(rows[0]?.[metric] ?? null);
  }
  return figures;
}

/** What marketing brings back, over both datasets, by day. */
async function returns(app: TestApp): Promise<unknown[]> {
  const body = JSON.stringify({
    dataset: "orders",
    metrics: [{ name: "returned", formula: "sum(revenue) / ads.spend" }, "revenue"],
    grain: "day",
    range: { from: "2026-02-01", to: "2026-02-28" },
    totals: true,
  });
  const headers = { "content-type": "application/json" };
  const { rows, totals } = await json(app, "/api/query", { method: "POST", headers, body });
  return [
    ...rows.map((row: Record<string, unknown>) => [row.period, row.returned, row.revenue]),
    totals?.returned ?? null,
  ];
}

serverSuite("parts over MongoDB", missing, () => {
  Deno.test("an archive of two datasets is published into both over MongoDB, taken back from both, and put back", async () => {
    await using database = await freshDatabase();
    const uri = new URL(database.uri);
    uri.pathname = `/${database.database}`;
    const app = await startTestApp({ env: { MONGODB_URI: uri.href } });
    try {
      const zip = makeZip([{ name: "ads.csv", data: ADS }, { name: "orders.csv", data: ORDERS }]);
      const sent = await json(app, "/api/imports?filename=both.zip", { method: "POST", body: zip });
      let job = await settled(app, sent.id);
      if (job.state === "needs-mapping") {
        const answers = Object.fromEntries(job.questions.map(({ id, choices }) => [id, choices[0]?.value || "Shop"]));
        const headers = { "content-type": "application/json" };
        await json(app, `/api/imports/${job.id}/answers`, {
          method: "POST",
          headers,
          body: JSON.stringify({ answers }),
        });
        job = await settled(app, job.id);
      }
      assert.equal(job.state, "published", JSON.stringify([job.error, job.questions]));
      assert.deepEqual(job.parts.map(({ table, dataset, counts }) => [table, dataset, counts.inserted]), [
        ["ads.csv", "ads", 2],
        ["orders.csv", "orders", 2],
      ]);
      assert.deepEqual(job.heads.map(({ entry, lines }) => [entry, lines[0]?.text]), [
        ["ads.csv", ADS.split("\n")[0]],
        ["orders.csv", ORDERS.split("\n")[0]],
      ]);
      assert.deepEqual(await sums(app), [4, 50.75]);
      const both = [["2026-02-03", 20.5 / 1.5, 20.5], ["2026-02-04", 30.25 / 2.5, 30.25], 50.75 / 4];
      assert.deepEqual(await returns(app), both);
      await json(app, `/api/imports/${job.id}/rollback`, { method: "POST" });
      assert.deepEqual(await sums(app), [null, null]);
      assert.deepEqual(await returns(app), [null]);
      await json(app, `/api/imports/${job.id}/restore`, { method: "POST" });
      assert.deepEqual(await sums(app), [4, 50.75]);
      assert.deepEqual(await returns(app), both);
    } finally {
      await app.close();
    }
  });
});
