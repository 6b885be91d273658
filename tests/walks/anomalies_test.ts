/** Anomalies from import to answer: found once, put aside, settled by later imports, and back with a rollback. */
import assert from "node:assert/strict";
import { listAnomalies } from "@/lib/forecast/anomalies/list_anomalies.ts";
import { anomaliesCollection } from "@/lib/forecast/anomalies/stored_anomalies.ts";
import { forecastDataset } from "@/lib/jobs/forecasts.ts";
import { jobRunsCollection } from "@/lib/jobs/job_run.ts";
import { FORECASTS_JOB } from "@/lib/ingest/job_names.ts";
import { addDays, daysBetween } from "@/lib/model/calendar.ts";
import { anomaliesAnswerSchema, LOCAL_OWNER, type ShownAnomaly } from "@/lib/model/mod.ts";
import { pause } from "@/lib/pause.ts";
import { importFile, json, problemOf, withApp } from "@/tests/attacks/outside.ts";
import type { TestApp } from "@/tests/test_app.ts";

const START = "2025-01-06"; // a Monday
const SPIKE = addDays(START, 138);

/** Days of two campaigns with a weekly pattern; `change` makes a campaign's day another one. */
function csv(
  days: number,
  { from = 0, change = (spend: number, _campaign: string, _at: number) => spend } = {},
): string {
  const lines = ["date,platform,account,campaign,currency,impressions,clicks,spend,conversions,conversion_value"];
  for (let at = from; at < from + days; at++) {
    for (const [campaign, size] of [["Brand", 1], ["Generic", 0.6]] as const) {
      const usual = size * (100 + 20 * (at % 7) + (at * 37 % 11));
      const spend = change(usual, campaign, at);
      const clicks = Math.round(spend / 2);
      const row = [addDays(START, at), "google_ads", "Shop", campaign, "EUR", clicks * 20, clicks, spend.toFixed(2)];
      lines.push([...row, Math.round(usual / 10), (3 * usual).toFixed(2)].join(","));
    }
  }
  return lines.join("\n") + "\n";
}

const spiked = (spend: number, campaign: string, at: number) => campaign === "Brand" && at === 138 ? 3 * spend : spend;

Deno.test("an anomaly is found with price and cause, put aside, settled by an import, and back with its rollback", () =>
  withApp(async (app) => {
    await importFile(app, csv(150, { change: spiked }));
    const [spend] = await listed(app, "metric=spend", (all) => all.length > 0);
    assert.deepEqual((await listed(app, "metric=spend")).map(({ day }) => day), [SPIKE], "one day is one anomaly");
    assert.equal(spend!.metric.name, "spend");
    assert.deepEqual(spend!.scope, []);
    assert.ok(spend!.actual > 1.5 * spend!.expected);
    assert.ok(Math.abs(spend!.worth!.amount - (spend!.actual - spend!.expected)) < 0.01);
    assert.deepEqual([spend!.cause?.value, spend!.cause?.field], ["Brand", "campaign"]);
    assert.ok(spend!.cause!.share > 0.9);
    assert.deepEqual(spend!.evidence.map(({ detector }) => detector), ["band", "weeks"]);
    assert.match(
      spend!.sentence,
      /^Spend came to €\d+ on Sat, 24 May 2025, \d+% more than the €\d+ expected \(or €\d+ to €\d+\)\. /,
    );
    assert.match(spend!.sentence, /Brand carries (9\d|100)% of it\.$/);
    const clicks = (await listed(app, "metric=clicks"))[0];
    assert.ok(clicks?.worth?.each && Math.abs(clicks.worth.each.amount - 2) < 0.1, "clicks at the usual cost of one");
    // The campaign's own day is kept as a part of the whole's.
    const brand = (await stored(app)).filter(({ day, scope }) => day === SPIKE && scope.length > 0);
    assert.ok(brand.length > 0 && brand.every(({ within }) => within !== null));

    // Asked for parts alone, it is told by itself.
    const parts = await listed(app, "metric=spend&of=parts");
    assert.deepEqual(parts.map(({ day, scope }) => [day, scope[0]?.value]), [[SPIKE, "Brand"]]);
    const within = { field: "campaign", op: "in", value: ["Brand"] };
    const { anomalies } = await listAnomalies(app.services, LOCAL_OWNER, {
      dataset: "ads",
      metric: "spend",
      filters: within,
    });
    assert.deepEqual(anomalies.map(({ id }) => id), parts.map(({ id }) => id), "the campaign's own, within a filter");

    const path = `/api/datasets/ads/anomalies/${spend!.id}`;
    const dismissal = (version: number) => app.fetch(`${path}/dismiss`, json({ reason: "Sale", version }));
    const stale = await problemOf(await dismissal(spend!.version + 5), 409);
    assert.equal((stale.current as ShownAnomaly).version, spend!.version);
    assert.equal((await problemOf(await app.fetch(`${path}/dismiss`, json({ reason: " " })), 400)).code, "bad-body");
    await problemOf(await app.fetch("/api/datasets/web/anomalies/nothing/dismiss", json({ reason: "x" })), 404);
    assert.equal((await dismissal(spend!.version)).status, 200);
    assert.deepEqual(await listed(app, "metric=spend&state=open"), []);

    // Looking again finds nothing new and changes nothing.
    const before = JSON.stringify(await stored(app));
    const { services } = app;
    const context = { workspace: "default", log: services.log, confirm: () => Promise.resolve() };
    const { signal } = new AbortController();
    await Promise.all([1, 2].map(() => forecastDataset(services, { ...context, signal }, "ads")));
    assert.equal(JSON.stringify(await stored(app)), before);

    // A correction of that day settles it; what a person said stays.
    const correction = await importFile(app, csv(1, { from: 138 }), "dataset=ads&filename=corrected.csv");
    const gone = await one(app, spend!.id, ({ state }) => state === "gone");
    assert.equal(gone.gone?.reason, "corrected");
    assert.equal(gone.dismissed?.reason, "Sale");
    assert.match(gone.sentence, /A later import corrected it: it is €\d+.* now\.$/);
    assert.equal((await app.fetch(`/api/imports/${correction.id}/rollback`, { method: "POST" })).status, 200);
    const back = await one(app, spend!.id, ({ state }) => state === "open");
    assert.equal(back.dismissed?.reason, "Sale", "it stays put aside over imports and rollbacks");

    const restored = await app.fetch(`${path}/restore`, {
      method: "POST",
      headers: { "if-match": `"${back.version}"` },
    });
    assert.equal(restored.status, 200, await restored.clone().text());
    assert.deepEqual((await restored.json()).history.map(({ what }: { what: string }) => what), [
      "found",
      "dismissed",
      "gone",
      "back",
      "restored",
    ]);
    assert.equal((await listed(app, "metric=spend&state=open")).length, 1);
    await problemOf(await app.fetch("/api/datasets/ads/anomalies?days=0"), 400);
  }));

Deno.test("days that may still change raise no anomaly, and a new level is one with both levels", () =>
  withApp(async (app) => {
    const today = new Date().toISOString().slice(0, 10);
    const from = daysBetween(START, today) - 150;
    // Yesterday is far off, and 40 days ago the level rose by half for good.
    const change = (spend: number, _campaign: string, at: number) =>
      (at - from >= 110 ? 1.5 : 1) * (at - from === 149 ? 5 : 1) * spend;
    await importFile(app, csv(150, { from, change }));
    const found = await listed(app, "metric=spend", (all) => all.length > 0);
    assert.deepEqual(found.map(({ kind }) => kind), ["level"]);
    assert.ok(Math.abs(daysBetween(found[0]!.day, addDays(START, from + 110))) <= 1);
    assert.ok(Math.abs(found[0]!.actual / found[0]!.expected - 1.5) < 0.1);
    assert.match(found[0]!.sentence, /^Spend keeps another level from .* on: €\d+\.?\d* a day instead of €\d+/);
  }));

async function stored({ services }: TestApp) {
  const { items } = await services.documents.list(anomaliesCollection, "default", { limit: 1_000 });
  return items.map(({ doc }) => doc);
}

async function one(app: TestApp, id: string, as: (anomaly: ShownAnomaly) => boolean): Promise<ShownAnomaly> {
  const all = await listed(app, "", (all) => all.some((anomaly) => anomaly.id === id && as(anomaly)));
  return all.find((anomaly) => anomaly.id === id)!;
}

/** What is answered, once the job that an import puts into the queue has ended and `as` holds. */
async function listed(app: TestApp, search: string, as = (_all: ShownAnomaly[]) => true): Promise<ShownAnomaly[]> {
  const until = performance.now() + 60_000;
  for (;;) {
    await app.services.jobs.wake();
    const response = await app.fetch(`/api/datasets/ads/anomalies?${search}`);
    assert.equal(response.status, 200, await response.clone().text());
    const { anomalies } = anomaliesAnswerSchema.parse(await response.json());
    const run = await app.services.documents.get(jobRunsCollection, "default", `${FORECASTS_JOB}:ads`);
    if (run?.doc.state === "done" && as(anomalies)) return anomalies;
    assert.ok(
      performance.now() < until,
      `not there: ${JSON.stringify(anomalies)}, ${run?.doc.state} ${run?.doc.error}`,
    );
    await pause(50, app.services.stopping);
  }
}
