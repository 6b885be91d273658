import assert from "node:assert/strict";
import { Redis } from "@/lib/redis/redis.ts";
import { missingRedisProgram, PATIENT, type RedisServer, startRedis } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import type { Counters } from "./mod.ts";
import { redisCounters } from "./redis.ts";

const now = () => new Date("2026-03-09T08:15:30Z");

interface Ground {
  server: RedisServer;
  a: Counters;
  b: Counters;
  restart(): Promise<void>;
}

/** Two instances over a server of their own. */
async function withTwo(
  work: (ground: Ground) => Promise<void>,
  options: { deadlineMs?: number } = PATIENT,
): Promise<void> {
  let server = await startRedis();
  const doors = [1, 2].map(() => Redis.open({ url: server.url, pauseMs: 20, ...options }));
  const [a, b] = doors.map((redis) => redisCounters({ redis, now, flushMs: 10 }));
  const ground: Ground = {
    server,
    a: a!,
    b: b!,
    async restart() {
      ground.server = server = await startRedis({ port: server.port });
    },
  };
  try {
    await work(ground);
  } finally {
    await Promise.all([a!.close(), b!.close()]);
    await Promise.all(doors.map((redis) => redis.close()));
    await server.kill();
  }
}

/** Waits until an instance answers these totals for all instances. */
async function assertTold(counters: Counters, totals: { requests: number; rows: number }): Promise<void> {
  let told = "";
  for (let i = 0; i < 1_000; i++) {
    const { scope, requests, rows } = await counters.today("w");
    told = JSON.stringify({ scope, requests: requests.total, rows: rows.total });
    if (told === JSON.stringify({ scope: "every-instance", ...totals })) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.fail(`it tells ${told}`);
}

const request = (counters: Counters, times: number) => {
  for (let i = 0; i < times; i++) counters.request("w");
};

serverSuite("redis counters of several instances", missingRedisProgram(), () => {
  Deno.test("every instance tells what all noted, an import that two noted once", async () => {
    await withTwo(async ({ a, b }) => {
      request(a, 3);
      request(b, 4);
      for (const counters of [a, b]) counters.imported("w", "same", 100, now());
      b.imported("w", "other", 11, now());
      await assertTold(a, { requests: 7, rows: 111 });
      await assertTold(b, { requests: 7, rows: 111 });
    });
  });

  Deno.test("a Redis that was flushed is filled again by what each instance noted", async () => {
    await withTwo(async ({ server, a, b }) => {
      request(a, 3);
      a.imported("w", "i", 100, now());
      request(b, 1);
      await assertTold(b, { requests: 4, rows: 100 });
      await server.flush();
      request(a, 1);
      await assertTold(b, { requests: 5, rows: 100 });
    });
  });

  Deno.test("while Redis is away an instance tells its own counts, and nothing is lost when it is back", async () => {
    await withTwo(async ({ server, a, b, restart }) => {
      request(b, 2);
      await assertTold(a, { requests: 2, rows: 0 });
      await server.kill();
      request(a, 5);
      a.imported("w", "i", 100, now());
      const { scope, requests, rows } = await a.today("w");
      assert.deepEqual([scope, requests.total, rows.total], ["this-instance", 5, 100]);
      await restart();
      request(b, 1);
      await assertTold(a, { requests: 8, rows: 100 });
      await assertTold(b, { requests: 8, rows: 100 });
    });
  });

  Deno.test("a frozen Redis holds nobody up: noting is free, telling takes a deadline at most", async () => {
    await withTwo(async ({ server, a }) => {
      await assertTold(a, { requests: 0, rows: 0 });
      server.freeze();
      const began = performance.now();
      request(a, 10_000);
      assert.ok(performance.now() - began < 1_000);
      const asked = performance.now();
      assert.equal((await a.today("w")).requests.total, 10_000);
      assert.ok(performance.now() - asked < 1_250);
      server.thaw();
      await assertTold(a, { requests: 10_000, rows: 0 });
    }, {});
  });

  Deno.test("what lies there and is no count is left out; counts end by themselves; close() writes what is left", async () => {
    await withTwo(async ({ server, a, b }) => {
      const redis = Redis.open({ url: server.url, ...PATIENT });
      const key = "tessera:counters:w:2026-03-09:requests";
      request(a, 2);
      await a.close();
      await redis.send("HSET", key, "rubbish", "x", "other 08:00", "many", "other 08:01", "4");
      await assertTold(b, { requests: 6, rows: 0 });
      const left = Number(await redis.send("TTL", key));
      assert.ok(left > 0 && left <= 2 * 86_400);
      await redis.close();
    });
  });
});
