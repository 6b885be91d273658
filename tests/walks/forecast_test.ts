/** Forecasts from import to page: what was said, what came of it, and that each is made once. */
import assert from "node:assert/strict";
import { addDays } from "@/lib/model/calendar.ts";
import { forecastResultSchema } from "@/lib/model/mod.ts";
import { importFile, json, problemOf, withApp } from "@/tests/attacks/outside.ts";

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
