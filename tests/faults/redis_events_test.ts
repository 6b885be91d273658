/** Live events while Redis is killed, frozen, flushed: pages of every instance hear of what changed, if later. */
import assert from "node:assert/strict";
import { z } from "zod";
import type { Collection } from "@/lib/documents/mod.ts";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { followVersions } from "@/lib/events/follow_versions.ts";
import type { Events, LiveEvent } from "@/lib/events/mod.ts";
import { redisEvents } from "@/lib/events/redis.ts";
import { silentLog } from "@/lib/log.ts";
import { Redis } from "@/lib/redis/redis.ts";
import { missingRedisProgram, PATIENT, type RedisServer, startRedis } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { until } from "./server_process.ts";

const versions: Collection<{ id: string; dataset: number }> = {
  name: "versions",
  schema: z.looseObject({ id: z.string(), dataset: z.int() }),
  indexes: {},
};

const PUBLISH_BOUND_MS = 200;

interface Ground {
  server: RedisServer;
  /** What each instance's page heard, as versions. */
  heard: { a: number[]; b: number[] };
  doors: { a: Redis; b: Redis };
  /** What an import on instance B does: a new version in the store all share, then an event. */
  publishAtB(version: number): Promise<void>;
  restart(): Promise<void>;
}

async function withInstances(
  { awayMs = 60_000, wellMs = 60_000, ...deadline }: { awayMs?: number; wellMs?: number; deadlineMs?: number },
  work: (ground: Ground) => Promise<void>,
): Promise<void> {
  let server = await startRedis();
  const documents = openSqliteDocuments({ path: ":memory:" });
  await documents.create(versions, "w", { id: "ads", dataset: 1 });
  const read = async (): Promise<LiveEvent[]> => {
    const stored = await documents.get(versions, "w", "ads");
    return [{ type: "dataset", dataset: "ads", version: stored!.doc.dataset }];
  };
  const open = () => Redis.open({ url: server.url, pauseMs: 50, pulseMs: 100, ...deadline });
  const doors = { a: open(), b: open() };
  const follow = (link: Redis) =>
    followVersions(redisEvents({ redis: link }), { read, log: silentLog, link, awayMs, wellMs });
  const a = follow(doors.a);
  const b = follow(doors.b);
  const listen = (events: Events) => {
    const heard: number[] = [];
    events.subscribe("w", (event) => event.type === "dataset" && heard.push(event.version));
    return heard;
  };
  const ground: Ground = {
    server,
    doors,
    heard: { a: listen(a), b: listen(b) },
    async publishAtB(version) {
      const stored = await documents.get(versions, "w", "ads");
      await documents.put(versions, "w", { id: "ads", dataset: version }, stored!.version);
      const began = performance.now();
      await b.publish("w", { type: "dataset", dataset: "ads", version });
      const ms = performance.now() - began;
      assert.ok(ms < PUBLISH_BOUND_MS, `publishing took ${ms} ms`);
      assert.equal(ground.heard.b.at(-1), version, "its own page is told at once");
    },
    async restart() {
      ground.server = server = await startRedis({ port: server.port });
    },
  };
  try {
    await bothHear(ground);
    await work(ground);
  } finally {
    await Promise.all([a.close(), b.close()]);
    await Promise.all([doors.a.close(), doors.b.close()]);
    await documents.close();
    await server.kill();
  }
}

const bothHear = ({ doors }: Ground) => until("both hear", () => Promise.resolve(doors.a.hears && doors.b.hears));
const heardAtA = ({ heard }: Ground, version: number) =>
  until(`A hears of version ${version}`, () => Promise.resolve(heard.a.includes(version)));

serverSuite("events with a Redis that fails", missingRedisProgram(), () => {
  Deno.test("Redis is killed: the other instance's page hears by reading versions, and by messages once it is back", async () => {
    await withInstances({ awayMs: 100 }, async (ground) => {
      await ground.publishAtB(2);
      await heardAtA(ground, 2);
      await ground.server.kill();
      await ground.publishAtB(3);
      await heardAtA(ground, 3);
      await ground.publishAtB(4);
      await heardAtA(ground, 4);
      await ground.restart();
      await bothHear(ground);
      await ground.publishAtB(5);
      await heardAtA(ground, 5);
      assert.deepEqual(ground.heard.b, [2, 3, 4, 5], "its own page is told once");
      assert.deepEqual([...new Set(ground.heard.a)], [2, 3, 4, 5]);
    });
  });

  Deno.test("Redis is frozen: noticed by its silence; versions are read until it thaws", async () => {
    await withInstances({ awayMs: 100 }, async (ground) => {
      ground.server.freeze();
      await ground.publishAtB(2);
      await heardAtA(ground, 2);
      assert.equal(ground.doors.a.hears, false);
      ground.server.thaw();
      await bothHear(ground);
      await ground.publishAtB(3);
      await heardAtA(ground, 3);
      assert.deepEqual(ground.heard.b, [2, 3]);
    });
  });

  Deno.test("what happened while Redis was away is told when it is back, without waiting for a reading", async () => {
    await withInstances({}, async (ground) => {
      await ground.server.kill();
      await until("both notice", () => Promise.resolve(!ground.doors.a.hears && !ground.doors.b.hears));
      await ground.publishAtB(2);
      await ground.publishAtB(3);
      await ground.restart();
      await heardAtA(ground, 3);
      assert.deepEqual(ground.heard.b, [2, 3]);
    });
  });

  Deno.test("Redis is flushed: listeners stay", async () => {
    await withInstances(PATIENT, async (ground) => {
      await ground.server.flush();
      await ground.publishAtB(2);
      await heardAtA(ground, 2);
    });
  });

  Deno.test("an instance that cannot send any more is followed by readings that are rare", async () => {
    await withInstances({ wellMs: 300, awayMs: 200, ...PATIENT }, async (ground) => {
      await ground.doors.b.close(); // from now on nothing of B's reaches the others
      await ground.publishAtB(2);
      assert.equal(ground.doors.a.hears, true);
      await heardAtA(ground, 2);
    });
  });
});
