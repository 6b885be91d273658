import { memoryCounters } from "@/lib/counters/memory.ts";
import { redisCounters } from "@/lib/counters/redis.ts";
import { Redis } from "@/lib/redis/redis.ts";
import { freshPrefix, missingRedis, PATIENT, redisUrl } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { countersContract } from "./counters.ts";

const missing = missingRedis();
const url = missing === null ? await redisUrl() : "";

countersContract("memory counters", (now) => Promise.resolve({ counters: memoryCounters({ now }) }));

serverSuite("redis counters", missing, () => {
  countersContract("redis counters", (now) => {
    const redis = Redis.open({ url, ...PATIENT });
    const counters = redisCounters({ redis, prefix: freshPrefix(), now });
    return Promise.resolve({ counters, close: () => redis.close() });
  });
});
