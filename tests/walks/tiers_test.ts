/** Campaign tiers from import to page: told by the job, kept once, hidden while there is too little to learn from. */
import assert from "node:assert/strict";
import { FORECASTS_JOB } from "@/lib/ingest/job_names.ts";
import { forecastDataset } from "@/lib/jobs/forecasts.ts";
import { jobRunsCollection } from "@/lib/jobs/job_run.ts";
import { tiersCollection } from "@/lib/forecast/tiers/stored_tiers.ts";
import { addDays } from "@/lib/model/calendar.ts";
import { dashboardSchema, type TiersAnswer, tiersAnswerSchema } from "@/lib/model/mod.ts";
import { pause } from "@/lib/pause.ts";
import { importFile, json, withApp } from "@/tests/attacks/outside.ts";
import type { TestApp } from "@/tests/test_app.ts";

const START = "2025-01-06";
const DAYS = 14 * 20;

/** Nine campaigns that keep to their kind: the first three are steady, the next waste, the last grow. */
function csv(from: number, days: number): string {
  const lines = ["date,platform,account,campaign,currency,impressions,clicks,spend,conversions,conversion_value"];
  for (let at = from; at < from + days; at++) {
    for (let campaign = 0; campaign < 9; campaign++) {
      const [wasteful, rising] = [campaign >= 3 && campaign < 6, campaign >= 6];
      const growth = rising ? 1.012 ** at : 1;
      const spend = (20 + 3 * campaign + (at * 37 + campaign) % 5) * growth;
      const clicks = Math.round(spend * (rising ? 4 : 2));
      const value = spend * (wasteful ? 0.5 : 5);
      const name = `${wasteful ? "Video" : rising ? "Launch" : "Brand"} ${campaign}`;
      const row = [addDays(START, at), "google_ads", "Shop", name, "EUR", clicks * 30, clicks, spend.toFixed(2)];
      lines.push([...row, (value / 40).toFixed(2), value.toFixed(2)].join(","));
    }
  }
  return lines.join("\n") + "\n";
}

Deno.test("tiers are told from final numbers, beside how right they were, and kept once", () =>
  withApp(async (app) => {
    assert.deepEqual(await tiers(app), { state: "none" });
    await importFile(app, csv(0, 60));
    const few = await told(app, ({ state }) => state !== "none");
    assert.ok(few.state === "too-little");
    assert.deepEqual([few.have, few.need, few.known < few.needKnown], [56, 140, true]);

    await importFile(app, csv(60, DAYS - 60), "dataset=ads&filename=more.csv");
    const ready = await told(app, ({ state }) => state === "ready");
    assert.ok(ready.state === "ready");
    const { accuracy, campaigns, from, to, result } = ready;
    assert.deepEqual([from, to], [addDays(START, DAYS - 28), addDays(START, DAYS - 1)]);
    assert.equal(result.name, "conversion_value");
    assert.ok(accuracy.beats && accuracy.accuracy > 0.8, JSON.stringify(accuracy));
    assert.equal(campaigns.length, 9);
    const kinds = { Brand: "steady", Video: "wasteful", Launch: "rising" } as Record<string, string>;
    for (const { campaign, tier } of campaigns) assert.equal(tier, kinds[campaign.split(" ")[0]!], campaign);
    const [video] = campaigns.filter(({ campaign }) => campaign === "Video 4");
    assert.ok(Math.abs(video!.roas! - 0.5) < 0.01 && Math.abs(video!.spend - 28 * 34) < 28 * 3);
    assert.ok(video!.neighbours.every(({ campaign }) => campaign.startsWith("Video") && campaign !== "Video 4"));

    // The same data is not told anew, by two runs at once neither.
    const { services } = app;
    const before = await services.documents.get(tiersCollection, "default", "ads");
    const context = { workspace: "default", log: services.log, confirm: () => Promise.resolve() };
    const { signal } = new AbortController();
    await Promise.all([1, 2].map(() => forecastDataset(services, { ...context, signal }, "ads")));
    assert.equal((await services.documents.get(tiersCollection, "default", "ads"))?.version, before?.version);

    const page = await (await app.fetch("/data/datasets/ads/forecasts")).text();
    assert.match(page, /Campaign tiers.*right \d+% of the time, \d+% by always saying/s);
    const place = { x: 0, y: 0, w: 8, h: 5 };
    const within = { field: "campaign", op: "starts-with", value: "Launch" };
    const tile = { id: "tiers", widget: "campaign-tiers", widgetVersion: 1, title: "", options: { within }, place };
    const bar = { dataset: "ads", dimensions: [] };
    const dashboard = dashboardSchema.parse({ id: "tiers", title: "Tiers", filterBar: bar, placements: [tile] });
    assert.equal((await app.fetch("/api/dashboards", json(dashboard))).status, 201);
    const board = await (await app.fetch("/dashboards/tiers")).text();
    assert.match(board, /Launch 8.*Rising/s);
    assert.doesNotMatch(board, /Video 4/);
  }));

async function tiers(app: TestApp): Promise<TiersAnswer> {
  const response = await app.fetch("/api/datasets/ads/tiers");
  assert.equal(response.status, 200, await response.clone().text());
  return tiersAnswerSchema.parse(await response.json());
}

/** What is answered once the job that an import puts into the queue has ended and `as` holds. */
async function told(app: TestApp, as: (answer: TiersAnswer) => boolean): Promise<TiersAnswer> {
  const until = performance.now() + 240_000;
  for (;;) {
    await app.services.jobs.wake();
    const answer = await tiers(app);
    const run = await app.services.documents.get(jobRunsCollection, "default", `${FORECASTS_JOB}:ads`);
    if (run?.doc.state === "done" && as(answer)) return answer;
    assert.ok(performance.now() < until, `not told: ${JSON.stringify(answer)}, ${run?.doc.state} ${run?.doc.error}`);
    await pause(50, app.services.stopping);
  }
}
