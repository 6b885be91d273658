/**
 * Cache: values that can be made again, by key. Nothing is invalidated: keys carry the versions they depend on. So one
 * key has one value; a value that is set anew may not be seen by others before its time is over.
 */
import type { PartHealth } from "@/lib/model/mod.ts";

/** The role; one contract suite (`tests/contracts/cache.ts`) holds for every implementation. */
export interface Cache {
  /** The value, or undefined. Never throws: a cache that fails is a cache that is empty. */
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, options?: { ttlMs?: number }): Promise<void>;
  /** The cached value, or what `make` answers; callers that ask for one key at the same time share one `make`. */
  through(
    key: string,
    make: () => Promise<string>,
    options?: { ttlMs?: number },
  ): Promise<{ value: string; cached: boolean }>;
  /** How it does at this moment; asks nobody. */
  health(): PartHealth;
  close(): Promise<void>;
}
