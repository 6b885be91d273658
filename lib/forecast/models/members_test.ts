import assert from "node:assert/strict";
import fc from "fast-check";
import { aggregates } from "./aggregates.ts";
import { dampedPath } from "./damped.ts";
import { dynamicThetaPath } from "./dynamic_theta.ts";
import { MEMBERS } from "./members.ts";
import { mstl } from "./mstl.ts";
import { nearestWindows } from "./nearest_windows.ts";
import { seasonalDifferences } from "./seasonal_differences.ts";
import { seasonalNaive } from "./seasonal_naive.ts";
import { logSeasonalSmoothing, seasonalSmoothing } from "./seasonal_smoothing.ts";
import { thetaPath } from "./theta.ts";
import { yearly } from "./yearly.ts";

const MONTHS = { season: 12, horizon: 12 };

function close(path: readonly number[] | null, expected: readonly number[], tolerance: number): void {
  assert(path, "the series was refused");
  assert.equal(path.length, expected.length);
  path.forEach((value, h) => {
    const wanted = expected[h] as number;
    assert(Math.abs(value - wanted) <= tolerance, `${value} at ${h}, expected ${wanted} ± ${tolerance}`);
  });
}

/** Months with growth and a season that is a share of the level. */
function trade(t: number): number {
  return 1_000 * 1.004 ** t * (1 + 0.3 * Math.sin(2 * Math.PI * t / 12));
}

Deno.test("seasonalNaive repeats the last season, and the last value where there is none", () => {
  assert.deepEqual(seasonalNaive.forecast([1, 2, 3, 4], { season: 2, horizon: 3 }), [3, 4, 3]);
  assert.deepEqual(seasonalNaive.forecast([1, 2, 3, 4], { season: 1, horizon: 2 }), [4, 4]);
  assert.deepEqual(seasonalNaive.forecast([5], { season: 12, horizon: 2 }), [5, 5]);
});

Deno.test("thetaPath() goes on from today's level with half the slope of all history", () => {
  const line = Array.from({ length: 60 }, (_, t) => 10 + 2 * t);
  const path = thetaPath(line, 5) as number[];
  const steps = path.slice(1).map((value, h) => value - (path[h] as number));
  close(steps, [1, 1, 1, 1], 1e-9);
  assert(Math.abs((path[0] as number) - 130) < 2, `begins at ${path[0]}, where the line is at 130`);
});

Deno.test("dynamicThetaPath() follows a straight line", () => {
  const line = Array.from({ length: 60 }, (_, t) => 10 + 2 * t);
  close(dynamicThetaPath(line, 4), [130, 132, 134, 136], 1.5);
});

Deno.test("dampedPath() lets a trend fade, and keeps a level without one", () => {
  const path = dampedPath(Array.from({ length: 40 }, (_, t) => 3 * t), 40) as number[];
  const step = (h: number) => (path[h] as number) - (path[h - 1] as number);
  assert(step(1) > 2 && step(39) < 0.6 * step(1), `steps of ${step(1)} and ${step(39)}`);
  close(dampedPath([5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6], 3), [5.5, 5.5, 5.5], 0.3);
});

for (const member of [seasonalSmoothing, logSeasonalSmoothing, aggregates, mstl, seasonalDifferences]) {
  Deno.test(`${member.name} goes on with a growing season`, () => {
    const path = member.forecast(Array.from({ length: 96 }, (_, t) => trade(t)), MONTHS);
    close(path, Array.from({ length: 12 }, (_, h) => trade(96 + h)), 70);
  });
}

Deno.test("nearestWindows finds what followed the same stretch before, its own way back included", () => {
  // Weeks of three kinds in a fixed order, with no season of 7 days: only the order tells what follows.
  const kinds = [[1, 9, 2, 8], [5, 5, 6], [7, 1, 1, 3, 2, 9]];
  const series = Array.from({ length: 30 }, () => kinds.flat()).flat();
  const known = series.slice(0, 300);
  close(nearestWindows.forecast(known, { season: 7, horizon: 9 }), series.slice(300, 309), 1e-9);
  assert.equal(nearestWindows.forecast(known.slice(0, 20), { season: 7, horizon: 9 }), null);
});

Deno.test("aggregates finds a slow trend that single periods hide, and refuses what has no season", () => {
  const noise = (t: number) => 40 * Math.sin(t * t);
  const series = Array.from({ length: 96 }, (_, t) => trade(t) + noise(t));
  const path = aggregates.forecast(series, { season: 12, horizon: 18 }) as number[];
  const year = (values: readonly number[]) => values.slice(0, 12).reduce((sum, value) => sum + value, 0);
  const expected = year(Array.from({ length: 12 }, (_, h) => trade(96 + h)));
  assert.equal(path.length, 18);
  assert(Math.abs(year(path) / expected - 1) < 0.02, `${year(path)} in the next year, expected ${expected}`);
  assert.equal(aggregates.forecast(series, { season: 1, horizon: 3 }), null);
  assert.equal(aggregates.forecast(series.slice(0, 29), { season: 12, horizon: 3 }), null);
});

Deno.test("mstl refuses fewer than 24 points and what has no season", () => {
  assert.equal(mstl.forecast(Array.from({ length: 23 }, (_, t) => trade(t)), { season: 7, horizon: 3 }), null);
  assert.equal(mstl.forecast(Array.from({ length: 60 }, (_, t) => trade(t)), { season: 1, horizon: 3 }), null);
});

Deno.test("yearly puts the time of year back, and refuses less than a year and a half", () => {
  const day = (t: number) => 100 + 40 * Math.cos(2 * Math.PI * t / 365) + (t % 7 === 0 ? 10 : 0);
  const task = { season: 7, longSeason: 365, horizon: 60 };
  const series = Array.from({ length: 760 }, (_, t) => day(t));
  close(yearly.forecast(series, task), Array.from({ length: 60 }, (_, h) => day(760 + h)), 6);
  assert.equal(yearly.forecast(series.slice(0, 500), task), null);
  assert.equal(yearly.forecast(series, { season: 7, horizon: 60 }), null);
});

const months = fc.array(fc.integer({ min: 50, max: 1_000 }), { minLength: 30, maxLength: 60 });
const shifted = [thetaPath, dampedPath].map((pathOf) => ({ name: pathOf.name, pathOf }));

Deno.test("models of levels shift with the series", () => {
  const lag = (series: readonly number[], horizon: number) => seasonalNaive.forecast(series, { season: 12, horizon });
  fc.assert(
    fc.property(months, fc.integer({ min: -8, max: 8 }), (series, eighths) => {
      const by = eighths * 128; // exact in binary, so that nothing but the shift differs by more than rounding
      const range = Math.max(...series) - Math.min(...series);
      for (const { name, pathOf } of [...shifted, { name: "seasonalNaive", pathOf: lag }]) {
        const [plain, moved] = [series, series.map((value) => value + by)].map((s) => pathOf(s, 6) as number[]);
        moved!.forEach((value, h) => {
          const off = Math.abs(value - by - plain![h]!);
          assert(off <= 0.02 * range + 1e-9, `${name} shifted by ${by} is off by ${off}`);
        });
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("every model scales with the series", () => {
  fc.assert(
    fc.property(months, (series) => {
      for (const member of MEMBERS) {
        const [plain, large] = [series, series.map((value) => value * 1_024)].map((s) => member.forecast(s, MONTHS));
        assert.equal(plain === null, large === null, member.name);
        plain?.forEach((value, h) => {
          // A power of two, so that nothing is rounded, and the searches inside take the very same steps.
          const off = Math.abs(large![h]! / 1_024 - value);
          assert(off <= 1e-9 * Math.abs(value), `${member.name} is off by ${off} of ${value}`);
        });
      }
    }),
    { numRuns: 40 },
  );
});
