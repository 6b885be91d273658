/** The outside contract, item by item, as a client that was never told more would use it. */
import assert from "node:assert/strict";
import { jobRunsCollection } from "@/lib/jobs/job_run.ts";
import { CSV, importFile, json, problemOf, settled, withApp } from "./outside.ts";

const LINES = CSV.trim().split("\n");

Deno.test("[contract] an import: 202 with id, state and Location; then its whole story", () =>
  withApp(async (app) => {
    const csv = CSV.replace("4000", "abc");
    const sent = await app.fetch("/api/imports?dataset=ads&filename=x.csv", { method: "POST", body: csv });
    assert.equal(sent.status, 202);
    assert.equal(sent.headers.get("content-type"), "application/json");
    const accepted = await sent.json();
    assert.match(accepted.id, /^[\w-]+$/);
    assert.equal(accepted.state, "queued");
    assert.equal(sent.headers.get("location"), `/api/imports/${accepted.id}`);
    const job = await settled(app, accepted.id);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(csv));
    const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    assert.deepEqual([job.id, job.dataset, job.filename, job.sha256, job.state], [
      accepted.id,
      "ads",
      "x.csv",
      sha256,
      "published",
    ]);
    const counts = {
      read: 2,
      inserted: 1,
      updated: 0,
      unchanged: 0,
      collapsed: 0,
      duplicates: 0,
      rejected: 1,
      totals: 0,
      removed: 0,
    };
    assert.deepEqual(job.counts, counts);
    assert.ok((job.milliseconds as number) > 0);
    const [part, ...others] = job.parts as Record<string, unknown>[];
    assert.deepEqual(others, []);
    // Fields may be added, never taken away.
    for (const name of ["counts", "dataset", "grain", "level", "range", "table"]) assert.ok(name in part!, name);
    assert.deepEqual([part!.dataset, part!.grain, part!.counts], ["ads", "day", counts]);
    assert.deepEqual(part!.range, { from: "2026-01-01", to: "2026-01-01" });
    assert.ok(!("question" in job) && !("error" in job));

    const rejected = await (await app.fetch(`/api/imports/${job.id}/rejected`)).json();
    assert.equal(rejected.total, 1);
    const [row] = rejected.rows;
    assert.deepEqual([row.line, row.column, row.value], [3, "impressions", "abc"]);
    assert.match(row.reason, /number/i);
    const asCsv = await app.fetch(`/api/imports/${job.id}/rejected`, { headers: { accept: "text/csv" } });
    assert.match(asCsv.headers.get("content-type")!, /^text\/csv/);
    assert.match(await asCsv.text(), /^line,column,value,reason/);
    assert.equal((await app.fetch(`/api/imports/${job.id}`, { method: "HEAD" })).status, 200);
    assert.equal((await (await app.fetch("/api/imports")).json()).imports[0].id, job.id);
  }));

Deno.test("[contract] an import that fails says why; one that waits asks, and takes its answers in both shapes", () =>
  withApp(async (app) => {
    const failed = await importFile(app, "nothing here\n");
    assert.equal(failed.state, "failed");
    assert.deepEqual(Object.keys(failed.error!).filter((name) => name !== "line").toSorted(), ["code", "message"]);
    assert.match(failed.error!.code, /^[a-z-]+$/);

    for (const [i, wrap] of [(a: object) => ({ answers: a }), (a: object) => a].entries()) {
      // A column of its own each, so that the answer to the first is not remembered for the second.
      const csv = LINES.map((line, n) => n === 0 ? `${line},note${i}` : `${line.replace("2026-01-01", "03/04/2026")},`)
        .join("\n");
      const job = await importFile(app, csv);
      assert.equal(job.state, "needs-mapping", JSON.stringify(job));
      const { id, choices } = job.question!;
      const answer = (body: unknown) => app.fetch(`/api/imports/${job.id}/answers`, json(body));
      await problemOf(await answer({}), 400);
      await problemOf(await answer({ answers: { [id]: 7 } }), 400);
      await problemOf(await answer([]), 400);
      await problemOf(await answer(wrap({ [id]: "nonsense" })), 422);
      await problemOf(await answer(wrap({ nonsense: "x" })), 422);
      const taken = await answer(wrap({ [id]: choices[0]!.value }));
      assert.equal(taken.status, 202);
      assert.equal((await settled(app, job.id)).state, "published");
      await problemOf(await answer(wrap({ [id]: choices[0]!.value })), 409);
    }
  }));

Deno.test("[contract] publish, rollback, restore and cancel, and 409 where they do not fit", () =>
  withApp(async (app) => {
    const post = (id: string, action: string) => app.fetch(`/api/imports/${id}/${action}`, { method: "POST" });
    const rows = async () => (await (await app.fetch("/api/datasets/ads")).json()).state.rows;
    const job = await importFile(app, CSV, "dataset=ads&confirm=true");
    assert.equal(job.state, "ready");
    assert.equal(job.counts.inserted, 2, "what would change is told before");
    assert.equal(await rows(), 0);
    for (const action of ["rollback", "restore"]) await problemOf(await post(job.id, action), 409);
    assert.equal((await post(job.id, "publish")).status, 202);
    assert.equal((await settled(app, job.id)).state, "published");
    assert.equal(await rows(), 2);
    for (const action of ["publish", "restore"]) await problemOf(await post(job.id, action), 409);
    await problemOf(await app.fetch(`/api/imports/${job.id}`, { method: "DELETE" }), 409);

    const rollups = async () =>
      (await app.services.documents.get(jobRunsCollection, "default", "rollups:ads"))?.version ?? 0;
    const before = await rollups();
    const back = await post(job.id, "rollback");
    assert.equal(back.status, 200);
    assert.equal((await back.json()).state, "rolled-back");
    assert.equal(await rows(), 0);
    assert.ok(await rollups() > before, "rollups follow a rollback");
    assert.equal((await (await post(job.id, "restore")).json()).state, "published");
    assert.equal(await rows(), 2);

    const second = await importFile(app, CSV.replace("Brand", "Second"), "dataset=ads&confirm=true");
    const cancelled = await app.fetch(`/api/imports/${second.id}`, { method: "DELETE" });
    assert.equal(cancelled.status, 200);
    assert.equal((await cancelled.json()).state, "cancelled");
    await problemOf(await post(second.id, "publish"), 409);
    assert.equal(await rows(), 2);
  }));

Deno.test("[contract] progress comes as events, until the import rests", () =>
  withApp(async (app) => {
    const sent = await app.fetch("/api/imports?dataset=ads", { method: "POST", body: CSV });
    const { id } = await sent.json();
    const stream = await app.fetch(`/api/imports/${id}/events`);
    assert.equal(stream.status, 200);
    assert.match(stream.headers.get("content-type")!, /^text\/event-stream/);
    const told = (await stream.text()).split("\n").filter((line) => line.startsWith("data: ")).map((line) =>
      JSON.parse(line.slice(6))
    );
    assert.ok(told.length > 0);
    assert.ok(told.every((job) => job.id === id && job.progress && job.step));
    assert.equal(told.at(-1).state, "published");
  }));

Deno.test("[contract] a question: columns, rows, totals, comparison and all of meta", () =>
  withApp(async (app) => {
    await importFile(app, CSV);
    const ask = async (query: Record<string, unknown>) => {
      const response = await app.fetch("/api/query", json({ dataset: "ads", metrics: ["spend", "ctr"], ...query }));
      assert.equal(response.status, 200, await response.clone().text());
      return await response.json();
    };
    const plain = await ask({
      dimensions: ["platform"],
      grain: "month",
      range: { from: "2026-01-01", to: "2026-01-31" },
      compare: "previous-period",
      order: [{ by: "spend", direction: "desc" }],
      filters: {
        and: [
          { field: "platform", op: "in", value: ["google_ads", "meta_ads"] },
          {
            or: [{ field: "campaign", op: "equals", value: "Brand" }, {
              field: "campaign",
              op: "starts-with",
              value: "P",
            }],
          },
        ],
      },
      limit: 1,
      totals: true,
    });
    assert.deepEqual(plain.rows, [{ period: "2026-01-01", platform: "meta_ads", spend: 70.5, ctr: 0.02 }]);
    assert.deepEqual(plain.totals, { spend: 120.75, ctr: 180 / 5000 });
    assert.deepEqual(plain.columns.map(({ name }: { name: string }) => name), ["period", "platform", "spend", "ctr"]);
    assert.ok(plain.columns.every((c: { title: string; format: string }) => c.title && c.format));
    assert.ok(plain.comparison && Array.isArray(plain.comparison.rows));
    for (
      const field of [
        "asOf",
        "version",
        "cached",
        "milliseconds",
        "rows",
        "levels",
        "provisional",
        "currency",
        "notices",
      ]
    ) {
      assert.ok(field in plain.meta, field);
    }
    assert.equal(plain.meta.cached, false);
    assert.equal((await ask({ dimensions: ["platform"], range: { last: 28, unit: "day" } })).meta.cached, false);
    assert.equal((await ask({ dimensions: ["platform"], range: { last: 28, unit: "day" } })).meta.cached, true);
  }));

Deno.test("[contract] dashboards: ETag, If-Match, 304, 409 with both, 428 without", () =>
  withApp(async (app) => {
    const made = await app.fetch("/api/dashboards", json({ title: "New" }));
    assert.equal(made.status, 201);
    const { id } = await made.json();
    const path = `/api/dashboards/${id}`;
    assert.equal(made.headers.get("location"), path);
    const etag = made.headers.get("etag")!;
    const got = await app.fetch(path);
    assert.deepEqual([got.status, got.headers.get("etag")], [200, etag]);
    for (const known of [etag, `W/${etag}`, `"7", ${etag}`, "*"]) {
      assert.equal((await app.fetch(path, { headers: { "if-none-match": known } })).status, 304, known);
    }
    assert.equal((await app.fetch(path, { headers: { "if-none-match": '"7"' } })).status, 200);
    const put = (body: unknown, ifMatch?: string) =>
      app.fetch(path, json(body, ifMatch ? { "if-match": ifMatch } : {}, "PUT"));
    await problemOf(await put({ title: "X" }), 428);
    await problemOf(await put({ title: "X" }, "nonsense"), 400);
    await problemOf(await put({ title: "" }, etag), 400);
    await problemOf(await put({ title: 7 }, etag), 400);
    const saved = await put({ title: "Saved", unknown: { kept: [1] } }, `W/${etag}`);
    assert.equal(saved.status, 200);
    assert.notEqual(saved.headers.get("etag"), etag);
    const problem = await problemOf(await put({ title: "Mine" }, etag), 409) as {
      current: { title: string };
      yours: { title: string };
    };
    assert.deepEqual([problem.current.title, problem.yours.title], ["Saved", "Mine"]);
    assert.deepEqual((await (await app.fetch(path)).json()).unknown, { kept: [1] });
    await problemOf(await app.fetch("/api/dashboards", json({ id, title: "Again" })), 409);
    await problemOf(await app.fetch(path, { method: "DELETE", headers: { "if-match": etag } }), 409);
    const gone = await app.fetch(path, { method: "DELETE", headers: { "if-match": saved.headers.get("etag")! } });
    assert.equal(gone.status, 204);
    assert.equal(gone.body, null);
    await problemOf(await app.fetch(path), 404);
  }));

Deno.test("[contract] what is not there is 404, wherever it is asked for", () =>
  withApp(async (app) => {
    const asks: [string, RequestInit?][] = [
      ["/api/imports/none"],
      ["/api/imports/none", { method: "DELETE" }],
      ["/api/imports/none/rejected"],
      ["/api/imports/none/rejected?format=csv"],
      ["/api/imports/none/events"],
      ["/api/imports/none/answers", json({ answers: { a: "b" } })],
      ["/api/imports/none/publish", { method: "POST" }],
      ["/api/imports/none/rollback", { method: "POST" }],
      ["/api/imports/none/restore", { method: "POST" }],
      ["/api/imports?dataset=none", { method: "POST", body: CSV }],
      ["/api/datasets/none"],
      ["/api/datasets/none/values?column=x"],
      ["/api/dashboards/none"],
      ["/api/dashboards/none", json({ title: "x" }, { "if-match": '"1"' }, "PUT")],
      ["/api/dashboards/none", { method: "DELETE", headers: { "if-match": '"1"' } }],
      ["/api/dashboards/none/answers", json({})],
      ["/api/query", json({ dataset: "none", metrics: ["spend"] })],
    ];
    for (const [path, init] of asks) {
      assert.equal((await problemOf(await app.fetch(path, init), 404)).code, "not-found", path);
    }
    for (const id of ["%00", "%2e%2e", "%F0%9F", "a".repeat(3_000), "null", "undefined", "-1", "*", "%20", "'"]) {
      for (const kind of ["imports", "datasets", "dashboards"]) {
        const response = await app.fetch(`/api/${kind}/${id}`);
        // Two dots are a step up in the address: the list.
        const expected = id === "%2e%2e" ? [404] : [404, 400];
        assert.ok(expected.includes(response.status), `${kind} ${id}: ${response.status}`);
        await response.body?.cancel();
      }
    }
  }));
