import assert from "node:assert/strict";
import { addDays } from "@/lib/model/calendar.ts";
import { forecastSeries, type SeriesOptions } from "../models/mod.ts";
import { lookBack } from "./watch_series.ts";

const MONDAY = "2026-01-05";
const periods = Array.from({ length: 84 }, (_, at) => addDays(MONDAY, at));
const own = periods.map((_, at) => 100 + at % 7 * 10 + at % 3);

/** Forecasts for real, and counts how often; the first so many fail. */
function counted(failing = 0) {
  let asked = 0;
  return {
    asked: () => asked,
    forecast(series: readonly number[], options: SeriesOptions) {
      if (++asked <= failing) return Promise.reject(new Error("the thread ended"));
      return Promise.resolve(forecastSeries(series, options));
    },
  };
}

Deno.test("lookBack() forecasts a week once for all its days, as long as the numbers before it stand", async () => {
  const forecasts = counted();
  const look = (values: readonly number[], at: number) => lookBack(forecasts, { own: values, periods }, at);
  const [monday, tuesday] = [await look(own, 70), await look(own, 71)];
  assert.equal(forecasts.asked(), 1);
  assert.deepEqual([monday?.trainedTo, tuesday?.trainedTo], [addDays(MONDAY, 69), addDays(MONDAY, 69)]);
  assert.notEqual(monday?.expected, tuesday?.expected);
  assert.deepEqual(await look([...own.slice(0, 70), ...own.slice(70).map(() => 9)], 70), monday);
  assert.equal(forecasts.asked(), 1, "what came later changes nothing");
  assert.notDeepEqual(await look(own.with(60, 200), 70), monday);
  await look(own, 77);
  assert.equal(forecasts.asked(), 3);
});

Deno.test("lookBack() asks again for what failed", async () => {
  const forecasts = counted(1);
  await assert.rejects(lookBack(forecasts, { own, periods }, 70), /the thread ended/);
  assert.equal((await lookBack(forecasts, { own, periods }, 70))?.source, "look-back");
  assert.equal(forecasts.asked(), 2);
});
