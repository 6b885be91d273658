import assert from "node:assert/strict";
import { createLog, silentLog } from "@/lib/log.ts";
import { Redis } from "@/lib/redis/redis.ts";
import { freshPrefix, missingRedis, PATIENT, redisUrl } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import type { Cache } from "./mod.ts";
import { redisCache, type RedisCacheOptions } from "./redis.ts";

const missing = missingRedis();
const url = missing === null ? await redisUrl() : "";

/** Two instances over one Redis, and a hand on what lies there. */
async function withTwo(
  work: (caches: { a: Cache; b: Cache; redis: Redis; prefix: string }) => Promise<void>,
  options: Partial<RedisCacheOptions> = {},
): Promise<void> {
  const doors = [1, 2, 3].map(() => Redis.open({ url, ...PATIENT }));
  const prefix = freshPrefix();
  const [a, b] = doors.map((redis) => redisCache({ redis, log: silentLog, prefix, ...options }));
  try {
    await work({ a: a!, b: b!, redis: doors[2]!, prefix });
  } finally {
    await Promise.all([a!.close(), b!.close()]);
    await Promise.all(doors.map((redis) => redis.close()));
  }
}

const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until<T>(look: () => Promise<T | undefined | null | false>): Promise<T> {
  for (let i = 0;; i++) {
    const found = await look();
    if (found) return found;
    if (i > 1_000) throw new Error("waited in vain");
    await pass(3);
  }
}

const stored = async (redis: Redis, prefix: string): Promise<string[]> => {
  const keys = await redis.send("KEYS", `${prefix}:*`) as Uint8Array[];
  return keys.map((key) => new TextDecoder().decode(key));
};

serverSuite("redis cache of several instances", missing, () => {
  Deno.test("what one instance made, the other finds, and says that it was cached", async () => {
    await withTwo(async ({ a, b }) => {
      assert.deepEqual(await a.through("k", () => Promise.resolve("made")), { value: "made", cached: false });
      await until(() => b.get("k"));
      assert.deepEqual(await b.through("k", () => Promise.reject(new Error("not asked"))), {
        value: "made",
        cached: true,
      });
    });
  });

  Deno.test("two instances that are asked at the same time make a value once", async () => {
    await withTwo(async ({ a, b }) => {
      await Promise.all([a.get("warm"), b.get("warm")]);
      let made = 0;
      const make = async () => {
        made++;
        await pass(120);
        return "value";
      };
      const both = await Promise.all([a.through("k", make), b.through("k", make)]);
      assert.deepEqual(both.map(({ value }) => value), ["value", "value"]);
      assert.deepEqual(both.map(({ cached }) => cached).sort(), [false, true]);
      assert.equal(made, 1);
    }, { claimMs: 20_000 });
  });

  Deno.test("an instance that fails lets the other make it at once", async () => {
    await withTwo(async ({ a, b }) => {
      await Promise.all([a.get("warm"), b.get("warm")]);
      const began = performance.now();
      const failed = a.through("k", async () => {
        await pass(80);
        throw new RangeError("no");
      });
      await pass(20);
      const other = b.through("k", () => Promise.resolve("made by b"));
      await assert.rejects(failed, RangeError);
      assert.deepEqual(await other, { value: "made by b", cached: false });
      assert.ok(performance.now() - began < 10_000, "it did not wait out the claim");
    }, { claimMs: 20_000 });
  });

  Deno.test("an instance that dies or is slow holds the other up for the claim's time at most", async () => {
    await withTwo(async ({ a, b }) => {
      await Promise.all([a.get("warm"), b.get("warm")]);
      const never = Promise.withResolvers<string>();
      const slow = a.through("k", () => never.promise);
      await pass(30);
      const began = performance.now();
      assert.deepEqual(await b.through("k", () => Promise.resolve("made by b")), { value: "made by b", cached: false });
      assert.ok(performance.now() - began < 2_000);
      never.resolve("made by a");
      assert.equal((await slow).value, "made by a");
    }, { claimMs: 200 });
  });

  Deno.test("a value with a time of its own is gone in every instance after it, also where it was read", async () => {
    await withTwo(async ({ a, b }) => {
      await a.set("k", "1", { ttlMs: 400 });
      await until(() => b.get("k"));
      await pass(450);
      assert.equal(await a.get("k"), undefined);
      assert.equal(await b.get("k"), undefined);
    });
  });

  Deno.test("damaged and foreign values are absent, and replaced by the next that is made", async () => {
    await withTwo(async ({ a, b, redis, prefix }) => {
      const name = `${prefix}:cache:value:k`;
      for (const wrong of ["", "rubbish", '{"rows":[]}']) {
        await redis.send("SET", name, wrong);
        assert.equal(await b.get("k"), undefined);
      }
      await redis.send("DEL", name);
      await redis.send("LPUSH", name, "a list");
      assert.equal(await b.get("k"), undefined);
      assert.deepEqual(await a.through("k", () => Promise.resolve("right")), { value: "right", cached: false });
      assert.equal(await until(() => b.get("k")), "right");
    });
  });

  Deno.test("everything in Redis has a prefix and an end; large values are compressed, long keys hashed", async () => {
    await withTwo(async ({ a, redis, prefix }) => {
      const value = "spend,clicks;".repeat(10_000);
      await a.set("query:default:ads:1", value);
      await a.set("k".repeat(5_000), "1");
      await a.set("short", "1", { ttlMs: 1_000 });
      await a.through("made", () => Promise.resolve("1"));
      await until(async () => (await stored(redis, prefix)).length === 4);
      for (const key of await stored(redis, prefix)) {
        assert.ok(key.length < 300);
        const left = Number(await redis.send("PTTL", key));
        assert.ok(left > 0 && left <= 7 * 24 * 3_600_000, `${key} ends in ${left} ms`);
      }
      const bytes = await redis.send("STRLEN", `${prefix}:cache:value:query:default:ads:1`);
      assert.ok(Number(bytes) < value.length / 20);
    });
  });

  Deno.test("a Redis that is full is told of once, and values are made without it", async () => {
    const lines: string[] = [];
    const log = createLog({ write: (line) => lines.push(line) });
    await withTwo(async ({ a, redis, prefix }) => {
      // Another type in its place: what Redis answers is a refusal, as when it is full.
      await redis.send("LPUSH", `${prefix}:cache:value:k`, "a list");
      for (let i = 0; i < 5; i++) assert.equal(await a.get("k"), undefined);
      assert.equal(lines.length, 1);
      assert.match(lines[0]!, /WRONGTYPE/);
      assert.equal(a.health().state, "ok");
    }, { log });
  });

  Deno.test("close() waits for what is on its way to Redis", async () => {
    await withTwo(async ({ a, b }) => {
      await a.set("k", "1");
      await a.close();
      assert.equal(await b.get("k"), "1");
    });
  });
});
