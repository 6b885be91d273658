import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { UnavailableError } from "@/lib/errors.ts";
import { startTcpProxy } from "@/tests/faults/tcp_proxy.ts";
import {
  freshPrefix,
  missingRedis,
  missingRedisProgram,
  PATIENT,
  redisUrl,
  startRedis,
} from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { Redis, type RedisOptions } from "./redis.ts";

const missing = missingRedis();
const url = missing === null ? await redisUrl() : "";

async function withRedis(
  work: (redis: Redis, prefix: string) => Promise<void>,
  options: Partial<RedisOptions> = {},
): Promise<void> {
  const redis = Redis.open({ url, ...PATIENT, ...options });
  try {
    await work(redis, freshPrefix());
  } finally {
    await redis.close();
  }
}

async function until(look: () => boolean): Promise<void> {
  for (let i = 0; !look(); i++) {
    if (i > 1_000) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

Deno.test("Redis.open() refuses what is no address and does not repeat it", () => {
  for (const url of ["nonsense", "http://user:secret@host", "redis://host/notanumber"]) {
    assert.throws(
      () => Redis.open({ url }),
      (error: Error) => error instanceof TypeError && /REDIS_URL/.test(error.message) && !/secret/.test(error.message),
    );
  }
});

serverSuite("redis door", missing, () => {
  Deno.test("send() runs commands; texts come back as bytes, whatever they hold", async () => {
    await withRedis(async (redis, prefix) => {
      const bytes = new Uint8Array([0, 255, 10, 13, 0xc3]);
      assert.equal(await redis.send("SET", `${prefix}:a`, bytes, "PX", "60000"), "OK");
      assert.deepEqual(await redis.send("GET", `${prefix}:a`), Buffer.from(bytes));
      assert.equal(await redis.send("GET", `${prefix}:b`), null);
      assert.equal(await redis.send("DEL", `${prefix}:a`), 1);
      assert.deepEqual(redis.health().calls.state, "ok");
    });
  });

  Deno.test("send() throws what Redis refuses as it says, and goes on", async () => {
    await withRedis(async (redis, prefix) => {
      await redis.send("SET", `${prefix}:a`, "text", "PX", "60000");
      await assert.rejects(redis.send("INCR", `${prefix}:a`), /not an integer/);
      assert.equal(redis.health().calls.state, "ok");
      await redis.send("DEL", `${prefix}:a`);
    });
  });

  Deno.test("listen() hears a channel from any connection, each message once per listener, until it is ended", async () => {
    await withRedis(async (redis, prefix) => {
      const heard: string[] = [];
      const end = redis.listen(`${prefix}:a`, (message) => heard.push(`1 ${message}`));
      redis.listen(`${prefix}:a`, (message) => heard.push(`2 ${message}`));
      redis.listen(`${prefix}:b`, (message) => heard.push(`b ${message}`));
      await until(() => redis.hears);
      await redis.send("PUBLISH", `${prefix}:a`, "x");
      await redis.send("PUBLISH", `${prefix}:b`, "ä🧩");
      await until(() => heard.length === 3);
      end();
      end();
      await redis.send("PUBLISH", `${prefix}:a`, "y");
      await until(() => heard.length === 4);
      assert.deepEqual(heard.sort(), ["1 x", "2 x", "2 y", "b ä🧩"]);
    });
  });

  Deno.test("listen() hears again after its connection was cut, also what was added meanwhile, and says so", async () => {
    const target = new URL(url);
    const proxy = startTcpProxy({ hostname: target.hostname, port: Number(target.port || 6379) });
    const other = Redis.open({ url, ...PATIENT });
    const through = new URL(url);
    through.host = `127.0.0.1:${proxy.port}`;
    const redis = Redis.open({ url: through.href, ...PATIENT, pauseMs: 20 });
    const prefix = freshPrefix();
    const heard: string[] = [];
    let backs = 0;
    try {
      redis.onHears(() => backs++);
      redis.listen(`${prefix}:a`, (message) => heard.push(message));
      await until(() => redis.hears);
      assert.equal(backs, 1);
      proxy.set({ refuse: true });
      proxy.cut();
      await until(() => !redis.hears);
      await other.send("PUBLISH", `${prefix}:a`, "lost");
      redis.listen(`${prefix}:b`, (message) => heard.push(message));
      proxy.set({});
      await until(() => redis.hears);
      assert.equal(backs, 2);
      await other.send("PUBLISH", `${prefix}:a`, "a");
      await other.send("PUBLISH", `${prefix}:b`, "b");
      await until(() => heard.length === 2);
      assert.deepEqual(heard, ["a", "b"]);
    } finally {
      await redis.close();
      await other.close();
      await proxy.close();
    }
  });

  Deno.test("the connection that hears is noticed to have died silently", async () => {
    const target = new URL(url);
    const proxy = startTcpProxy({ hostname: target.hostname, port: Number(target.port || 6379) });
    const through = new URL(url);
    through.host = `127.0.0.1:${proxy.port}`;
    const redis = Redis.open({ url: through.href, pulseMs: 50, deadlineMs: 100, pauseMs: 20 });
    try {
      redis.listen(freshPrefix(), () => {});
      await until(() => redis.hears);
      proxy.set({ blackHole: true });
      await until(() => !redis.hears);
      proxy.set({});
      await until(() => redis.hears);
    } finally {
      await redis.close();
      await proxy.close();
    }
  });

  Deno.test("send() after close() is refused", async () => {
    const redis = Redis.open({ url, ...PATIENT });
    await redis.send("PING");
    await redis.close();
    await redis.close();
    await assert.rejects(redis.send("PING"), UnavailableError);
  });
});

serverSuite("redis door to a server of its own", missingRedisProgram(), () => {
  Deno.test("a password opens, a wrong one does not, and is repeated in no error", async () => {
    const server = await startRedis();
    const owner = Redis.open({ url: server.url, ...PATIENT });
    const right = Redis.open({ url: `redis://:p%40ss-right@127.0.0.1:${server.port}`, ...PATIENT });
    const changes: unknown[] = [];
    const wrong = Redis.open({
      url: `redis://:p%40ss-wrong@127.0.0.1:${server.port}`,
      ...PATIENT,
      pauseMs: 10,
      onChange: ({ away, error }) => changes.push(away, String(error)),
    });
    try {
      assert.equal(await owner.send("CONFIG", "SET", "requirepass", "p@ss-right"), "OK");
      assert.equal(await right.send("PING"), "PONG");
      const failed = await wrong.send("PING").then(() => null, (error) => error);
      assert.ok(failed instanceof UnavailableError);
      assert.equal(wrong.health().calls.state, "away");
      assert.equal(changes[0], true);
      assert.match(String(changes[1]), /WRONGPASS|NOAUTH/);
      assert.doesNotMatch(`${failed.message} ${failed.stack} ${changes}`, /p@ss|p%40ss/);
      await owner.send("CONFIG", "SET", "requirepass", "p@ss-wrong");
      await until(() => wrong.health().calls.state === "ok");
      assert.equal(await wrong.send("PING"), "PONG");
    } finally {
      await Promise.all([owner, right, wrong].map((redis) => redis.close()));
      await server.kill();
    }
  });
});
