import assert from "node:assert/strict";
import { addDays } from "@/lib/model/calendar.ts";
import { accuracyReport, plainName } from "./accuracy_report.ts";
import { settledBy } from "./settle_forecasts.ts";
import { type StoredForecast, storedForecastSchema } from "./stored_forecast.ts";

const START = "2026-03-02"; // a Monday

/** A forecast of 100 for ten days, ± 10 and ± 20; the last season repeated says 90. */
function stored(more: Partial<StoredForecast> = {}): StoredForecast {
  const points = Array.from({ length: 10 }, (_, ahead) => ({
    period: addDays(START, ahead),
    value: 100,
    lower80: 90,
    upper80: 110,
    lower95: 80,
    upper95: 120,
    naive: 90,
  }));
  const none = { mase: null, smape: null, mae: null };
  return storedForecastSchema.parse({
    id: "s.1",
    dataset: "ads",
    series: "s",
    question: { dataset: "ads", metrics: ["spend"] },
    trainedTo: addDays(START, -1),
    made: "2026-03-02T00:00:00.000Z",
    forecast: {
      dataset: "ads",
      metric: { name: "spend", title: "Spend", format: "currency", better: "none" },
      filters: { field: "campaign", op: "equals", value: "Brand" },
      grain: "day",
      currency: "EUR",
      version: 1,
      definition: "d",
      trained: { from: "2026-01-01", to: addDays(START, -1), periods: 60 },
      maturityDays: 3,
      complete: addDays(START, -1),
      points,
      model: "theta",
      weights: { theta: 1 },
      backtest: { origins: 0, points: 0, ...none, naive: none, beatsNaive: null, members: {} },
      filled: [],
      notices: [],
    },
    state: "open",
    settled: points.map(({ period }) => ({ period, first: null, final: null })),
    ...more,
  });
}

function came(values: number[], final: number) {
  return { actuals: values.map((value, at) => ({ period: addDays(START, at), value, final: at < final })) };
}

Deno.test("settledBy() settles once when a period is over and again when it is final, and keeps both", () => {
  const first = settledBy(stored(), came([105, 95, 130], 0), "2026-03-05T00:00:00.000Z");
  assert.ok(first);
  assert.deepEqual(first.settled[0], {
    period: START,
    first: { value: 105, at: "2026-03-05T00:00:00.000Z" },
    final: null,
  });
  assert.equal(settledBy(first, came([105, 95, 130], 0), "2026-03-06T00:00:00.000Z"), null, "nothing new came");
  const second = settledBy(first, came([109, 95, 130], 1), "2026-03-07T00:00:00.000Z");
  assert.deepEqual(second?.settled[0]?.first?.value, 105);
  assert.deepEqual(second?.settled[0]?.final, { value: 109, at: "2026-03-07T00:00:00.000Z" });
  assert.equal(second?.state, "open");
  const all = settledBy(stored(), came(Array.from({ length: 10 }, () => 100), 10), "2026-04-01T00:00:00.000Z");
  assert.equal(all?.state, "settled");
});

Deno.test("accuracyReport() tells error beside repeating, coverage and misses, by week, model and distance", () => {
  const doc = settledBy(stored(), came([105, 95, 130, 100, 100, 100, 100, 100, 85, 100], 10), "x");
  assert.ok(doc);
  const report = accuracyReport("ads", [doc, stored({ id: "s.0", state: "outdated" })], { made: "now" });
  assert.deepEqual([report.forecasts, report.outdated], [2, 1]);
  const { overall, weeks, models, distances, misses } = report;
  assert.equal(overall?.periods, 10);
  // |5| + |5| + |30| + |15| of 1,015 that came; repeating: 15 + 5 + 40 + 10 × 6 + 5.
  assert.ok(Math.abs((overall?.error ?? 0) - 55 / 1_015) < 1e-12);
  assert.ok(Math.abs((overall?.naive ?? 0) - 125 / 1_015) < 1e-12);
  assert.deepEqual([overall?.inside80, overall?.inside95], [0.8, 0.9]);
  assert.deepEqual(weeks.map(({ week, periods }) => [week, periods]), [["2026-03-02", 7], ["2026-03-09", 3]]);
  assert.deepEqual(models.map(({ model, forecasts }) => [model, forecasts]), [["theta", 1]]);
  assert.deepEqual(distances.map(({ title, periods }) => [title, periods]), [["1 to 7 ahead", 7], [
    "8 to 28 ahead",
    3,
  ]]);
  assert.deepEqual(misses.map(({ period, came, of, times }) => [period, came, of, times]), [
    ["2026-03-04", 130, "Brand", 1.5],
  ]);
});

Deno.test("accuracyReport() tells misses by names, not by ids or stored words", () => {
  const filters = {
    and: [
      { field: "platform", op: "equals", value: "google_ads" },
      { field: "campaign_id", op: "in", value: ["17", "18"] },
    ],
  };
  const one = stored();
  const doc = settledBy(
    storedForecastSchema.parse({ ...one, forecast: { ...one.forecast, filters } }),
    came([150], 1),
    "x",
  );
  assert.ok(doc);
  const nameOf = (field: string, value: string | number) =>
    field === "campaign_id" && value === "17" ? "Brand" : plainName(field, value);
  const { misses } = accuracyReport("ads", [doc], { made: "now", nameOf });
  assert.deepEqual(misses.map(({ of }) => of), ["Google Ads, Brand, 18"]);
});

Deno.test("accuracyReport() of forecasts that nothing came of has no figures", () => {
  const { overall, weeks, misses } = accuracyReport("ads", [stored()], { made: "now" });
  assert.deepEqual([overall, weeks, misses], [null, [], []]);
});
