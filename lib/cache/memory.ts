/** A cache in this process's memory: least recently used values go first. */
import { LRUCache } from "lru-cache";
import type { Cache } from "./mod.ts";

/** How much to hold. */
export interface MemoryCacheOptions {
  /** Keys and values together, in bytes, roughly. @default 67108864 */
  maxBytes?: number;
  /** Milliseconds for `ttlMs`. @default performance.now */
  now?: () => number;
}

/** Per entry, for what the engine keeps around key and value. */
const ENTRY_BYTES = 200;

/** Makes a cache. A value larger than the cache is not kept. */
export function memoryCache(options: MemoryCacheOptions = {}): Cache {
  const { maxBytes = 64 * 2 ** 20, now } = options;
  const entries = new LRUCache<string, string>({
    maxSize: maxBytes,
    sizeCalculation: (value, key) => 2 * (value.length + key.length) + ENTRY_BYTES,
    // Ages are compared exactly, so that a value never outlives its time.
    ttlResolution: 0,
    ...(now ? { perf: { now } } : {}),
  });
  const making = new Map<string, Promise<string>>();

  function set(key: string, value: string, ttlMs?: number): void {
    if (ttlMs !== undefined && ttlMs <= 0) entries.delete(key);
    else entries.set(key, value, ttlMs === undefined ? {} : { ttl: ttlMs });
  }

  return {
    get: (key) => Promise.resolve(entries.get(key)),
    set(key, value, { ttlMs } = {}) {
      set(key, value, ttlMs);
      return Promise.resolve();
    },
    async through(key, make, { ttlMs } = {}) {
      const present = entries.get(key);
      if (present !== undefined) return { value: present, cached: true };
      let turn = making.get(key);
      if (!turn) {
        // Whoever came first made it for all: the work belongs to the cache, not to that caller, and an error is
        // answered to everybody who waits and then forgotten.
        turn = Promise.resolve().then(make).then((value) => {
          set(key, value, ttlMs);
          return value;
        }).finally(() => making.delete(key));
        making.set(key, turn);
      }
      return { value: await turn, cached: false };
    },
    health: () => ({ kind: "memory", state: "ok" }),
    close() {
      entries.clear();
      return Promise.resolve();
    },
  };
}
