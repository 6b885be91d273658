/** The outside contract, walked through the real handler over real stores: status, then content type, then body. */
import assert from "node:assert/strict";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";

const CSV = `date,platform,account,campaign,currency,impressions,clicks,spend,conversions,conversion_value
2026-01-01,google_ads,Shop,Brand,EUR,1000,100,50.25,10,300
2026-01-01,meta_ads,Shop,Prospecting,EUR,4000,80,70.50,4,120.40
2026-01-02,google_ads,Shop,Brand,EUR,1200,110,55.00,11,330
2026-01-02,meta_ads,Shop,Prospecting,EUR,4100,abc,71.00,5,150
`;

async function withApp(work: (app: TestApp) => Promise<void>): Promise<void> {
  const app = await startTestApp();
  try {
    await work(app);
  } finally {
    await app.close();
  }
}

const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

async function importFile(app: TestApp, body: BodyInit, name = "a.csv", extra = ""): Promise<Record<string, unknown>> {
  const response = await app.fetch(`/api/imports?dataset=ads&filename=${name}${extra}`, { method: "POST", body });
  assert.equal(response.status, 202);
  const { id } = await response.json();
  assert.equal(response.headers.get("location"), `/api/imports/${id}`);
  return await settled(app, id);
}

async function settled(app: TestApp, id: string): Promise<Record<string, unknown>> {
  const until = performance.now() + 30_000;
  while (performance.now() < until) {
    const job = await (await app.fetch(`/api/imports/${id}`)).json();
    if (!["queued", "running"].includes(job.state)) return job;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Cannot go on: import ${id} did not settle in 30 s`);
}

async function spend(app: TestApp, more: Record<string, unknown> = {}): Promise<number | null> {
  const response = await app.fetch("/api/query", json({ dataset: "ads", metrics: ["spend"], ...more }));
  assert.equal(response.status, 200);
  return (await response.json()).rows[0]?.spend ?? null;
}

Deno.test("[walk] a file becomes numbers, is taken back and put in place again", () =>
  withApp(async (app) => {
    const job = await importFile(app, CSV);
    assert.equal(job.state, "published", JSON.stringify(job));
    const counts = job.counts as Record<string, number>;
    assert.deepEqual([counts.read, counts.inserted, counts.rejected], [4, 3, 1]);
    const { read, removed: _ended, ...parts } = counts;
    assert.equal(read, Object.values(parts).reduce((a, b) => a + b, 0), "counts add up");

    const rejected = await (await app.fetch(`/api/imports/${job.id}/rejected`)).json();
    assert.equal(rejected.total, 1);
    assert.equal(rejected.rows[0].line, 5);
    assert.equal(rejected.rows[0].value, "abc");
    const csv = await app.fetch(`/api/imports/${job.id}/rejected`, { headers: { accept: "text/csv" } });
    assert.match(csv.headers.get("content-type")!, /^text\/csv/);
    assert.match(await csv.text(), /^line,column,value,reason,code\r\n5,clicks,abc,/);

    assert.equal(await spend(app), 175.75);
    const back = await app.fetch(`/api/imports/${job.id}/rollback`, { method: "POST" });
    assert.equal(back.status, 200);
    assert.equal((await back.json()).state, "rolled-back");
    assert.equal(await spend(app), null);
    assert.equal((await app.fetch(`/api/imports/${job.id}/restore`, { method: "POST" })).status, 200);
    assert.equal(await spend(app), 175.75);
    assert.equal(await spend(app, { asOf: job.id }), 175.75);
  }));

Deno.test("[walk] the same bytes again are a duplicate, a newer file of the same days replaces", () =>
  withApp(async (app) => {
    const first = await importFile(app, CSV);
    const again = await importFile(app, CSV, "copy.csv");
    assert.equal(again.state, "duplicate");
    assert.equal(again.duplicateOf, first.id);
    const newer = await importFile(app, CSV.replace("50.25", "60.25"), "newer.csv");
    assert.equal(newer.state, "published");
    assert.deepEqual([
      (newer.counts as Record<string, number>).updated,
      (newer.counts as Record<string, number>).unchanged,
    ], [1, 2]);
    assert.equal(await spend(app), 185.75);
    const { days, measures } = newer.changes as {
      days: number;
      measures: { column: string; before: number; after: number }[];
    };
    assert.equal(days, 1);
    const change = measures.find((measure) => measure.column === "spend")!;
    assert.equal(Math.round((change.after - change.before) * 100) / 100, 10);
  }));

Deno.test("[walk] an account is one account, whether a file says its id, its name, or nothing", () =>
  withApp(async (app) => {
    const rows = (head: string, google: string, meta: string) =>
      `date,platform,${head}campaign,currency,spend\n2026-01-01,google_ads,${google}Brand,EUR,10\n2026-01-01,meta_ads,${meta}Prospecting,EUR,20\n`;
    await importFile(app, rows("account_id,account,", "123-456,Shop,", "987,Shop social,"), "ids.csv");
    const byName = await importFile(
      app,
      rows("account,", "Shop,", "Shop social,").replace("EUR,10", "EUR,11"),
      "names.csv",
    );
    assert.equal(byName.state, "published", JSON.stringify(byName.questions));
    assert.deepEqual([
      (byName.counts as Record<string, number>).updated,
      (byName.counts as Record<string, number>).unchanged,
    ], [1, 1]);
    const silent = await importFile(app, rows("", "", "").replace("EUR,20", "EUR,22"), "silent.csv");
    assert.equal(silent.state, "published", JSON.stringify(silent.questions));
    assert.equal(await spend(app), 32, "10 → 10, 20 → 22: the newest file wins, nothing is added");
    const answer = await app.fetch("/api/query", json({ dataset: "ads", metrics: ["spend"], dimensions: ["account"] }));
    assert.deepEqual((await answer.json()).rows.map((row: { account: string }) => row.account).sort(), [
      "Shop",
      "Shop social",
    ]);
  }));

Deno.test("[walk] POST /api/query answers groups, periods, totals and a comparison", () =>
  withApp(async (app) => {
    await importFile(app, CSV);
    const response = await app.fetch(
      "/api/query",
      json({
        dataset: "ads",
        metrics: ["spend", "ctr"],
        dimensions: ["platform"],
        grain: "day",
        range: { from: "2026-01-02", to: "2026-01-02" },
        compare: "previous-period",
        order: [{ by: "spend", direction: "desc" }],
        totals: true,
      }),
    );
    assert.equal(response.status, 200);
    const body = await response.json();
    assert.deepEqual(body.rows, [{ period: "2026-01-02", platform: "google_ads", spend: 55, ctr: 110 / 1200 }]);
    assert.deepEqual(body.comparison.rows, [{ period: "2026-01-01", platform: "google_ads", spend: 50.25, ctr: 0.1 }]);
    assert.equal(body.totals.spend, 55);
    assert.equal(body.meta.currency, "EUR");
    assert.equal(body.columns[2].format, "currency");
  }));

Deno.test("[walk] a question that cannot be answered names the field and the nearest name", () =>
  withApp(async (app) => {
    const response = await app.fetch("/api/query", json({ dataset: "ads", metrics: ["spent"] }));
    assert.ok(response.status === 400 || response.status === 422);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    const problem = await response.json();
    assert.match(problem.detail, /spent/);
    assert.match(problem.detail, /spend/);
    assert.equal(typeof problem.code, "string");
  }));

Deno.test("[walk] a file whose dates could be read in two ways waits for an answer, and goes on with it", () =>
  withApp(async (app) => {
    const ambiguous = CSV.replaceAll("2026-01-01", "03/04/2026").replaceAll("2026-01-02", "04/04/2026");
    const waiting = await importFile(app, ambiguous);
    assert.equal(waiting.state, "needs-mapping", JSON.stringify(waiting));
    const question = waiting.question as { id: string; kind: string; choices: { value: string; preview: unknown[] }[] };
    assert.equal(question.kind, "date-order");
    assert.equal(question.choices.length, 2);
    assert.ok(question.choices.every((choice) => choice.preview.length > 0), "both readings are shown");
    const dayFirst = question.choices.find((choice) => /d/i.test(choice.value[1] ?? choice.value))!;
    const answered = await app.fetch(
      `/api/imports/${waiting.id}/answers`,
      json({ answers: { [question.id]: dayFirst.value } }),
    );
    assert.equal(answered.status, 202);
    assert.equal((await settled(app, waiting.id as string)).state, "published");
  }));

Deno.test("[walk] a form with a field named file is an upload too", () =>
  withApp(async (app) => {
    const form = new FormData();
    form.set("file", new File([CSV], "form.csv"));
    const response = await app.fetch("/api/imports?dataset=ads", { method: "POST", body: form });
    assert.equal(response.status, 202);
    const job = await settled(app, (await response.json()).id);
    assert.equal(job.state, "published");
    assert.equal(job.filename, "form.csv");
  }));

Deno.test("[walk] an Idempotency-Key has one effect, whatever is repeated", () =>
  withApp(async (app) => {
    const send = () => app.fetch("/api/dashboards", json({ title: "Once" }, { "idempotency-key": "k1" }));
    const [first, second] = [await send(), await send()];
    assert.deepEqual([first.status, second.status], [201, 201]);
    assert.equal((await first.json()).id, (await second.json()).id);
    assert.equal((await (await app.fetch("/api/dashboards")).json()).dashboards.length, 1);
    const other = await app.fetch("/api/dashboards", json({ title: "Other" }, { "idempotency-key": "k1" }));
    assert.equal(other.status, 422);
  }));

Deno.test("[walk] a dashboard is saved over the version it started from, or both versions come back", () =>
  withApp(async (app) => {
    const made = await app.fetch("/api/dashboards", json({ id: "weekly", title: "Weekly", later: { kept: true } }));
    assert.equal(made.status, 201);
    assert.equal(made.headers.get("etag"), '"1"');
    const put = (title: string, headers: Record<string, string>) =>
      app.fetch("/api/dashboards/weekly", { ...json({ title, later: { kept: true } }, headers), method: "PUT" });
    assert.equal((await put("No version", {})).status, 428);
    const saved = await put("First", { "if-match": '"1"' });
    assert.equal(saved.status, 200);
    assert.equal(saved.headers.get("etag"), '"2"');
    const conflict = await put("Second", { "if-match": '"1"' });
    assert.equal(conflict.status, 409);
    const { current, yours } = await conflict.json();
    assert.deepEqual([current.title, current.version, yours.title], ["First", 2, "Second"]);
    assert.deepEqual((await (await app.fetch("/api/dashboards/weekly")).json()).later, { kept: true });
    assert.equal(
      (await app.fetch("/api/dashboards/weekly", { method: "DELETE", headers: { "if-match": '"2"' } })).status,
      204,
    );
    assert.equal((await app.fetch("/api/dashboards/weekly")).status, 404);
  }));

Deno.test("[walk] datasets, values, widgets and health answer", () =>
  withApp(async (app) => {
    await importFile(app, CSV);
    const { datasets } = await (await app.fetch("/api/datasets")).json();
    assert.deepEqual(datasets.map((d: { id: string }) => d.id).sort(), [
      "ads",
      "email",
      "orders",
      "rates",
      "targets",
      "web",
    ]);
    assert.equal((await (await app.fetch("/api/datasets/ads")).json()).state.rows, 3);
    assert.deepEqual(await (await app.fetch("/api/datasets/ads/values?column=platform")).json(), {
      values: ["google_ads", "meta_ads"],
      counts: [{ value: "google_ads", rows: 2 }, { value: "meta_ads", rows: 1 }],
    });
    const { widgets } = await (await app.fetch("/api/widgets")).json();
    assert.ok(widgets.every((w: { kind: string; options: object }) => w.kind && w.options));
    assert.equal((await app.fetch("/healthz")).status, 200);
    assert.equal((await app.fetch("/readyz")).status, 200);
    assert.equal((await (await app.fetch("/api/openapi.json")).json()).openapi, "3.1.0");
  }));

Deno.test("[walk] a dataset of one's own takes files and answers questions", () =>
  withApp(async (app) => {
    const dataset = {
      id: "footfall",
      title: "Footfall",
      columns: [
        { name: "day", title: "Day", role: "time", type: "date", required: true },
        { name: "shop", title: "Shop", role: "dimension", type: "text", identity: true },
        { name: "visitors", title: "Visitors", role: "measure", type: "integer" },
      ],
      metrics: [{ name: "visitors", title: "Visitors", formula: "sum(visitors)", format: "integer" }],
    };
    assert.equal((await app.fetch("/api/datasets", json(dataset))).status, 201);
    assert.equal((await app.fetch("/api/datasets", json(dataset))).status, 409);
    const sent = await app.fetch("/api/imports?dataset=footfall&filename=f.csv", {
      method: "POST",
      body: "Day,Shop,Visitors\n2026-01-01,Graz,10\n2026-01-01,Linz,20\n2026-01-02,Graz,5\n",
    });
    const job = await settled(app, (await sent.json()).id);
    assert.equal(job.state, "published", JSON.stringify(job));
    const answer = await app.fetch(
      "/api/query",
      json({
        dataset: "footfall",
        metrics: ["visitors"],
        dimensions: ["shop"],
        order: [{ by: "visitors", direction: "desc" }],
      }),
    );
    assert.deepEqual((await answer.json()).rows, [{ shop: "Linz", visitors: 20 }, { shop: "Graz", visitors: 15 }]);
  }));

Deno.test("[walk] events tell what changed", () =>
  withApp(async (app) => {
    const stream = await app.fetch("/api/events");
    assert.match(stream.headers.get("content-type")!, /^text\/event-stream/);
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    await importFile(app, CSV);
    let heard = "";
    while (!heard.includes("event: dataset")) heard += (await reader.read()).value ?? "";
    assert.match(heard, /event: import/);
    assert.match(heard, /"dataset":"ads"/);
    await reader.cancel();
  }));

Deno.test("[walk] every answer carries the security headers: pages, data, files, errors, redirects", () =>
  withApp(async (app) => {
    const answers: [number, Promise<Response>][] = [
      [200, app.fetch("/")],
      [200, app.fetch("/api/datasets")],
      [200, app.fetch("/app.css")],
      [404, app.fetch("/nothing/here")],
      [404, app.fetch("/api/nothing")],
      [404, app.fetch("/dashboards/none")],
      [405, app.fetch("/api/query")],
      [403, app.fetch("/api/dashboards", json({ title: "x" }, { origin: "https://evil.example" }))],
      [
        303,
        app.fetch("/theme", { method: "POST", body: new URLSearchParams({ theme: "dark", back: "//evil.example" }) }),
      ],
    ];
    for (const [status, answer] of answers) {
      const response = await answer;
      const what = `${response.status} ${response.headers.get("content-type")}`;
      assert.equal(response.status, status, what);
      const policy = response.headers.get("content-security-policy") ?? "";
      assert.match(policy, /frame-ancestors 'none'/, what);
      assert.doesNotMatch(policy, /script-src[^;]*'unsafe-inline'/, what);
      assert.equal(response.headers.get("x-content-type-options"), "nosniff", what);
      assert.ok(response.headers.get("referrer-policy"), what);
      assert.ok(response.headers.get("cross-origin-opener-policy"), what);
      if (status === 303) assert.doesNotMatch(response.headers.get("location")!, /evil/);
      await response.body?.cancel();
    }
  }));

Deno.test("[walk] a change from a foreign page is refused, and changes nothing", () =>
  withApp(async (app) => {
    const foreign: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
    ];
    for (const headers of foreign) {
      const response = await app.fetch("/api/dashboards", json({ title: "x" }, headers));
      assert.equal(response.status, 403);
      assert.equal(response.headers.get("content-type"), "application/problem+json");
    }
    assert.deepEqual((await (await app.fetch("/api/dashboards")).json()).dashboards, []);
  }));

Deno.test("[walk] a page without widgets carries no script at all, one with islands only its own", () =>
  withApp(async (app) => {
    const plain = await (await app.fetch("/nothing/here")).text();
    assert.doesNotMatch(plain, /<script/);
    assert.doesNotMatch(plain, /\sstyle="/);
  }));
