import assert from "node:assert/strict";
import fc from "fast-check";
import { accuracyOf } from "./accuracy.ts";
import { bandsOf } from "./bands.ts";
import { choose } from "./choose.ts";
import { combine, errorsOf, weightsOf } from "./combination.ts";
import { leastSquares, nestedLeastSquares } from "./least_squares.ts";
import { minimize } from "./minimize.ts";
import { sumsOf } from "./sum_bands.ts";
import { adjust, isSeasonal, seasonalIndices } from "./seasonality.ts";

Deno.test("minimize() finds the lowest point, and stays inside its box", () => {
  const bowl = ([x = 0, y = 0]: number[]) => (x - 1) ** 2 + 10 * (y + 0.5) ** 2;
  const box = { start: [0, 0], step: [0.5, 0.5], low: [-2, -2], high: [2, 2], evaluations: 300 };
  const { point, cost } = minimize(bowl, box);
  assert(Math.abs(point[0]! - 1) < 1e-3 && Math.abs(point[1]! + 0.5) < 1e-3, point.join(" "));
  assert(cost < 1e-5);
  const edge = minimize(bowl, { ...box, high: [0.5, 2] });
  assert(Math.abs(edge.point[0]! - 0.5) < 1e-6, "the nearest allowed place is on the edge");
});

Deno.test("minimize() moves away from where a cost is not a number", () => {
  const cost = ([x = 0]: number[]) => x < 0.2 ? NaN : (x - 0.4) ** 2;
  const { point } = minimize(cost, { start: [0.1], step: [0.3], low: [0], high: [1] });
  assert(Math.abs(point[0]! - 0.4) < 1e-2, String(point[0]));
});

Deno.test("leastSquares() recovers what a series was made of", () => {
  const rows = Array.from({ length: 40 }, (_, t) => [1, t, (t * t) % 7]);
  const targets = rows.map(([a, b, c]) => 3 * a! - 0.5 * b! + 2 * c!);
  const { coefficients, squares } = leastSquares(rows, targets, 1e-12);
  [3, -0.5, 2].forEach((wanted, i) => assert(Math.abs(coefficients[i]! - wanted) < 1e-6, coefficients.join(" ")));
  assert(squares < 1e-6);
});

Deno.test("isSeasonal() sees a season, and none in a trend or in a short series", () => {
  const wave = Array.from({ length: 60 }, (_, t) => 100 + 20 * Math.sin(2 * Math.PI * t / 12));
  assert.equal(isSeasonal(wave, 12), true);
  assert.equal(isSeasonal(wave.slice(0, 30), 12), false);
  assert.equal(isSeasonal(Array.from({ length: 60 }, (_, t) => t), 12), false);
  assert.equal(isSeasonal(Array.from({ length: 60 }, () => 5), 12), false);
});

Deno.test("adjust() takes the season out and puts it back at the right place", () => {
  for (const lift of [300, 0]) { // ratios, then differences
    const value = (t: number) => lift + 100 * Math.sin(2 * Math.PI * t / 12);
    const adjusted = adjust(Array.from({ length: 65 }, (_, t) => value(t)), 12);
    assert.equal(adjusted.kind, lift ? "multiplicative" : "additive");
    assert(adjusted.series.every((level) => Math.abs(level - lift) < 1e-6), "nothing but the level is left");
    adjusted.restore([lift, lift]).forEach((restored, h) => assert(Math.abs(restored - value(65 + h)) < 1e-6));
  }
});

Deno.test("seasonalIndices() shrinks what is noise", () => {
  // The same place in the season is high in one year and low in the next.
  const noise = Array.from({ length: 48 }, (_, t) => 100 + 10 * Math.sin(t * t));
  const wave = Array.from({ length: 48 }, (_, t) => 100 + 10 * Math.sin(2 * Math.PI * t / 12));
  const spread = (indices: number[]) => Math.max(...indices) - Math.min(...indices);
  assert(spread(seasonalIndices(noise, 12, "additive")) < 0.6 * spread(seasonalIndices(wave, 12, "additive")));
});

Deno.test("weightsOf() trusts a model by the square of its error, and none without a record", () => {
  const weights = weightsOf(["a", "b", "new"], new Map([["a", 1], ["b", 2]]));
  assert(Math.abs(weights.get("a")! / weights.get("b")! - 4) < 0.1);
  assert.equal(weights.has("new"), false);
  assert.deepEqual([...weightsOf(["a", "b"], new Map()).values()], [0.5, 0.5]);
  assert.deepEqual([...weightsOf(["a", "b"], new Map([["a", 0], ["b", 0]])).values()], [0.5, 0.5]);
});

Deno.test("errorsOf() measures a model that was silent at times beside the naive", () => {
  const origins = [
    { end: 9, actual: [10, 10], paths: new Map([["naive", [8, 8]], ["b", [9, 9]]]) },
    { end: 6, actual: [10, 10], paths: new Map([["naive", [4, 4]]]) },
  ];
  assert.deepEqual([...errorsOf(origins, "naive")], [["naive", 4], ["b", 2]], "half the naive's, where both spoke");
});

Deno.test("combine() gives a missing model's share to the others", () => {
  const weights = new Map([["a", 0.5], ["b", 0.25], ["c", 0.25]]);
  assert.deepEqual(combine(new Map([["a", [1, 2]], ["b", [4, 5]]]), weights), [2, 3]);
  assert.equal(combine(new Map(), weights), null);
});

Deno.test("choose() shows the naive where no mixture beats it", () => {
  const origin = (paths: [string, number[]][]) => [{ end: 9, actual: [10, 12], paths: new Map(paths) }];
  const worse = choose(origin([["seasonal-naive", [10, 12]], ["a", [11, 13]]]), ["seasonal-naive", "a"]);
  assert.equal(worse.model, "seasonal-naive");
  assert.equal(worse.beatsNaive, false);
  assert.deepEqual([...worse.weights], [["seasonal-naive", 1]]);
  const better = choose(origin([["seasonal-naive", [8, 8]], ["a", [11, 13]]]), ["seasonal-naive", "a"]);
  assert.equal(better.model, "combination");
  assert.equal(better.beatsNaive, true);
  assert(better.weights.get("a")! > 0.7);
});

Deno.test("bandsOf() widens with the distance and with the errors of looking back", () => {
  const series = Array.from({ length: 48 }, (_, t) => 100 + 5 * Math.sin(t));
  const path = [100, 100, 100, 100, 100, 100];
  const looks = (off: number) =>
    Array.from(
      { length: 6 },
      (_, i) => ({ path, actual: path.map((value, h) => value + (h % 2 ? off + i : -off - i)) }),
    );
  const width = (off: number, h: number) => {
    const { bands80: band } = bandsOf({ series, season: 12, path, looks: looks(off), nonNegative: false });
    return band.upper[h]! - band.lower[h]!;
  };
  assert(width(20, 5) > width(20, 0));
  assert(width(40, 3) > 1.5 * width(20, 3));
});

Deno.test("bandsOf() leaves good periods more room than bad ones, none below zero, and trusts few looks less", () => {
  const series = Array.from({ length: 60 }, (_, t) => (t % 2 ? 100 : 4) * (1 + 0.2 * Math.sin(t)));
  const looks = Array.from({ length: 6 }, () => ({ actual: [6, 130, 2, 80], path: [4, 100, 4, 100] }));
  const path = [4, 100, 4, 100];
  const source = { series, season: 2, path, looks, nonNegative: true };
  const { bands80: { lower, upper }, bands95 } = bandsOf(source);
  const width = (h: number) => upper[h]! - lower[h]!;
  assert(width(1) > 3 * width(0) && width(1) < 25 * width(0), `${width(1)} and ${width(0)}`);
  assert(bands95.lower.every((value) => value >= 0));
  const one = bandsOf({ ...source, looks: looks.slice(0, 1) });
  assert(one.bands80.upper[1]! > upper[1]!);
  // What a series missed lately counts more than what it missed long ago.
  const calm = { actual: path, path };
  const late = bandsOf({ ...source, looks: [...looks.slice(0, 3), calm, calm, calm] });
  const early = bandsOf({ ...source, looks: [calm, calm, calm, ...looks.slice(0, 3)] });
  assert(late.bands80.upper[1]! > early.bands80.upper[1]!);
});

Deno.test("sumsOf() adds up the path, with bands between those of chance alone and the sum of bands", () => {
  const series = Array.from({ length: 120 }, (_, t) => 100 + 20 * Math.sin(t * t) + 10 * (t % 7));
  const path = Array.from({ length: 28 }, (_, h) => 100 + 10 * ((120 + h) % 7));
  // Half of each error belongs to the whole look, half to the single day.
  const looks = Array.from({ length: 6 }, (_, look) => ({
    path,
    actual: path.map((value, h) => value + (look % 2 ? 8 : -8) + (h % 2 ? 8 : -8)),
  }));
  const source = { series, season: 7, path, looks, nonNegative: true };
  const sums = sumsOf(source, { from: 0, to: 28 });
  assert.equal(sums.path.length, 28);
  assert(Math.abs(sums.path[27]! - path.reduce((sum, value) => sum + value, 0)) < 1e-9);
  const width = ({ lower, upper }: { lower: number[]; upper: number[] }, at: number) => upper[at]! - lower[at]!;
  const { bands80 } = bandsOf(source);
  const all = bands80.upper.reduce((sum, upper, h) => sum + upper - bands80.lower[h]!, 0);
  const chance = Math.sqrt(bands80.upper.reduce((sum, upper, h) => sum + (upper - bands80.lower[h]!) ** 2, 0));
  const own = width(sums.bands80, 27);
  assert(own > chance && own < all, `${own}, between ${chance} and ${all}`);
  for (let at = 1; at < 28; at++) assert(width(sums.bands80, at) >= width(sums.bands80, at - 1));
  assert(width(sums.bands95, 27) > own);
  assert(sums.bands95.lower.every((value) => value >= 0));
});

Deno.test("sumsOf() may begin later in the path, and stays finite where no look back reaches", () => {
  const series = [3, 0, 5, 2, 0, 1, 4, 2, 3, 6];
  const path = [2, 2, 2, 2, 2, 2];
  const sums = sumsOf({ series, season: 1, path, looks: [], nonNegative: true }, { from: 2, to: 6 });
  assert.deepEqual(sums.path, [2, 4, 6, 8]);
  for (const { lower, upper } of [sums.bands80, sums.bands95]) {
    lower.forEach((low, at) => assert(low >= 0 && low <= sums.path[at]! && upper[at]! > sums.path[at]!));
  }
  const nothing = sumsOf({ series: [4], season: 1, path: [4, 4], looks: [], nonNegative: true }, { from: 0, to: 2 });
  assert([...nothing.bands95.lower, ...nothing.bands95.upper].every(Number.isFinite));
});

Deno.test("accuracyOf() is what the measures are defined to be", () => {
  const looks = [{ actual: [10, 20], path: [8, 25] }];
  const { mae, smape, mase } = accuracyOf(looks, [1, 3, 2, 6], 2);
  assert.equal(mae, 3.5);
  assert(Math.abs(smape - (200 * 2 / 18 + 200 * 5 / 45) / 2) < 1e-12);
  assert.equal(mase, 3.5 / 2);
  assert.equal(accuracyOf(looks, [1, 1, 1], 1).mase, null);
  assert.equal(accuracyOf([{ actual: [0], path: [0] }], [1, 2], 1).smape, 0);
});

Deno.test("nestedLeastSquares() answers as one regression after the other does, to the last bit", () => {
  const numbers = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const samples = fc.array(fc.tuple(numbers, numbers, numbers, numbers), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(samples, (all) => {
    const rows = all.map(([, ...row]) => [1, ...row]);
    const targets = all.map(([target]) => target);
    const one = [1, 2, 3, 4].map((size) => leastSquares(rows.map((row) => row.slice(0, size)), targets));
    assert.deepEqual(nestedLeastSquares(rows, targets), one);
  }));
});
