import assert from "node:assert/strict";
import { memoryCache } from "./memory.ts";

Deno.test("memoryCache() drops what was used least recently beyond maxBytes", async () => {
  const cache = memoryCache({ maxBytes: 3 * 2_400 });
  for (const key of ["a", "b", "c"]) await cache.set(key, "x".repeat(1_000));
  assert.ok(await cache.get("a"));
  await cache.set("d", "x".repeat(1_000));
  assert.ok(await cache.get("a"));
  assert.equal(await cache.get("b"), undefined);
  await cache.close();
});

Deno.test("memoryCache() answers a value larger than itself and does not keep it", async () => {
  const cache = memoryCache({ maxBytes: 10_000 });
  await cache.set("small", "1");
  const value = "x".repeat(100_000);
  assert.equal((await cache.through("big", () => Promise.resolve(value))).value, value);
  assert.equal(await cache.get("big"), undefined);
  assert.equal(await cache.get("small"), "1");
  await cache.close();
});
