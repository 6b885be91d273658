/** The cache while Redis is killed, frozen, flushed, cut off: slower by one deadline at first, then not, and never wrong. */
import assert from "node:assert/strict";
import type { Cache } from "@/lib/cache/mod.ts";
import { redisCache } from "@/lib/cache/redis.ts";
import { silentLog } from "@/lib/log.ts";
import { Redis } from "@/lib/redis/redis.ts";
import { missingRedisProgram, PATIENT, type RedisServer, startRedis } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { until } from "./server_process.ts";
import { startTcpProxy, type TcpProxy, type Toxics } from "./tcp_proxy.ts";

/** What a call may take where Redis does not answer: its deadline, and what a busy machine adds. */
const BOUND_MS = 250 + 1_000;

/** The value of a key: whatever else the cache answers is wrong. */
const valueOf = (key: string) => `${key} `.repeat(2_000);

interface Ground {
  server: RedisServer;
  proxy: TcpProxy;
  redis: Redis;
  /** Without a memory of its own: every call goes to Redis where it can. */
  cache: Cache;
  /** Another instance, which reaches Redis without the proxy. */
  other: Cache;
  /** Replaces the server by a new one in its place. */
  restart(): Promise<void>;
}

async function withCache(
  work: (ground: Ground) => Promise<void>,
  options: { deadlineMs?: number } = {},
): Promise<void> {
  let server = await startRedis();
  const proxy = startTcpProxy({ port: server.port });
  const redis = Redis.open({ url: `redis://127.0.0.1:${proxy.port}`, pauseMs: 50, ...options });
  const direct = Redis.open({ url: server.url, pauseMs: 50, ...options });
  const shared = { log: silentLog, maxBytes: 1, claimMs: 300 };
  const ground: Ground = {
    server,
    proxy,
    redis,
    cache: redisCache({ redis, ...shared }),
    other: redisCache({ redis: direct, ...shared }),
    async restart() {
      ground.server = server = await startRedis({ port: server.port });
    },
  };
  try {
    await ask(ground.cache, "warm");
    await work(ground);
  } finally {
    await Promise.all([ground.cache.close(), ground.other.close()]);
    await Promise.all([redis.close(), direct.close()]);
    await proxy.close();
    await server.kill();
  }
}

/** Asks for a key; answers the milliseconds it took, and whether the value was cached. Fails where it is wrong. */
async function ask(cache: Cache, key: string): Promise<{ ms: number; cached: boolean }> {
  const began = performance.now();
  const { value, cached } = await cache.through(key, () => Promise.resolve(valueOf(key)));
  const ms = performance.now() - began;
  assert.equal(value, valueOf(key));
  return { ms, cached };
}

/** Asks for many keys side by side, twice: the first round may wait a deadline, the second waits for nothing. */
async function assertBypassed(cache: Cache, name: string): Promise<void> {
  const round = (n: number) => Promise.all(Array.from({ length: 40 }, (_, i) => ask(cache, `${name} ${n} ${i % 30}`)));
  for (const { ms } of await round(1)) assert.ok(ms < BOUND_MS, `a call took ${ms} ms`);
  assert.equal(cache.health().state, "away");
  const began = performance.now();
  for (let n = 2; n < 12; n++) await round(n);
  const each = (performance.now() - began) / 400;
  assert.ok(each < 5, `a call past an open circuit took ${each} ms`);
}

async function assertBack({ cache, other }: Ground, name: string): Promise<void> {
  await until("values are shared again", async () => {
    await ask(other, name);
    return (await ask(cache, name)).cached;
  });
  assert.equal(cache.health().state, "ok");
}

serverSuite("cache with a Redis that fails", missingRedisProgram(), () => {
  Deno.test("Redis is killed under calls, and comes back empty", async () => {
    await withCache(async (ground) => {
      const under = Array.from({ length: 50 }, (_, i) => ask(ground.cache, `under ${i}`));
      await ground.server.kill();
      for (const { ms } of await Promise.all(under)) assert.ok(ms < BOUND_MS, `a call took ${ms} ms`);
      await assertBypassed(ground.cache, "killed");
      await ground.restart();
      await assertBack(ground, "again");
    });
  });

  Deno.test("Redis is frozen under calls, and thaws", async () => {
    await withCache(async (ground) => {
      ground.server.freeze();
      await assertBypassed(ground.cache, "frozen");
      ground.server.thaw();
      await assertBack(ground, "again");
    });
  });

  Deno.test("Redis is frozen before the first call", async () => {
    await withCache(async (ground) => {
      ground.server.freeze();
      const { ms } = await ask(ground.other, "first");
      assert.ok(ms < BOUND_MS, `the first call took ${ms} ms`);
      await assertBypassed(ground.other, "first");
      ground.server.thaw();
      await assertBack(ground, "again");
    });
  });

  Deno.test("Redis is not there at the start, and comes later", async () => {
    await withCache(async (ground) => {
      await ground.server.kill();
      await assertBypassed(ground.other, "absent");
      await ground.restart();
      await assertBack(ground, "again");
    });
  });

  Deno.test("Redis is flushed: values are made once more and shared again", async () => {
    await withCache(async (ground) => {
      await ask(ground.other, "k");
      assert.equal((await ask(ground.cache, "k")).cached, true);
      await ground.server.flush();
      assert.equal((await ask(ground.cache, "k")).cached, false);
      assert.equal((await ask(ground.other, "k")).cached, true);
      assert.equal(ground.cache.health().state, "ok");
    }, PATIENT);
  });

  Deno.test("a black hole between here and Redis is bypassed like a frozen one", async () => {
    await withCache(async (ground) => {
      ground.proxy.set({ blackHole: true });
      await assertBypassed(ground.cache, "hole");
      ground.proxy.set({});
      await assertBack(ground, "again");
    });
  });

  Deno.test("answers that are torn off, late or trickle are never taken for values", async () => {
    await withCache(async (ground) => {
      const faults: Toxics[] = [
        { cutAfter: { down: 50 } },
        { cutAfter: { down: 3_000 } },
        { cutAfter: { up: 700 } },
        { latencyMs: 100 },
        { bandwidth: 2_000 },
        { slowCloseMs: 400, cutAfter: { down: 100 } },
        { refuse: true },
      ];
      for (const [n, toxics] of faults.entries()) {
        for (let i = 0; i < 5; i++) await ask(ground.other, `torn ${n} ${i}`);
        ground.proxy.set(toxics);
        for (let i = 0; i < 10; i++) {
          const { ms } = await ask(ground.cache, `torn ${n} ${i}`);
          // Its own claim, and what it waits for another's, come on top of reading.
          assert.ok(ms < 3 * BOUND_MS, `a call took ${ms} ms under ${JSON.stringify(toxics)}`);
        }
        ground.proxy.set({});
        ground.proxy.cut();
        await assertBack(ground, `again ${n}`);
      }
    });
  });
});
