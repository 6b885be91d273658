import assert from "node:assert/strict";
import { InputError, UnavailableError } from "@/lib/errors.ts";
import { detect } from "./anomalies/detect.ts";
import { forecastSeries } from "./models/mod.ts";
import { openForecastPool } from "./pool.ts";

const SERIES = Array.from({ length: 48 }, (_, t) => 100 + t + 20 * Math.sin(2 * Math.PI * t / 12));
const OPTIONS = { grain: "month", horizon: 6 } as const;

Deno.test("openForecastPool() answers what forecastSeries() does, from other threads", async () => {
  const pool = openForecastPool({ workers: 2 });
  try {
    const answers = await Promise.all([1, 2, 3].map((factor) => pool.forecast(SERIES.map((v) => v * factor), OPTIONS)));
    assert.deepEqual(answers, [1, 2, 3].map((factor) => forecastSeries(SERIES.map((v) => v * factor), OPTIONS)));
    const days = Array.from({ length: 90 }, (_, at) => at === 80 ? 300 : 100 + at % 7);
    const found = await pool.detect(days);
    assert.deepEqual(found, detect(days));
    assert.ok(found.suspects.some(({ at }) => at === 80));
  } finally {
    pool.close();
  }
});

Deno.test("openForecastPool() rejects a series that cannot be used, and goes on", async () => {
  const pool = openForecastPool();
  try {
    await assert.rejects(pool.forecast([1, NaN], OPTIONS), (error) => {
      assert(error instanceof InputError);
      assert.equal(error.code, "bad-series");
      assert.match(error.message, /point 2 of 2 is NaN/);
      return true;
    });
    assert.equal((await pool.forecast([5, 5, 5], OPTIONS)).path.length, 6);
  } finally {
    pool.close();
  }
});

Deno.test("openForecastPool() rejects what waits when it is closed, and what comes later", async () => {
  const pool = openForecastPool();
  const waiting = assert.rejects(pool.forecast(SERIES, OPTIONS), UnavailableError);
  pool.close();
  await waiting;
  await assert.rejects(pool.forecast(SERIES, OPTIONS), UnavailableError);
});
