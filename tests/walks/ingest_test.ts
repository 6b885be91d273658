/** Rows that are sent as JSON, and what becomes of them: the same as of a file's. */
import assert from "node:assert/strict";
import { json, problemOf, settled, withApp } from "@/tests/attacks/outside.ts";
import type { TestApp } from "@/tests/test_app.ts";

const ROW = {
  date: "2026-01-01",
  platform: "google_ads",
  account: "Shop",
  campaign: "Brand",
  currency: "EUR",
  impressions: 1000,
  clicks: 100,
  spend: 1.234,
};

function send(app: TestApp, rows: unknown[] | string, headers: Record<string, string> = {}, dataset = "ads") {
  const body = typeof rows === "string" ? rows : rows.map((row) => JSON.stringify(row)).join("\n");
  return app.fetch(`/api/ingest/${dataset}`, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson", ...headers },
    body,
  });
}

async function totals(app: TestApp): Promise<[number | null, number | null]> {
  const { rows } = await (await app.fetch("/api/query", json({ dataset: "ads", metrics: ["spend", "clicks"] }))).json();
  return [rows[0].spend, rows[0].clicks];
}

Deno.test("POST /api/ingest takes rows as an import: counted, cleaned, and taken back like any other", () =>
  withApp(async (app) => {
    const answer = await send(app, [ROW, { ...ROW, campaign: "Shopping", spend: 2, clicks: null }, {
      ...ROW,
      date: "2026-01-02",
      clicks: "many",
    }]);
    assert.equal(answer.status, 202);
    const accepted = await answer.json();
    assert.equal(answer.headers.get("location"), `/api/imports/${accepted.id}`);
    const job = await settled(app, accepted.id);
    assert.deepEqual([job.state, job.counts.read, job.counts.inserted, job.counts.rejected], ["published", 3, 2, 1]);
    assert.deepEqual(await totals(app), [3.234, 100]);
    const later = await (await send(app, [{ ...ROW, spend: 5 }])).json();
    assert.equal((await settled(app, later.id)).counts.updated, 1);
    assert.deepEqual(await totals(app), [7, 100]);
    await app.fetch(`/api/imports/${later.id}/rollback`, { method: "POST" });
    assert.deepEqual(await totals(app), [3.234, 100]);
  }));

Deno.test("POST /api/ingest with one key has one effect, at the same time and later", () =>
  withApp(async (app) => {
    const key = { "idempotency-key": "batch-1" };
    const answers = await Promise.all([send(app, [ROW], key), send(app, [ROW], key)]);
    answers.push(await send(app, [ROW], key));
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    assert.deepEqual(answers.map(({ status }) => status), [202, 202, 202]);
    assert.equal(new Set(bodies.map(({ id }) => id)).size, 1);
    await settled(app, bodies[0].id);
    assert.equal((await (await app.fetch("/api/imports")).json()).imports.length, 1);
    await problemOf(await send(app, [{ ...ROW, spend: 9.9999 }], key), 422);
    // Without a key the same rows are here already.
    assert.equal((await settled(app, (await (await send(app, [ROW])).json()).id)).state, "duplicate");
    assert.deepEqual(await totals(app), [1.234, 100]);
  }));

Deno.test("POST /api/ingest says what is wrong with which line, and takes nothing of it", () =>
  withApp(async (app) => {
    const bad = await problemOf(await send(app, [ROW, [1]]), 400);
    assert.deepEqual([bad.code, bad.line], ["bad-row", 2]);
    await problemOf(await send(app, ""), 400);
    await problemOf(await send(app, [ROW], { "content-type": "text/csv" }), 415);
    await problemOf(await send(app, [ROW], {}, "nothing"), 404);
    await problemOf(await send(app, JSON.stringify(ROW) + " ".repeat(2 ** 20)), 413);
    const { imports } = await (await app.fetch("/api/imports")).json();
    assert.deepEqual(imports, []);
  }));
