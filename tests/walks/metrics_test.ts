/** Metrics that somebody adds to a dataset: checked, asked, used by others, taken away. */
import assert from "node:assert/strict";
import { startTestApp } from "@/tests/test_app.ts";

Deno.test("metrics: one that was added can be asked like any other, and taken away again", async () => {
  const app = await startTestApp();
  const send = async (method: string, path: string, body?: Record<string, unknown>) => {
    const headers = { "content-type": "application/json" };
    const response = await app.fetch(`/api${path}`, { method, headers, body: body && JSON.stringify(body) });
    return { status: response.status, body: await response.json() };
  };
  const add = (metric: Record<string, unknown>) => send("POST", "/datasets/ads/metrics", { title: "T", ...metric });
  try {
    const csv = "date,platform,account,campaign,currency,spend,leads\n2026-01-01,meta_ads,A,Feed,EUR,200,4\n";
    const sent = await app.fetch("/api/imports?dataset=ads&filename=a.csv", { method: "POST", body: csv });
    const { id } = await sent.json();
    while ((await (await app.fetch(`/api/imports/${id}`)).json()).state !== "published") {
      await new Promise((done) => setTimeout(done, 50));
    }

    const made = await add({ name: "half_lead", title: "Half a lead", formula: "spend / leads / 2" });
    assert.equal(made.status, 201);
    const metric = made.body.metrics.at(-1);
    assert.deepEqual([metric.name, metric.format, metric.better], ["half_lead", "currency", "none"]);
    const asked = await send("POST", "/query", { dataset: "ads", metrics: ["half_lead"], range: { all: true } });
    assert.equal(asked.body.rows[0].half_lead, 25);

    const misspelt = await add({ name: "other", formula: "spnd / leads" });
    assert.equal(misspelt.status, 422);
    assert.match(misspelt.body.detail, /spnd.+did you mean "spend"/);
    assert.match((await add({ name: "spend", formula: "leads" })).body.detail, /a metric "spend" already/);
    assert.match((await add({ name: "campaign", formula: "leads" })).body.detail, /a column "campaign" already/);
    assert.equal((await add({ name: "round", formula: "round + 1" })).status, 422, "made of itself");
    assert.equal((await add({ name: "Not A Name", formula: "leads" })).status, 400);

    assert.equal((await add({ name: "whole_lead", title: "Whole", formula: "half_lead * 2" })).status, 201);
    const used = await send("DELETE", "/datasets/ads/metrics/half_lead");
    assert.deepEqual([used.status, used.body.code, used.body.users], [422, "metric-used", ["Whole"]]);
    assert.equal((await send("DELETE", "/datasets/ads/metrics/whole_lead")).status, 200);

    // A dashboard shows it, inside a formula of one of its tiles; a tile's own formula is asked like any metric.
    const tile = {
      id: "kept",
      widget: "kpi",
      options: { metric: "mine" },
      formulas: [{ name: "mine", title: "Mine", formula: "half_lead * 4" }],
      place: { x: 0, y: 0, w: 3, h: 2 },
    };
    const board = { id: "board", title: "Board", defaults: { range: { all: true }, values: {} }, placements: [tile] };
    assert.equal((await send("POST", "/dashboards", board)).status, 201);
    const shown = await send("POST", "/dashboards/board/answers", { search: "", have: {} });
    assert.equal(shown.body.tiles[0].error, null);
    assert.equal(shown.body.tiles[0].results.main.totals.mine, 100);
    const showing = await send("DELETE", "/datasets/ads/metrics/half_lead");
    assert.deepEqual([showing.status, showing.body.code, showing.body.users], [422, "metric-used", ["Board"]]);
    assert.equal((await app.fetch("/api/dashboards/board", { method: "DELETE" })).status, 204);

    // So does one that only watches it for what stands out.
    const watching = { ...tile, widget: "anomaly-timeline", options: { only: "half_lead" }, formulas: undefined };
    assert.equal((await send("POST", "/dashboards", { ...board, placements: [watching] })).status, 201);
    const watched = await send("DELETE", "/datasets/ads/metrics/half_lead");
    assert.deepEqual([watched.status, watched.body.code, watched.body.users], [422, "metric-used", ["Board"]]);
    assert.equal((await app.fetch("/api/dashboards/board", { method: "DELETE" })).status, 204);
    assert.equal((await send("DELETE", "/datasets/ads/metrics/half_lead")).status, 200);
    assert.equal((await send("DELETE", "/datasets/ads/metrics/half_lead")).status, 404);
    assert.equal((await send("DELETE", "/datasets/ads/metrics/roas")).body.code, "metric-built-in");
    const left = (await send("GET", "/datasets/ads")).body.metrics.map(({ name }: { name: string }) => name);
    assert.ok(left.includes("roas") && !left.includes("half_lead"));
  } finally {
    await app.close();
  }
});
