/** Patterns and URLs are applied to what is imported already: as new versions, without a number moving, and back again. */
import assert from "node:assert/strict";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";

async function json(app: TestApp, path: string, init?: RequestInit) {
  const response = await app.fetch(path, init);
  const answer = await response.json();
  assert.ok(response.ok, JSON.stringify(answer));
  return answer;
}

async function importCsv(app: TestApp, dataset: string, csv: string) {
  const made = await json(app, `/api/imports?dataset=${dataset}&filename=a.csv`, { method: "POST", body: csv });
  for (;;) {
    const job = await json(app, `/api/imports/${made.id}`);
    if (["published", "failed", "needs-mapping"].includes(job.state)) return job;
    await new Promise((r) => setTimeout(r, 50));
  }
}

const post = (app: TestApp, path: string, fields: Record<string, string>) =>
  app.fetch(path, { method: "POST", body: new URLSearchParams(fields) });

const page = async (app: TestApp, path: string) => await (await app.fetch(path)).text();

async function ask(app: TestApp, dataset: string, metric: string, dimension: string): Promise<string[]> {
  const dimensions = dataset === "ads" ? [dimension, "currency"] : [dimension];
  const body = JSON.stringify({ dataset, metrics: [metric], dimensions });
  const { rows } = await json(app, "/api/query", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  return rows.map((row: Record<string, unknown>) =>
    [row[dimension], row.currency, row[metric]].filter((value) => value !== undefined).join(" ")
  ).sort();
}

/** Follows an undertaking to its end; answers the page as it is then. */
async function follow(app: TestApp, begun: Response): Promise<string> {
  assert.equal(begun.status, 303);
  const path = begun.headers.get("location")!;
  // The page loads itself anew while it works, which an address with a fragment would not do.
  assert.doesNotMatch(path, /#/);
  for (;;) {
    const text = await page(app, path);
    assert.doesNotMatch(text, /did not go in again/);
    if (/\d+ of \d+ files? read again\./.test(text)) return path;
    assert.match(text, /<progress[^>]*max="2"/);
    await new Promise((r) => setTimeout(r, 50));
  }
}

Deno.test("a pattern of names is applied to what is imported already, moves no number, and is taken back", async () => {
  const app = await startTestApp();
  const path = "/data/datasets/ads";
  try {
    // The second names a currency: read again, the first must not be asked which it is in.
    await importCsv(
      app,
      "ads",
      "Date,Campaign,Cost,Impressions\n2026-04-01,acme_us,1.5,10\n2026-04-02,acme_de,2.5,10\n",
    );
    await importCsv(app, "ads", "Date,Campaign,Cost (GBP),Impressions\n2026-04-02,acme_de,9,10\n");
    assert.doesNotMatch(await page(app, path), /id="apart"/);
    assert.equal((await post(app, path, { action: "url", column: "clicks" })).status, 422);
    await json(app, "/api/datasets/ads/taxonomies", {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ taxonomies: [{ id: "names", column: "campaign", pattern: "{brand}_{market:us|de}" }] }),
    });
    assert.deepEqual(await ask(app, "ads", "spend", "market"), [" GBP 9", " XXX 1.5"]);
    assert.match(await page(app, path), /Read (<!-- -->)?2 files(<!-- -->)? again/);

    const done = await follow(app, await post(app, path, { action: "apart" }));
    assert.deepEqual(await ask(app, "ads", "spend", "market"), ["de GBP 9", "us XXX 1.5"]);
    const { imports } = await json(app, "/api/imports");
    const again = imports.filter((job: { repeats?: unknown }) => job.repeats);
    assert.equal(again.length, 2);
    for (const { counts, version } of again) assert.ok(counts.updated > 0 && version > 2, JSON.stringify(counts));

    const batch = new URL(done, "http://x").searchParams.get("batch")!;
    assert.equal((await post(app, path, { action: "take-back", batch })).status, 303);
    assert.deepEqual(await ask(app, "ads", "spend", "market"), [" GBP 9", " XXX 1.5"]);
    // And it can be done again.
    await follow(app, await post(app, path, { action: "apart" }));
    assert.deepEqual(await ask(app, "ads", "spend", "market"), ["de GBP 9", "us XXX 1.5"]);
  } finally {
    await app.close();
  }
});

Deno.test("URLs of any dataset are taken apart, in files to come and in those that are there", async () => {
  const app = await startTestApp();
  const path = "/data/datasets/web";
  const file = (day: string, sessions: number, tag: string) =>
    `Date,Landing page + query string,Sessions\n${day},/sale?utm_source=${tag},${sessions}\n`;
  try {
    await importCsv(app, "web", file("20260401", 3, "mail"));
    await importCsv(app, "web", file("20260402", 4, "feed"));
    const before = await page(app, path);
    assert.match(before, /Take apart <span class="visually-hidden">Landing page/);
    const saved = await post(app, path, { action: "url", column: "landing_page" });
    assert.equal(saved.status, 303);
    assert.match(await page(app, saved.headers.get("location")!), /the next files fill these columns/);
    assert.equal((await post(app, path, { action: "url", column: "landing_page" })).status, 422, "once is enough");
    assert.deepEqual(await ask(app, "web", "sessions", "utm_source"), [" 7"]);
    await follow(app, await post(app, path, { action: "apart" }));
    assert.deepEqual(await ask(app, "web", "sessions", "utm_source"), ["feed 4", "mail 3"]);
    assert.deepEqual(await ask(app, "web", "sessions", "url_path"), ["/sale 7"]);
    await importCsv(app, "web", file("20260403", 5, "mail"));
    assert.deepEqual(await ask(app, "web", "sessions", "utm_source"), ["feed 4", "mail 8"]);
  } finally {
    await app.close();
  }
});
