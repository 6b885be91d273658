import assert from "node:assert/strict";
import { inTurns, median, stopwatch } from "./measure.ts";

Deno.test("median() is the middle value, or the mean of the middle two", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([7]), 7);
  assert.throws(() => median([]), RangeError);
});

Deno.test("inTurns() lets both begin equally often", async () => {
  const order: string[] = [];
  const result = await inTurns(
    4,
    () => (order.push("a"), Promise.resolve(1)),
    () => (order.push("b"), Promise.resolve(2)),
  );
  assert.equal(order.join(""), "abbaabba");
  assert.deepEqual(result, { a: 1, b: 2 });
});

Deno.test("stopwatch() keeps private state working, and adds up what methods take", async () => {
  class Counter {
    #count = 0;
    title = "counter";
    async up(): Promise<number> {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return ++this.#count;
    }
  }
  const spent = new Map<string, number>();
  const counter = stopwatch(new Counter(), spent, "counter");
  assert.equal(await counter.up(), 1);
  assert.equal(await counter.up(), 2);
  assert.equal(counter.title, "counter");
  assert.ok((spent.get("counter.up") ?? 0) >= 8, String(spent.get("counter.up")));
});
