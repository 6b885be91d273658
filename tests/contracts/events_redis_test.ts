import { followVersions } from "@/lib/events/follow_versions.ts";
import { memoryEvents } from "@/lib/events/memory.ts";
import { redisEvents } from "@/lib/events/redis.ts";
import { silentLog } from "@/lib/log.ts";
import { Redis } from "@/lib/redis/redis.ts";
import { freshPrefix, missingRedis, PATIENT, redisUrl } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { eventsContract } from "./events.ts";

const missing = missingRedis();
const url = missing === null ? await redisUrl() : "";

const read = () => Promise.resolve([]);
const settle = () => Promise.resolve();

eventsContract("followed memory events", () => {
  const events = followVersions(memoryEvents(), { read, log: silentLog });
  return Promise.resolve({ events, settle });
});

serverSuite("redis events", missing, () => {
  eventsContract("redis events", () => {
    const redis = Redis.open({ url, ...PATIENT });
    const events = redisEvents({ redis, prefix: freshPrefix() });
    return Promise.resolve({ events, settle, close: () => redis.close() });
  });

  eventsContract("followed redis events", () => {
    const redis = Redis.open({ url, ...PATIENT });
    const events = followVersions(redisEvents({ redis, prefix: freshPrefix() }), { read, log: silentLog, link: redis });
    return Promise.resolve({ events, settle, close: () => redis.close() });
  });
});
