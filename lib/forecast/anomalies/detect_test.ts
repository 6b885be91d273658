import assert from "node:assert/strict";
import fc from "fast-check";
import { detect, LEAST_DAYS, LEAST_SCORE } from "./detect.ts";

/** Days with a weekly pattern and some noise, the same each time. */
function days(count: number, change: (value: number, at: number) => number = (value) => value): number[] {
  return Array.from({ length: count }, (_, at) => {
    const noise = ((at * 7_919) % 101 - 50) / 1_000;
    return change(200 * (1 + 0.3 * Math.sin(2 * Math.PI * at / 7)) * (1 + noise), at);
  });
}

const standingOut = (values: readonly number[]) =>
  detect(values).suspects.filter(({ score }) => score >= LEAST_SCORE).map(({ at }) => at);

Deno.test("detect() finds a day at double and one at half, and nothing in ordinary weeks", () => {
  assert.deepEqual(standingOut(days(200)), []);
  assert.deepEqual(standingOut(days(200, (value, at) => at === 180 ? 2 * value : value)), [180]);
  assert.deepEqual(standingOut(days(200, (value, at) => at === 150 ? value / 2 : value)), [150]);
  const [found] = detect(days(200, (value, at) => at === 199 ? 3 * value : value)).suspects;
  assert.ok(found && found.at === 199 && Math.abs(found.usual / days(200)[199]! - 1) < 0.1);
});

Deno.test("detect() finds the day from which on the level is another, with the levels on both sides", () => {
  const { changes } = detect(days(250, (value, at) => at >= 200 ? 1.5 * value : value));
  assert.equal(changes.length, 1);
  assert.ok(Math.abs(changes[0]!.at - 200) <= 2);
  assert.ok(Math.abs(changes[0]!.after / changes[0]!.before - 1.5) < 0.1);
});

Deno.test("detect() takes neither one day nor a slow rise for a new level", () => {
  assert.deepEqual(detect(days(250, (value, at) => at === 200 ? 5 * value : value)).changes, []);
  assert.deepEqual(detect(days(250, (value, at) => value * (1 + at / 125))).changes, []);
});

Deno.test("detect() watches no series that is too short, mostly zero, or goes below zero", () => {
  assert.equal(detect(days(LEAST_DAYS - 1)).watched, false);
  assert.equal(detect(days(100, (value, at) => at % 2 ? value : 0)).watched, false);
  assert.equal(detect(days(100, (value) => value - 200)).watched, false);
  assert.equal(detect(days(LEAST_DAYS)).watched, true);
});

Deno.test("detect() answers finite numbers for any series, the same each time, and the unit changes nothing", () => {
  const series = fc.array(
    fc.oneof({ weight: 9, arbitrary: fc.double({ min: 1e-6, max: 1e9, noNaN: true }) }, {
      weight: 1,
      arbitrary: fc.constant(0),
    }),
    {
      minLength: 60,
      maxLength: 150,
    },
  );
  fc.assert(
    fc.property(series, fc.integer({ min: -8, max: 8 }), (values, power) => {
      const found = detect(values);
      assert.deepEqual(detect(values), found);
      for (const { at, usual, score } of found.suspects) {
        assert.ok(Number.isInteger(at) && Number.isFinite(usual) && Number.isFinite(score));
      }
      for (const { at, before, after } of found.changes) {
        assert.ok(at >= 28 && at <= values.length - 14 && Number.isFinite(before) && Number.isFinite(after));
      }
      const scaled = detect(values.map((value) => value * 2 ** power));
      assert.deepEqual(scaled.suspects.map(({ at }) => at), found.suspects.map(({ at }) => at));
    }),
    { numRuns: 50 },
  );
  const regular = Array.from({ length: 100 }, (_, at) => at === 90 ? 12 : 5 + at % 7);
  assert.deepEqual(standingOut(regular), [90], "one day off where all others are alike");
  const same = Array.from({ length: 100 }, () => 5);
  assert.deepEqual(detect(same), { watched: true, from: 16, suspects: [], changes: [] });
});
