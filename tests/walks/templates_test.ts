/** Starting a dashboard from a goal: what is there fills it, what is missing is named. */
import assert from "node:assert/strict";
import { offerTemplates } from "@/lib/dashboard/mod.ts";
import { putDataset } from "@/lib/dataset/datasets.ts";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import { dashboardSchema, LOCAL_OWNER, newId } from "@/lib/model/mod.ts";
import { startTestApp, type TestApp } from "@/tests/test_app.ts";

const ADS = "date,platform,account,campaign,country,currency,impressions,clicks,spend,conversions\n" +
  "2026-01-01,google_ads,A,Brand,DE,EUR,1000,100,111,10\n2026-01-02,meta_ads,A,Feed,AT,EUR,900,90,222,5\n";

async function withApp(work: (app: TestApp) => Promise<void>): Promise<void> {
  const app = await startTestApp();
  try {
    await work(app);
  } finally {
    await app.close();
  }
}

async function importFile(app: TestApp, dataset: string, csv: string): Promise<void> {
  const sent = await app.fetch(`/api/imports?dataset=${dataset}&filename=a.csv`, { method: "POST", body: csv });
  const { id } = await sent.json();
  for (;;) {
    const { state, problem } = await (await app.fetch(`/api/imports/${id}`)).json();
    if (state === "published") return;
    assert.ok(!["failed", "needs-mapping"].includes(state), `${state}: ${JSON.stringify(problem)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function offered(app: TestApp, id: string) {
  const found = (await offerTemplates(app.services, LOCAL_OWNER)).find(({ template }) => template.id === id);
  assert.ok(found);
  // What is offered can be stored as it is, and every tile's options fit their widget.
  const { placements } = dashboardSchema.parse({ ...found.dashboard, id: newId() });
  for (const { widget, options, widgetVersion } of placements) {
    const loaded = await app.services.widgets.load(widget);
    assert.ok(loaded?.parse(options, widgetVersion).ok, `${widget} ${JSON.stringify(options)}`);
  }
  return {
    ...found,
    tiles: placements.map((placement) => placement.title),
    lacking: found.missing.map(({ dataset, kind, title }) => `${dataset.id} ${kind} ${title}`),
  };
}

Deno.test("templates: without any data everything is kept, and what files would bring is named", () =>
  withApp(async (app) => {
    const shop = await offered(app, "e-commerce-roas");
    assert.ok(shop.tiles.includes("Revenue") && shop.tiles.includes("Campaigns"));
    assert.deepEqual(shop.datasets, []);
    assert.ok(shop.lacking.includes("orders metric Revenue") && shop.lacking.includes("ads metric Spend"));
    assert.ok(shop.missing.every(({ filled }) => !filled));
    const home = await (await app.fetch("/")).text();
    for (const title of ["Paid search weekly", "E-commerce ROAS", "Executive overview", "Client report"]) {
      assert.ok(home.includes(title), `the empty start page offers ${title}`);
    }
    assert.match(home, /No rows in Orders yet/);
  }));

Deno.test("templates: what has no values is left out or shorter, and rows are filled up again", () =>
  withApp(async (app) => {
    await importFile(app, "ads", ADS);
    const shop = await offered(app, "e-commerce-roas");
    assert.deepEqual(shop.datasets, ["Ads"]);
    assert.ok(!shop.tiles.includes("Revenue"));
    assert.ok(!shop.tiles.includes("ROAS the platforms claim"));
    assert.ok(shop.lacking.includes("ads metric ROAS") && shop.lacking.includes("orders metric MER"));
    const [first, second] = shop.dashboard.placements;
    assert.deepEqual([first?.title, first?.place], ["Ad spend", { x: 0, y: 0, w: 6, h: 2 }]);
    assert.deepEqual([second?.title, second?.place], ["Cost per conversion", { x: 6, y: 0, w: 6, h: 2 }]);
    const campaigns = shop.dashboard.placements.find(({ id }) => id === "campaigns");
    assert.deepEqual(campaigns?.options.metrics, ["spend", "conversions", "cpa"]);
    const missing = shop.missing.find(({ name }) => name === "roas");
    assert.deepEqual(missing?.tiles, [
      "ROAS the platforms claim",
      "Ad spend and ROAS",
      "Campaigns",
      "ROAS by platform",
    ]);

    // Paid search is asked of search platforms alone; nobody exported keywords.
    const search = await offered(app, "paid-search-weekly");
    assert.deepEqual(search.lacking, ["ads dimension Keyword"]);
    assert.ok(!search.tiles.includes("Keywords by spend"));
    assert.deepEqual(search.dashboard.filterBar.dimensions, ["platform", "campaign", "country"]);
  }));

Deno.test("templates: a dataset of one's own stands in where it has what is needed", () =>
  withApp(async (app) => {
    await putDataset(app.services, LOCAL_OWNER, { ...adsDataset, id: "own_ads", title: "Own ads", rollups: [] });
    await importFile(app, "own_ads", ADS);
    const report = await offered(app, "client-report");
    assert.deepEqual(report.datasets, ["Own ads"]);
    assert.deepEqual(new Set(report.dashboard.placements.map(({ options }) => options.dataset)), new Set(["own_ads"]));
    assert.equal(report.dashboard.filterBar.dataset, "own_ads");
    assert.deepEqual((await offered(app, "e-commerce-roas")).datasets, ["Own ads"], "nor for the shop's own numbers");
  }));

Deno.test("templates: metrics over two datasets have their parts; a filter of a template holds", () =>
  withApp(async (app) => {
    const csv = "date,platform,account,campaign,currency,spend\n2026-01-01,meta_ads,A,Feed,EUR,222\n";
    await importFile(app, "ads", csv);
    const search = await offered(app, "paid-search-weekly");
    assert.deepEqual(search.datasets, [], "no rows of a search platform");
    assert.ok(search.tiles.length > 5);
    await importFile(app, "orders", "date,platform,account,currency,orders,revenue\n2026-01-01,shopify,S,EUR,3,90\n");
    const shop = await offered(app, "e-commerce-roas");
    assert.deepEqual(shop.datasets, ["Orders", "Ads"]);
    assert.ok(shop.tiles.includes("Revenue per ad spend"), "a metric over two datasets has its parts");
    assert.equal(shop.lacking.find((name) => name.startsWith("orders metric")), undefined);
  }));

Deno.test("templates: starting makes a dashboard and goes there; a taken title gets a number", () =>
  withApp(async (app) => {
    await importFile(app, "ads", ADS);
    const start = async (template: string) => {
      const body = new URLSearchParams({ template });
      const headers = { origin: "http://localhost:8000" };
      return await app.fetch("/dashboards/new", { method: "POST", body, headers, redirect: "manual" });
    };
    const made = await start("client-report");
    assert.equal(made.status, 303);
    const shown = await app.fetch(made.headers.get("location")!);
    assert.equal(shown.status, 200);
    assert.match(await shown.text(), /Client report/);
    assert.equal((await start("client-report")).status, 303);
    const { dashboards } = await (await app.fetch("/api/dashboards")).json();
    assert.deepEqual(dashboards.map(({ title }: { title: string }) => title), ["Client report", "Client report 2"]);
    const unknown = await start("world-domination");
    assert.equal(unknown.status, 404);
    assert.match(await unknown.text(), /there are paid-search-weekly, e-commerce-roas/);
  }));
