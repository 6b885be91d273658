import assert from "node:assert/strict";
import { randomOf } from "./random.ts";

Deno.test("randomOf() gives the same numbers for the same words, others for others", () => {
  const numbers = (...words: (string | number)[]) => {
    const random = randomOf(...words);
    return [random.uniform(), random.normal(), random.factor(0.1)];
  };
  assert.deepEqual(numbers(1, "a", 20_000), numbers(1, "a", 20_000));
  assert.notDeepEqual(numbers(1, "a", 20_000), numbers(2, "a", 20_000));
  assert.notDeepEqual(numbers(1, "a", 20_000), numbers(1, "a", 20_001));
  assert.notDeepEqual(numbers("ab", "c"), numbers("a", "bc"));
});

Deno.test("randomOf() is the same on every machine", () => {
  const random = randomOf(1, "campaign", 20_000);
  const first = [random.uniform(), random.uniform(), random.uniform()];
  assert.deepEqual(first.map((value) => value.toFixed(6)), ["0.186762", "0.093463", "0.822606"]);
});

Deno.test("randomOf() is even, and its normal has mean 0 and deviation 1", () => {
  const random = randomOf("shape");
  const size = 20_000;
  const buckets = new Array<number>(10).fill(0);
  for (let i = 0; i < size; i++) {
    const bucket = Math.floor(random.uniform() * 10);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  for (const count of buckets) assert.ok(Math.abs(count - size / 10) < 200, buckets.join());
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < size; i++) {
    const value = random.normal();
    assert.ok(Math.abs(value) <= 4.6);
    sum += value;
    squares += value ** 2;
  }
  assert.ok(Math.abs(sum / size) < 0.03, `mean ${sum / size}`);
  assert.ok(Math.abs(squares / size - 1) < 0.05, `variance ${squares / size}`);
});
