import type { Cache } from "@/lib/cache/mod.ts";

/** A cache that keeps nothing, so that every question is asked. */
export function noCache(): Cache {
  return {
    get: () => Promise.resolve(undefined),
    set: () => Promise.resolve(),
    through: async (_key, make) => ({ value: await make(), cached: false }),
    health: () => ({ kind: "none", state: "ok" }),
    close: () => Promise.resolve(),
  };
}
