import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "@/lib/errors.ts";
import { forecastSeries, type SeriesForecast, type SeriesOptions } from "./mod.ts";

const MONTHS = { grain: "month", horizon: 18 } as const satisfies SeriesOptions;
const DAYS = { grain: "day", horizon: 28 } as const satisfies SeriesOptions;

/** Numbers that look random and are the same every time. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648 - 0.5;
  };
}

function seasonal(length: number, season: number, wobble = 5): number[] {
  const next = noise(length);
  return Array.from({ length }, (_, t) => 200 + 0.5 * t + 60 * Math.sin(2 * Math.PI * t / season) + wobble * next());
}

function assertSound(forecast: SeriesForecast, horizon: number): void {
  const { path, bands80, bands95 } = forecast;
  for (const line of [path, bands80.lower, bands80.upper, bands95.lower, bands95.upper]) {
    assert.equal(line.length, horizon);
    assert(line.every(Number.isFinite), `not finite: ${line.join(" ")}`);
  }
  path.forEach((value, h) => {
    const [low95, low80, high80, high95] = [bands95.lower, bands80.lower, bands80.upper, bands95.upper].map((b) =>
      b[h]
    );
    const order = [low95, low80, value, high80, high95] as number[];
    const slack = 1e-9 * Math.max(...order.map(Math.abs));
    for (let i = 1; i < order.length; i++) {
      assert((order[i] as number) >= (order[i - 1] as number) - slack, `bounds cross at ${h}: ${order.join(" ")}`);
    }
  });
  const whole = Object.values(forecast.weights).reduce((sum, weight) => sum + weight, 0);
  assert(Math.abs(whole - 1) < 1e-9, `weights add up to ${whole}`);
}

Deno.test("forecastSeries() follows trend and season, and beats the seasonal naive by looking back", () => {
  const forecast = forecastSeries(seasonal(96, 12), MONTHS);
  assertSound(forecast, 18);
  forecast.path.forEach((value, h) => {
    const expected = 200 + 0.5 * (96 + h) + 60 * Math.sin(2 * Math.PI * (96 + h) / 12);
    assert(Math.abs(value - expected) < 8, `${value} at ${h}, expected about ${expected}`);
  });
  assert.equal(forecast.model, "combination");
  assert.equal(forecast.backtest.beatsNaive, true);
  assert(forecast.backtest.mae! < forecast.backtest.naive.mae!);
  assert.deepEqual(forecast.notes, []);
});

Deno.test("forecastSeries() knows weekdays, and with two years the time of year", () => {
  const next = noise(7);
  const day = (t: number) => (t % 7 < 5 ? 100 : 60) * (1 + 0.4 * Math.sin(2 * Math.PI * t / 365));
  const series = Array.from({ length: 740 }, (_, t) => day(t) * (1 + 0.05 * next()));
  const forecast = forecastSeries(series, { grain: "day", horizon: 60, nonNegative: true });
  assertSound(forecast, 60);
  const off = forecast.path.reduce((sum, value, h) => sum + Math.abs(value - day(740 + h)), 0) / 60;
  const naive = Array.from({ length: 60 }, (_, h) => Math.abs(series[733 + h % 7]! - day(740 + h)));
  assert(off < naive.reduce((sum, value) => sum + value, 0) / 60 / 2, `off by ${off} a day, the naive by ${naive}`);
  assert(forecast.weights["yearly"]! > 0.3, `the time of year has the weight ${forecast.weights["yearly"]}`);
  // The newest weeks of two years may still change, and are not learned from.
  const almost = forecastSeries(series.slice(0, 700), { grain: "day", horizon: 60, nonNegative: true });
  assert(almost.weights["yearly"]! > 0.3, `of 700 days it has the weight ${almost.weights["yearly"]}`);
});

Deno.test("forecastSeries() shows the naive and says so where nothing beats it", () => {
  const forecast = forecastSeries(Array.from({ length: 60 }, (_, t) => (t % 12) ** 2), MONTHS);
  assertSound(forecast, 18);
  assert.equal(forecast.model, "seasonal-naive");
  assert.deepEqual(forecast.weights, { "seasonal-naive": 1 });
  assert.equal(forecast.backtest.beatsNaive, false);
  assert.deepEqual(forecast.notes.map(({ code }) => code), ["naive-is-best"]);
  assert.deepEqual(forecast.path, Array.from({ length: 18 }, (_, h) => (h % 12) ** 2));
});

Deno.test("forecastSeries() says what is missing where the history is short", () => {
  const short = forecastSeries([3, 5, 4, 6, 5, 7, 6, 8, 7, 9], { ...MONTHS, horizon: 3 });
  assertSound(short, 3);
  assert.match(short.notes.find(({ code }) => code === "too-short")?.message ?? "", /10 of the 24 .* until 14 more/);
  const one = forecastSeries([42], MONTHS);
  assertSound(one, 18);
  assert(one.path.every((value) => Math.abs(value - 42) < 1e-9));
  assert(one.bands95.upper[0]! > 60 && one.bands95.lower[0]! < 24, "one point says little, and so must its band");
  assert.deepEqual(one.notes.map(({ code }) => code), ["constant", "too-short", "short-history"]);
  assert.equal(one.backtest.beatsNaive, null);
});

Deno.test("forecastSeries() expects of a constant series the same, and of zeros zero", () => {
  for (const value of [0, 7, -3]) {
    for (const length of [2, 30, 100]) {
      const forecast = forecastSeries(Array.from({ length }, () => value), { ...DAYS, nonNegative: value >= 0 });
      assertSound(forecast, 28);
      assert(forecast.path.every((expected) => Math.abs(expected - value) < 1e-9), forecast.path.join(" "));
      assert(forecast.notes.some(({ code }) => code === (value === 0 ? "all-zero" : "constant")));
    }
  }
});

Deno.test("forecastSeries() never goes below zero for counts and money", () => {
  const series = seasonal(120, 7).map((value, t) => Math.max(0, value - 2 * t));
  const forecast = forecastSeries(series, { ...DAYS, nonNegative: true });
  assertSound(forecast, 28);
  for (const line of [forecast.path, forecast.bands80.lower, forecast.bands95.lower]) {
    assert(line.every((value) => value >= 0));
  }
});

Deno.test("forecastSeries() takes ten years of days", () => {
  const forecast = forecastSeries(seasonal(3_650, 7), { ...DAYS, horizon: 90 });
  assertSound(forecast, 90);
});

Deno.test("forecastSeries() refuses what it cannot use, and says why", () => {
  assert.throws(() => forecastSeries([], MONTHS), InputError);
  assert.throws(() => forecastSeries([1, Infinity, 2], MONTHS), /point 2 of 3 is Infinity/);
  assert.throws(() => forecastSeries([1, 2], { ...MONTHS, horizon: 0 }), /from 1 to 400/);
  assert.throws(() => forecastSeries([1, 2], { ...MONTHS, horizon: 1.5 }), /from 1 to 400/);
});

const anySeries = fc.oneof(
  fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 80 }),
  fc.array(fc.double({ min: 1e-300, max: 1e-290, noNaN: true }), { minLength: 1, maxLength: 60 }),
);

Deno.test("forecastSeries() gives finite numbers for any finite series, the same each time", () => {
  fc.assert(
    fc.property(anySeries, fc.constantFrom(4, 7, 12), fc.integer({ min: 1, max: 20 }), (series, season, horizon) => {
      const options = { grain: "month", seasons: [season], horizon } as const;
      const forecast = forecastSeries(series, options);
      assertSound(forecast, horizon);
      assert.deepEqual(forecastSeries(series, options), forecast);
    }),
    { numRuns: 60 },
  );
});

Deno.test("forecastSeries() scales with the series", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 2, maxLength: 60 }), (series) => {
      // A power of two, so that nothing is rounded: the searches inside then take the very same steps.
      const [once, often] = [series, series.map((value) => value * 1024)].map((s) => forecastSeries(s, MONTHS));
      assert.deepEqual(often!.path, once!.path.map((value) => value * 1024));
      assert.deepEqual(often!.bands95.upper, once!.bands95.upper.map((value) => value * 1024));
    }),
    { numRuns: 40 },
  );
});
