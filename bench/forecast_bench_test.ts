import assert from "node:assert/strict";
import { benchForecasts, figuresOf, paceLine } from "./forecast_bench.ts";
import { readHeldOutSeries } from "./forecast_series_file.ts";

const HEADER = "series_id,category,split,t,period,value";

Deno.test("readHeldOutSeries() puts values in the order of t, and keeps what is held back apart", () => {
  const text =
    `${HEADER}\r\nA,X,train,2,2000-02,20\r\nA,X,train,1,2000-01,10\r\nA,X,test,3,2000-03,30\r\n"B",Y,train,1,,-1.5\r\n`;
  assert.deepEqual(readHeldOutSeries(text), [
    { id: "A", train: [10, 20], test: [30] },
    { id: "B", train: [-1.5], test: [] },
  ]);
});

Deno.test("readHeldOutSeries() names the line and the column that are wrong", () => {
  assert.throws(() => readHeldOutSeries("series_id,split,value\nA,train,1"), /lacks t$/);
  assert.throws(() => readHeldOutSeries(`${HEADER}\nA,X,train,1,2000-01,`), /line 2 is "A,X,train,1,2000-01,"/);
  assert.throws(() => readHeldOutSeries(`${HEADER}\nA,X,valid,1,2000-01,3`), /line 2/);
});

Deno.test("benchForecasts() measures the default and each member, on train alone", async () => {
  const season = (t: number) => 100 + 30 * Math.sin(2 * Math.PI * t / 12);
  const train = Array.from({ length: 60 }, (_, t) => season(t) + t % 5);
  const test = Array.from({ length: 12 }, (_, h) => season(60 + h) + h % 5);
  const series = [{ id: "A", train, test }, { id: "B", train: train.slice(0, 20), test }];
  const options = { grain: "month", seasons: [12], horizon: 12 } as const;
  const measured = await benchForecasts(series, { options, members: true });
  const all = figuresOf("default", measured.filter(({ model }) => model === "default"));
  assert.equal(all.series, 2);
  assert.equal(all.refused, 0);
  assert(all.smape > 0 && all.smape < 40, `sMAPE ${all.smape}`);
  const mstl = figuresOf("mstl", measured.filter(({ model }) => model === "mstl"));
  assert.deepEqual([mstl.series, mstl.refused], [1, 1], "it refuses fewer than 24 points");
  assert(all.sum80 !== null && all.sum95 !== null && all.sum80 <= all.sum95);
  assert.equal(mstl.sum80, null, "members have no bands of sums");
});

Deno.test("paceLine() says how long the goal's series would take", () => {
  const goal = { series: 2_000, seconds: 60 };
  assert.equal(
    paceLine({ series: 500, seconds: 20 }, 2, goal),
    "By the default, 2,000 such series take 40.0 s on 2 threads (goal 60 s).",
  );
});
