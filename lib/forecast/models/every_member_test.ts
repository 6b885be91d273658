/** What every model keeps, whatever it is given: a new one is held to it by being in the list. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Forecaster, ForecastTask } from "./forecaster.ts";
import { MEMBERS } from "./members.ts";

const TASKS: ForecastTask[] = [
  { season: 1, horizon: 5 },
  { season: 7, longSeason: 365, horizon: 28 },
  { season: 12, horizon: 18 },
];

/** A path of finite numbers as long as asked for, the same each time, or a refusal; the series stays as it was. */
function assertAnswers(member: Forecaster, series: readonly number[], task: ForecastTask): number[] | null {
  const before = [...series];
  const path = member.forecast(series, task);
  const what = `${member.name} of ${series.length} values, season ${task.season}`;
  assert.deepEqual(series, before, `${what} changes its series`);
  assert.deepEqual(member.forecast(series, task), path, `${what} says something else the second time`);
  if (path === null) return null;
  assert.equal(path.length, task.horizon, what);
  assert(path.every(Number.isFinite), `${what} is not finite: ${path.join(" ")}`);
  return path;
}

/** As `prepare` hands them over: the largest lies near 1. */
const anySeries = fc.oneof(
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 70 }),
  fc.array(fc.constantFrom(0, 0, 0, 0.25, 1), { minLength: 1, maxLength: 70 }),
  fc.array(fc.double({ min: 0.5, max: 1, noNaN: true }), { minLength: 1, maxLength: 70 }),
);

for (const member of MEMBERS) {
  Deno.test(`${member.name}: finite numbers or a refusal for any series, the same each time`, () => {
    fc.assert(
      fc.property(anySeries, fc.constantFrom(...TASKS), (series, task) => {
        assertAnswers(member, series, task);
      }),
      { numRuns: 80 },
    );
  });

  Deno.test(`${member.name}: one point, zeros, a constant, and ten years of days`, () => {
    for (const task of TASKS) {
      for (const value of [0, 0.5, -0.25]) {
        for (const length of [1, 2, 40, 120]) {
          const path = assertAnswers(member, Array.from({ length }, () => value), task);
          for (const expected of path ?? []) {
            assert(Math.abs(expected - value) < 1e-6, `${member.name} expects ${expected} of a constant ${value}`);
          }
        }
      }
    }
    const year = (t: number) =>
      0.5 + 0.2 * Math.sin(2 * Math.PI * t / 365) + (t % 7 < 5 ? 0.1 : 0) + (t * 37 % 11) / 200;
    assertAnswers(member, Array.from({ length: 3_650 }, (_, t) => year(t)), TASKS[1]!);
  });
}
