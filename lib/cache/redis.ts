/**
 * A cache that instances share: a small one in this process's memory, and Redis behind it. Redis only saves work: where
 * it is away, slow, flushed or holds rubbish, values are made as if it were empty.
 */
import { createHash } from "node:crypto";
import type { Log } from "@/lib/log.ts";
import type { Redis, RedisReply } from "@/lib/redis/redis.ts";
import { memoryCache } from "./memory.ts";
import type { Cache } from "./mod.ts";
import { packValue, unpackValue } from "./stored_value.ts";

/** How to share. */
export interface RedisCacheOptions {
  redis: Redis;
  log: Log;
  /** Begins every key, so that installations can share a Redis. @default "tessera" */
  prefix?: string;
  /** For the values that this process holds itself. @default 33554432 */
  maxBytes?: number;
  /** How long a value stays that was given no time: keys of old versions are never asked for again. @default 7 days */
  ttlMs?: number;
  /** How long one instance is left to make a value before others make it, too. @default 2000 */
  claimMs?: number;
}

type Made = { value: string; cached: boolean };

const WEEK_MS = 7 * 24 * 3_600_000;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 100;
/** Longer keys are hashed: Redis compares and keeps keys whole. */
const MAX_KEY = 200;
const LOG_EVERY_MS = 60_000;

/** Makes a cache on a Redis, which stays the caller's to close. */
export function redisCache(options: RedisCacheOptions): Cache {
  return new RedisCache(options);
}

class RedisCache implements Cache {
  #redis: Redis;
  #log: Log;
  #near: Cache;
  #prefix: string;
  #ttlMs: number;
  #claimMs: number;
  #turns = new Map<string, Promise<Made>>();
  #writes = new Set<Promise<void>>();
  #loggedAt = -Infinity;

  constructor(options: RedisCacheOptions) {
    const { redis, log, prefix = "tessera", maxBytes = 32 * 2 ** 20, ttlMs = WEEK_MS, claimMs = 2_000 } = options;
    this.#redis = redis;
    this.#log = log;
    this.#near = memoryCache({ maxBytes });
    this.#prefix = prefix;
    this.#ttlMs = ttlMs;
    this.#claimMs = claimMs;
  }

  async get(key: string): Promise<string | undefined> {
    return await this.#near.get(key) ?? await this.#read(key);
  }

  async set(key: string, value: string, { ttlMs }: { ttlMs?: number } = {}): Promise<void> {
    await this.#near.set(key, value, { ttlMs });
    this.#write(key, value, ttlMs);
  }

  through(key: string, make: () => Promise<string>, { ttlMs }: { ttlMs?: number } = {}): Promise<Made> {
    let turn = this.#turns.get(key);
    if (!turn) {
      turn = this.#turn(key, make, ttlMs).finally(() => this.#turns.delete(key));
      this.#turns.set(key, turn);
    }
    return turn;
  }

  health() {
    const { state, since } = this.#redis.health().calls;
    return { kind: "redis", state, since: since.toISOString() };
  }

  async close(): Promise<void> {
    await Promise.all(this.#writes);
    await this.#near.close();
  }

  /** One value for all who ask this instance meanwhile: found here, found in Redis, or made. */
  async #turn(key: string, make: () => Promise<string>, ttlMs: number | undefined): Promise<Made> {
    const present = await this.get(key);
    if (present !== undefined) return { value: present, cached: true };
    const claim = this.#name("claim", key);
    const { claimed, value: others } = await this.#claimOrWait(key, claim);
    try {
      if (others !== undefined) return { value: others, cached: true };
      const value = await make();
      await this.#near.set(key, value, { ttlMs });
      this.#write(key, value, ttlMs);
      return { value, cached: false };
    } finally {
      // After the value on the same connection: whoever waits finds the one or the other. Without either they make it.
      if (claimed) this.#later(this.#redis.send("DEL", claim));
    }
  }

  /** Claims the making of a value; while another instance has it, waits for that one's, but never long. */
  async #claimOrWait(key: string, claim: string): Promise<{ claimed: boolean; value?: string }> {
    const end = performance.now() + this.#claimMs;
    for (let pause = FIRST_PAUSE_MS;; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      // Read after the claim, in one go: another may have made it since this one looked.
      const [answer, value] = await Promise.all([
        this.#ask("SET", claim, "1", "NX", "PX", String(this.#claimMs)),
        this.#read(key),
      ]);
      const claimed = answer === "OK";
      if (value !== undefined) return { claimed, value };
      if (claimed || answer === undefined || performance.now() >= end) return { claimed };
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** From Redis, and from then on near; values with a time of their own stay with the clock that ends them. */
  async #read(key: string): Promise<string | undefined> {
    const bytes = await this.#ask("GET", this.#name("value", key));
    const found = bytes instanceof Uint8Array ? unpackValue(key, bytes) : undefined;
    if (found && !found.timed) await this.#near.set(key, found.value);
    return found?.value;
  }

  #write(key: string, value: string, ttlMs: number | undefined): void {
    const name = this.#name("value", key);
    const bytes = ttlMs !== undefined && ttlMs <= 0 ? null : packValue(key, { value, timed: ttlMs !== undefined });
    const keepMs = Math.max(1, Math.round(ttlMs ?? this.#ttlMs));
    // What is not stored must not leave an older value in its place.
    this.#later(bytes ? this.#redis.send("SET", name, bytes, "PX", String(keepMs)) : this.#redis.send("DEL", name));
  }

  /** Nobody waits for it, but `close` does. */
  #later(sent: Promise<unknown>): void {
    const done = sent.then(() => {}, (error) => this.#tell(error)).finally(() => this.#writes.delete(done));
    this.#writes.add(done);
  }

  /** What Redis answers, or undefined where it does not. */
  async #ask(...command: string[]): Promise<RedisReply | undefined> {
    try {
      return await this.#redis.send(...command);
    } catch (error) {
      this.#tell(error);
      return undefined;
    }
  }

  /** The door tells of a Redis that is away; one that refuses, because it is full say, is told of here. */
  #tell(error: unknown): void {
    if (this.#redis.health().calls.state !== "ok" || performance.now() - this.#loggedAt < LOG_EVERY_MS) return;
    this.#loggedAt = performance.now();
    this.#log.warn("Redis refuses a call of the cache; values are made without it", { error });
  }

  #name(kind: "value" | "claim", key: string): string {
    const short = key.length <= MAX_KEY ? key : `${key.slice(0, 60)}:${createHash("sha256").update(key).digest("hex")}`;
    return `${this.#prefix}:cache:${kind}:${short}`;
  }
}
