import { redisCache } from "@/lib/cache/redis.ts";
import { silentLog } from "@/lib/log.ts";
import { Redis } from "@/lib/redis/redis.ts";
import { freshPrefix, missingRedis, PATIENT, redisUrl } from "@/tests/servers/redis.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { cacheContract } from "./cache.ts";

const missing = missingRedis();
const url = missing === null ? await redisUrl() : "";

const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

serverSuite("redis cache", missing, () => {
  // Without a memory of its own every value goes through Redis, and is read back from there.
  for (const [name, maxBytes] of [["redis cache", undefined], ["redis cache without memory", 1]] as const) {
    cacheContract(name, () => {
      const redis = Redis.open({ url, ...PATIENT });
      const cache = redisCache({ redis, log: silentLog, prefix: freshPrefix(), maxBytes });
      return Promise.resolve({ cache, pass, close: () => redis.close() });
    });
  }
});
