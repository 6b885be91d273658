/** The past: numbers as they stood after an earlier import, on dashboards and day by day on the import's page. */
import assert from "node:assert/strict";
import { demoDashboard } from "@/lib/demo/demo_dashboard.ts";
import { getDataset } from "@/lib/dataset/datasets.ts";
import { dayChanges } from "@/lib/ingest/day_changes.ts";
import { numbersThen } from "@/lib/ingest/numbers_then.ts";
import type { ImportJob } from "@/lib/model/mod.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import { CSV, importFile, json, withApp } from "@/tests/attacks/outside.ts";

Deno.test("a dashboard as of an earlier import shows the numbers of then, and says so", () =>
  withApp(async (app) => {
    await app.fetch("/api/dashboards", json(demoDashboard()));
    const first = await importFile(app, CSV, "dataset=ads&filename=first.csv");
    await importFile(app, CSV.replace("50.25", "55.25"), "dataset=ads&filename=second.csv");
    const search = `range=all&asOf=${encodeURIComponent(String(first.publishedAt))}`;
    const spendOf = async (search: string) => {
      const answer = await app.fetch("/api/dashboards/marketing-overview/answers", json({ search }));
      const { tiles, filters } = await answer.json();
      const results = tiles.flatMap((tile: { results: Record<string, { rows: { spend?: number }[] }> }) =>
        Object.values(tile.results).flatMap(({ rows }) => rows.length === 1 ? rows[0]?.spend ?? [] : [])
      );
      return [results[0], filters.asOf];
    };
    assert.deepEqual(await spendOf("range=all"), [125.75, undefined]);
    assert.deepEqual(await spendOf(search), [120.75, first.publishedAt]);
    const page = await (await app.fetch(`/dashboards/marketing-overview?${search}`)).text();
    assert.match(page, /The numbers as they stood on/);
    assert.match(page, /href="\?range=all[^"]*"[^>]*>Back to now/);
    assert.doesNotMatch(
      await (await app.fetch("/dashboards/marketing-overview?asOf=nonsense")).text(),
      /as they stood/,
    );
  }));

Deno.test("an import's page tells what it did to each day, also after it was undone", () =>
  withApp(async (app) => {
    await importFile(app, CSV, "dataset=ads&filename=first.csv");
    const more = "2026-01-02,google_ads,Shop,Brand,EUR,1,1,7,1,1\n";
    const second = await importFile(app, CSV.replace("50.25", "55.25") + more, "dataset=ads&filename=second.csv");
    const job = second as unknown as ImportJob;
    const [expected, ...others] = await dayChanges(app.services, LOCAL_OWNER, job);
    assert.deepEqual(others, []);
    assert.deepEqual(expected, {
      dataset: "ads",
      metrics: [
        { name: "spend", title: "Spend" },
        { name: "conversion_value", title: "Conversion value" },
        { name: "impressions", title: "Impressions" },
      ],
      days: [
        {
          day: "2026-01-01",
          currency: null,
          values: [{ before: 120.75, after: 125.75 }, { before: 420.4, after: 420.4 }, { before: 5000, after: 5000 }],
        },
        {
          day: "2026-01-02",
          currency: null,
          values: [{ before: null, after: 7 }, { before: null, after: 1 }, { before: null, after: 1 }],
        },
      ],
    });
    await app.fetch(`/api/imports/${second.id}/rollback`, { method: "POST" });
    assert.deepEqual(await dayChanges(app.services, LOCAL_OWNER, job), [expected]);
    assert.match(await (await app.fetch(`/data/imports/${second.id}`)).text(), /Day by day/);
  }));

Deno.test("a dataset's page shows its sums as they stood after an earlier import, beside those of now", () =>
  withApp(async (app) => {
    const first = await importFile(app, CSV, "dataset=ads&filename=first.csv");
    await importFile(app, CSV.replace("50.25", "55.25"), "dataset=ads&filename=second.csv");
    const dataset = await getDataset(app.services, "default", "ads");
    const at = String(first.publishedAt);
    const { lines, moments } = await numbersThen(app.services, LOCAL_OWNER, dataset, at);
    assert.deepEqual(moments.map(({ filename }) => filename), ["second.csv", "first.csv"]);
    const spend = { title: "Spend", format: "currency", currency: null, now: 125.75, then: 120.75 };
    assert.deepEqual(lines[0], spend);
    const page = await (await app.fetch(`/data/datasets/ads?asOf=${encodeURIComponent(at)}`)).text();
    assert.match(page, /as they stood on/);
    assert.match(page, /120\.75[\s\S]*125\.75[\s\S]*\+4\.1%/);
    assert.doesNotMatch(await (await app.fetch("/data/datasets/ads?asOf=nonsense")).text(), /as they stood on/);
  }));
