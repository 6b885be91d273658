/** Forecasts from import to page: what was said, what came of it, and that each is made once. */
import assert from "node:assert/strict";
import { accuracyReportsCollection } from "@/lib/forecast/accuracy_report.ts";
import { forecastsCollection, type StoredForecast } from "@/lib/forecast/stored_forecast.ts";
import { FORECASTS_JOB } from "@/lib/ingest/job_names.ts";
import { forecastDataset } from "@/lib/jobs/forecasts.ts";
import { jobRunsCollection } from "@/lib/jobs/job_run.ts";
import { addDays } from "@/lib/model/calendar.ts";
import { forecastResultSchema } from "@/lib/model/mod.ts";
import { importFile, json, problemOf, withApp } from "@/tests/attacks/outside.ts";
import { pause } from "@/lib/pause.ts";
import type { TestApp } from "@/tests/test_app.ts";

const START = "2025-01-06"; // a Monday

/** Days of one campaign whose spend has a weekly pattern; a quiet campaign beside it reports every day. */
function csv(days: number, { from = 0, currency = "EUR" } = {}): string {
  const lines = ["date,platform,account,campaign,currency,impressions,clicks,spend,conversions,conversion_value"];
  for (let at = from; at < from + days; at++) {
    const spend = 100 + 20 * (at % 7) + (at * 37 % 11);
    const day = addDays(START, at);
    const clicks = Math.round(spend / 2);
    lines.push(`${day},google_ads,Shop,Brand,${currency},${clicks * 20},${clicks},${spend},${at % 5},${3 * spend}`);
    lines.push(`${day},google_ads,Shop,Quiet,${currency},100,1,1,0,0`);
  }
  return lines.join("\n") + "\n";
}

Deno.test("POST /api/forecast answers path, bands, model and backtest, the same each time", () =>
  withApp(async (app) => {
    await importFile(app, csv(200));
    const ask = async (body: object) => {
      const response = await app.fetch("/api/forecast", json({ dataset: "ads", metrics: ["spend"], ...body }));
      assert.equal(response.status, 200, await response.clone().text());
      return forecastResultSchema.parse(await response.json());
    };
    const total = await ask({ horizon: 14 });
    assert.equal(total.points.length, 14);
    assert.equal(total.points[0]?.period, addDays(START, 200));
    assert.deepEqual(total.trained, { from: START, to: addDays(START, 199), periods: 200 });
    assert.equal(total.currency, "EUR");
    for (const [ahead, point] of total.points.entries()) {
      const expected = 101 + 20 * ((200 + ahead) % 7) + 5;
      assert.ok(Math.abs(point.value - expected) < 12, `${point.period}: ${point.value}, not near ${expected}`);
      assert.ok(point.lower95 <= point.lower80 && point.lower80 <= point.value && point.value <= point.upper80);
      assert.ok(point.upper80 <= point.upper95 && point.lower95 >= 0);
    }
    assert.ok(total.backtest.origins > 0 && total.backtest.naive.mae !== null);
    assert.deepEqual(await ask({ horizon: 14 }), total);

    const brand = { field: "campaign", op: "equals", value: "Brand" };
    const weeks = await ask({ horizon: 4, grain: "week", filters: brand });
    assert.equal(weeks.points[0]?.period, addDays(START, 196), "the week that is not whole is left out");
    assert.equal(weeks.trained.periods, 28);

    const ctr = await ask({ metrics: ["ctr"], horizon: 7, filters: brand });
    for (const { value, lower80, upper80 } of ctr.points) {
      assert.ok(Math.abs(value - 0.05) < 1e-6, "the ratio of its parts");
      assert.ok(lower80 <= value && value <= upper80);
    }
    assert.ok(ctr.notices.some(({ code }) => code === "from-parts"));
  }));

Deno.test("POST /api/forecast says what the month under way comes to, with a band of the sum", () =>
  withApp(async (app) => {
    await importFile(app, csv(200)); // up to 24 July
    const ask = (body: object) =>
      app.fetch("/api/forecast", json({ dataset: "ads", metrics: ["spend"], horizon: 1, ...body }));
    const response = await ask({ total: "month" });
    assert.equal(response.status, 200, await response.clone().text());
    const { total, points } = forecastResultSchema.parse(await response.json());
    assert.ok(total);
    assert.deepEqual([total.from, total.to], ["2025-07-01", "2025-07-31"]);
    assert.equal(points.at(-1)?.period, "2025-07-31", "the horizon reaches the month's end");
    assert.equal(total.course.length, 24);
    const spend = (at: number) => 101 + 20 * (at % 7) + (at * 37 % 11);
    const sum = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => spend(from + i)).reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(total.settled - sum(176, 200)) < 1e-6);
    assert.equal(total.course.at(-1)?.value, total.settled);
    const end = total.points.at(-1)!;
    assert.equal(end.period, "2025-07-31");
    assert.ok(Math.abs(end.value - points.reduce((all, { value }) => all + value, total.settled)) < 1e-6);
    assert.ok(end.lower80 < end.value && end.lower80 > total.settled && end.upper95 > end.upper80);
    const bands = points.reduce((all, { upper80, lower80 }) => all + upper80 - lower80, 0);
    assert.ok(end.upper80 - end.lower80 < bands, "errors of days partly cancel each other out");

    const ratio = await problemOf(await ask({ metrics: ["roas"], total: "month" }), 422);
    assert.equal(ratio.code, "not-a-sum");
    assert.equal((await problemOf(await ask({ total: "year" }), 400)).field, "total");
    assert.equal((await problemOf(await ask({ total: "month", grain: "week" }), 400)).field, "total");
  }));

Deno.test("POST /api/forecast says what is missing, and refuses what cannot be forecast", () =>
  withApp(async (app) => {
    await importFile(app, csv(10));
    const refused = async (body: object, status = 422) =>
      await problemOf(await app.fetch("/api/forecast", json({ dataset: "ads", metrics: ["spend"], ...body })), status);
    const short = await refused({});
    assert.deepEqual([short.code, short.have, short.need], ["too-short", 10, 14]);
    assert.match(String(short.detail), /10 of the 14 whole days that it takes; 4 more are needed/);
    assert.equal((await refused({ grain: "year" }, 400)).field, "grain");
    assert.equal((await refused({ metrics: ["spend", "clicks"] }, 400)).field, "metrics");
    assert.equal((await refused({ dimensions: ["campaign"] }, 400)).field, "dimensions");
    assert.equal((await refused({ horizon: 0 }, 400)).field, "horizon");
    assert.match(String((await refused({ metrics: ["spendd"] })).detail), /did you mean "spend"/);
    await importFile(app, csv(30, { from: 10, currency: "USD" }), "dataset=ads&filename=usd.csv");
    const mixed = await refused({});
    assert.equal(mixed.code, "several-currencies");
    assert.match(String(mixed.detail), /EUR and USD, which do not add up/);
  }));

Deno.test("days that platforms still correct are left out of what models learn", () =>
  withApp(async (app) => {
    const today = new Date().toISOString().slice(0, 10);
    const shift = Math.round((Date.parse(today) - Date.parse(START)) / 86_400_000) - 90;
    await importFile(app, csv(90, { from: shift }));
    const forecast = async (metric: string) => {
      const response = await app.fetch("/api/forecast", json({ dataset: "ads", metrics: [metric], horizon: 7 }));
      assert.equal(response.status, 200, await response.clone().text());
      return forecastResultSchema.parse(await response.json());
    };
    for (const metric of ["spend", "conversions"]) {
      const { trained, maturityDays, complete, points, actuals } = await forecast(metric);
      assert.equal(complete, addDays(today, -1));
      assert.equal(trained.to, addDays(today, -maturityDays));
      assert.ok(maturityDays >= 3);
      assert.equal(points.at(-1)?.period, addDays(complete, 7));
      assert.deepEqual(actuals.filter(({ final }) => !final).length, maturityDays - 1);
    }
  }));

Deno.test("forecasts are kept after an import, settled by the next, and outdated by a rollback", () =>
  withApp(async (app) => {
    const first = await importFile(app, csv(100));
    const made = await kept(app, (all) => all.length > 0);
    const spend = totalOf(made, "spend");
    assert.match(await (await app.fetch("/data/datasets/ads/forecasts")).text(), /\d+ forecasts are kept/);
    assert.equal(spend.trainedTo, addDays(START, 99));
    assert.equal(spend.forecast.points.length, 60);
    assert.equal(spend.state, "open");
    assert.ok(made.some(({ question }) => JSON.stringify(question.filters)?.includes("Brand")));
    assert.ok(made.every(({ settled }) => settled.every(({ first }) => first === null)));

    await importFile(app, csv(5, { from: 100 }), "dataset=ads&filename=next.csv");
    const next = await kept(app, (all) => totalOf(all, "spend").settled.some(({ first }) => first !== null));
    const settled = totalOf(next, "spend").settled.filter(({ first }) => first !== null);
    assert.deepEqual(settled.map(({ period }) => period), [100, 101, 102, 103, 104].map((at) => addDays(START, at)));
    assert.equal(settled[0]?.final?.value, settled[0]?.first?.value);
    assert.ok(Math.abs(settled[0]!.first!.value - spend.forecast.points[0]!.value) < 15);
    const newer = await kept(app, (all) => all.some(({ trainedTo }) => trainedTo === addDays(START, 104)));
    assert.equal(new Set(newer.map(({ series, trainedTo }) => `${series} ${trainedTo}`)).size, newer.length);

    const report = await app.services.documents.get(accuracyReportsCollection, "default", "ads");
    assert.ok(report?.doc.overall && report.doc.overall.error < 0.2);
    const page = await (await app.fetch("/data/datasets/ads/forecasts")).text();
    assert.match(page, /Accuracy over time.*Calibration.*By distance.*By model.*Worst misses/s);
    assert.match(page, /<svg[^>]*class="calibration"/);

    assert.equal((await app.fetch(`/api/imports/${first.id}/rollback`, { method: "POST" })).status, 200);
    const outdated = await kept(app, (all) => all.every(({ state }) => state === "outdated"));
    assert.ok(outdated.every(({ outdated }) => outdated?.reason === "rollback"));
  }));

Deno.test("forecasts are made again after an import is taken back, and again when it is in its place again", () =>
  withApp(async (app) => {
    await importFile(app, csv(100));
    await kept(app, (all) => all.length > 0);
    // Twenty days at ten times the spend, in the middle of what was learned.
    const wild = csv(20, { from: 50 }).split("\n").map((line) => line.replace(/(EUR,\d+,\d+,)(\d+)/, "$1$20")).join(
      "\n",
    );
    const correction = await importFile(app, wild, "dataset=ads&filename=wild.csv");
    const newest = (all: StoredForecast[]) =>
      all.filter(({ question }) => question.metrics[0] === "spend" && !question.filters)
        .toSorted((a, b) => a.forecast.version - b.forecast.version);
    const [first] = newest(await kept(app, (all) => all.length > 0));
    // What a later file corrects is no reason to forget what was said: only its next day is forecast from that.
    assert.equal(first?.state, "open");

    const turn = async (action: string) =>
      assert.equal((await app.fetch(`/api/imports/${correction.id}/${action}`, { method: "POST" })).status, 200);
    // The first was made before the correction, so it learned from what stands again: only what saw it is outdated.
    await turn("rollback");
    await kept(app, (all) => newest(all).every(({ state }) => state === "open"));
    await importFile(app, csv(1, { from: 100 }), "dataset=ads&filename=next.csv");
    const before = newest(await kept(app, (all) => newest(all).length === 2)).at(-1)!;

    await turn("restore");
    const again = newest(await kept(app, (all) => newest(all).length === 3));
    const [outdated] = again.filter(({ id }) => id === before.id);
    assert.deepEqual([outdated?.state, outdated?.outdated?.reason], ["outdated", "restore"]);
    assert.equal(again.at(-1)?.trainedTo, before.trainedTo, "the same days, with what they are now");
    assert.notDeepEqual(again.at(-1)?.forecast.points, before.forecast.points);
    const page = async () => await (await app.fetch("/data/datasets/ads/forecasts")).text();
    assert.match(await page(), /\d+ outdated: an import is in its place again/);

    await turn("rollback");
    const back = newest(await kept(app, (all) => newest(all).length === 4));
    assert.deepEqual(back.map(({ state, outdated }) => outdated?.reason ?? state), [
      "open",
      "restore",
      "rollback",
      "open",
    ]);
    assert.deepEqual(back.at(-1)?.forecast.points, before.forecast.points, "what was said without it is said again");
    assert.match(await page(), /outdated: an import (is in its place again|was taken back), or an import/);
  }));

Deno.test("two runs at once make every forecast once, and one that is broken off is taken up where it was", () =>
  withApp(async (app) => {
    const { services } = app;
    await importFile(app, csv(100));
    await kept(app, (all) => all.length > 0);
    const before = (await list(app)).map(({ id }) => id).sort();
    for (const id of before) await services.documents.delete(forecastsCollection, "default", id);

    const context = { workspace: "default", log: services.log, confirm: () => Promise.resolve() };
    let confirmed = 0;
    const dying = {
      ...context,
      signal: new AbortController().signal,
      confirm: () => ++confirmed > 2 ? Promise.reject(new Error("killed")) : Promise.resolve(),
    };
    await assert.rejects(forecastDataset(services, dying, "ads"), /killed/);
    const begun = (await list(app)).map(({ id, made }) => `${id} ${made}`);
    assert.equal(begun.length, 2);

    const { signal } = new AbortController();
    await Promise.all([
      forecastDataset(services, { ...context, signal }, "ads"),
      forecastDataset(services, { ...context, signal }, "ads"),
    ]);
    const after = await list(app);
    assert.deepEqual(after.map(({ id }) => id).sort(), before);
    for (const one of begun) assert.ok(after.some(({ id, made }) => `${id} ${made}` === one), "made once");
  }));

async function list({ services }: TestApp): Promise<StoredForecast[]> {
  const { items } = await services.documents.list(forecastsCollection, "default", { limit: 1_000 });
  return items.map(({ doc }) => doc);
}

/** What is kept, once the job that an import puts into the queue has ended and `as` holds. */
async function kept(app: TestApp, as: (all: StoredForecast[]) => boolean): Promise<StoredForecast[]> {
  const until = performance.now() + 60_000;
  for (;;) {
    await app.services.jobs.wake();
    const all = await list(app);
    const run = await app.services.documents.get(jobRunsCollection, "default", `${FORECASTS_JOB}:ads`);
    if (run?.doc.state === "done" && as(all)) return all;
    assert.ok(performance.now() < until, `forecasts are not there: ${all.length}, ${run?.doc.state} ${run?.doc.error}`);
    await pause(50, app.services.stopping);
  }
}

function totalOf(all: StoredForecast[], metric: string): StoredForecast {
  const own = all.filter(({ question }) => question.metrics[0] === metric && !question.filters);
  const [oldest] = own.toSorted((a, b) => a.trainedTo < b.trainedTo ? -1 : 1);
  assert.ok(oldest, metric);
  return oldest;
}
