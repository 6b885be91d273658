/** Amounts whose files named no currency get one: as new versions, in order, and taken back again. */
import assert from "node:assert/strict";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import { planRepeats } from "@/lib/ingest/name_currency.ts";
import { publishedImports } from "@/lib/ingest/repeat_batch.ts";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";

async function importCsv(app: TestApp, csv: string) {
  const made = await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: csv });
  const { id } = await made.json();
  for (;;) {
    const job = await (await app.fetch(`/api/imports/${id}`)).json();
    if (["published", "failed", "needs-mapping"].includes(job.state)) return job;
    await new Promise((r) => setTimeout(r, 50));
  }
}

function post(app: TestApp, fields: Record<string, string>): Promise<Response> {
  return app.fetch("/data/settings", { method: "POST", body: new URLSearchParams(fields) });
}

async function spend(app: TestApp): Promise<string[]> {
  const answer = await app.fetch("/api/query", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ dataset: "ads", metrics: ["spend"], dimensions: ["currency"], grain: "day" }),
  });
  const { rows } = await answer.json();
  return rows.map((row: Record<string, unknown>) => `${row.period} ${row.currency} ${row.spend}`).sort();
}

const page = async (app: TestApp, path: string) => await (await app.fetch(path)).text();

Deno.test("amounts without a currency get the one that is named, in import order, and lose it again", async () => {
  const app = await startTestApp();
  try {
    await importCsv(app, "Date,Campaign,Cost,Impressions\n2026-04-01,A,1.5,10\n2026-04-02,A,2.5,10\n");
    await importCsv(app, "Date,Campaign,Cost (GBP),Impressions\n2026-04-02,A,9,10\n");
    await importCsv(app, "Date,Campaign,Cost (GBP),Impressions\n2026-05-01,A,7,10\n");
    const before = ["2026-04-01 XXX 1.5", "2026-04-02 GBP 9", "2026-05-01 GBP 7"];
    assert.deepEqual(await spend(app), before);
    const plan = planRepeats(await publishedImports(app.services, LOCAL_OWNER.workspace), "ads", "EUR");
    assert.deepEqual(plan.map(({ answers }) => answers.currency), ["EUR", "GBP"], "the later file of other days stays");
    assert.match(await page(app, "/data/settings"), /1 row has\s*(<!-- -->)?\s*amounts without a currency/);

    assert.match(await page(app, "/data/datasets/ads"), /href="\/data\/settings#unnamed-ads"/);
    assert.equal((await post(app, { action: "name", dataset: "ads", currency: "QQQ" })).status, 422);
    const named = await post(app, { action: "name", dataset: "ads", currency: "EUR" });
    assert.equal(named.status, 303);
    const path = named.headers.get("location")!;
    for (let text = ""; !text.includes("2 of 2 files read again"); text = await page(app, path)) {
      assert.doesNotMatch(text, /did not go in again/);
      await new Promise((r) => setTimeout(r, 50));
    }
    assert.deepEqual(await spend(app), ["2026-04-01 EUR 1.5", "2026-04-02 GBP 9", "2026-05-01 GBP 7"]);
    assert.doesNotMatch(await page(app, "/data/settings"), /without a currency<|which currency\?/);
    const again = await post(app, { action: "name", dataset: "ads", currency: "EUR" });
    assert.equal(again.status, 409, "nothing lacks one any more");

    const batch = new URL(path, "http://x").searchParams.get("batch")!;
    assert.equal((await post(app, { action: "take-back", batch })).status, 303);
    assert.deepEqual(await spend(app), before);
    assert.match(await page(app, "/data/settings"), /which currency\?/, "and it can be named anew");
  } finally {
    await app.close();
  }
});

Deno.test("the default currency is set on the settings page, and undone from its toast", async () => {
  const app = await startTestApp();
  try {
    const saved = await post(app, { action: "save", currency: "CHF" });
    assert.match(
      await page(app, saved.headers.get("location")!),
      /default currency is CHF now.*name="currency" value\/?>/s,
    );
    assert.deepEqual(await (await app.fetch("/api/workspace")).json(), { currency: "CHF" });
    const undone = await post(app, { action: "save", currency: "" });
    assert.match(await page(app, undone.headers.get("location")!), /no default currency now/);
    assert.deepEqual(await (await app.fetch("/api/workspace")).json(), { currency: null });
    const refused = await post(app, { action: "save", currency: "euro" });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /Cannot take &quot;euro&quot;/);
    assert.match(await page(app, "/data"), /href="\/data\/settings"/);
  } finally {
    await app.close();
  }
});
