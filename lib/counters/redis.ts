/**
 * Counters that instances share. Each instance keeps what it noted today and makes Redis hold it: requests as its own
 * sums, imports by their ids. So writing again changes nothing, and a Redis that was away or flushed is filled again.
 */
import type { PartHealth } from "@/lib/model/mod.ts";
import type { Redis, RedisReply } from "@/lib/redis/redis.ts";
import { DayCounts, dayOf, minuteOf } from "./day_counts.ts";
import type { Counters, TodayCounts } from "./mod.ts";

/** How to share. */
export interface RedisCountersOptions {
  redis: Redis;
  /** Begins every key, so that installations can share a Redis. @default "tessera" */
  prefix?: string;
  /** How long notes are collected before they are written. @default 1000 */
  flushMs?: number;
  /** @default the machine's clock */
  now?: () => Date;
}

/** Counts of a day are kept for this long after their last change. */
const KEEP_SECONDS = 2 * 86_400;

/** Makes counters on a Redis, which stays the caller's to close. */
export function redisCounters(options: RedisCountersOptions): Counters {
  return new RedisCounters(options);
}

/** What this instance noted, and what of it Redis may not hold yet. */
class Noted extends DayCounts {
  readonly minutesToWrite: Set<string> = new Set();
  readonly importsToWrite: Set<string> = new Set();
  /** Whether Redis was told of this instance today. */
  isKnown = false;

  get isWritten(): boolean {
    return this.minutesToWrite.size === 0 && this.importsToWrite.size === 0;
  }

  writeAll(): void {
    for (const minute of this.requests.keys()) this.minutesToWrite.add(minute);
    for (const id of this.imports.keys()) this.importsToWrite.add(id);
  }
}

class RedisCounters implements Counters {
  #redis: Redis;
  #prefix: string;
  #flushMs: number;
  #now: () => Date;
  #self = crypto.randomUUID();
  #workspaces = new Map<string, Noted>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor({ redis, prefix = "tessera", flushMs = 1_000, now = () => new Date() }: RedisCountersOptions) {
    this.#redis = redis;
    this.#prefix = prefix;
    this.#flushMs = flushMs;
    this.#now = now;
  }

  request(workspace: string): void {
    const noted = this.#today(workspace);
    const minute = minuteOf(this.#now());
    noted.requests.set(minute, (noted.requests.get(minute) ?? 0) + 1);
    noted.minutesToWrite.add(minute);
    this.#flushSoon();
  }

  imported(workspace: string, importId: string, rows: number, at: Date): void {
    const noted = this.#today(workspace);
    if (dayOf(at) !== noted.day || noted.imports.has(importId)) return;
    noted.imports.set(importId, { minute: minuteOf(at), rows });
    noted.importsToWrite.add(importId);
    this.#flushSoon();
  }

  async today(workspace: string): Promise<TodayCounts> {
    const noted = this.#today(workspace);
    try {
      await this.#flush(workspace, noted);
      return (await this.#readAll(workspace, noted)).tell("every-instance");
    } catch {
      return noted.tell("this-instance"); // the answer says so, and the door has told why
    }
  }

  health(): PartHealth {
    const { state, since } = this.#redis.health().calls;
    return { kind: "redis", state, since: since.toISOString() };
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#flushEvery();
  }

  #today(workspace: string): Noted {
    const day = dayOf(this.#now());
    let noted = this.#workspaces.get(workspace);
    if (noted?.day !== day) this.#workspaces.set(workspace, noted = new Noted(day));
    return noted;
  }

  #flushSoon(): void {
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setTimeout(async () => {
      await this.#flushEvery();
      this.#timer = undefined;
      if ([...this.#workspaces.values()].some((noted) => !noted.isWritten)) this.#flushSoon();
    }, this.#flushMs);
    Deno.unrefTimer(this.#timer as unknown as number); // counting alone keeps no process alive
  }

  async #flushEvery(): Promise<void> {
    const flushed = [...this.#workspaces].map(([workspace, noted]) => this.#flush(workspace, noted));
    await Promise.allSettled(flushed); // what failed stays to be written
  }

  /** Writes what Redis may not hold yet; everything, where it turns out to have forgotten this instance. */
  async #flush(workspace: string, noted: Noted): Promise<void> {
    if (noted.isWritten) return;
    const { isKnown } = noted;
    const isNew = await this.#write(workspace, noted);
    noted.isKnown = true;
    if (!isNew || !isKnown) return;
    noted.writeAll();
    await this.#write(workspace, noted);
  }

  /** True where Redis did not know of this instance today. */
  async #write(workspace: string, noted: Noted): Promise<boolean> {
    const minutes = [...noted.minutesToWrite];
    const imports = [...noted.importsToWrite];
    noted.minutesToWrite.clear();
    noted.importsToWrite.clear();
    const requestsKey = this.#key(workspace, noted.day, "requests");
    const importsKey = this.#key(workspace, noted.day, "imports");
    const counts = minutes.flatMap((minute) => [`${this.#self} ${minute}`, String(noted.requests.get(minute))]);
    const rows = imports.flatMap((id) => {
      const { minute, rows } = noted.imports.get(id)!;
      return [id, `${minute} ${rows}`];
    });
    const keep = (key: string) => this.#redis.send("EXPIRE", key, String(KEEP_SECONDS));
    try {
      const [added] = await Promise.all([
        this.#redis.send("HSET", requestsKey, this.#self, ""),
        counts.length > 0 ? this.#redis.send("HSET", requestsKey, ...counts) : null,
        keep(requestsKey),
        rows.length > 0 ? this.#redis.send("HSET", importsKey, ...rows) : null,
        rows.length > 0 ? keep(importsKey) : null,
      ]);
      return added === 1;
    } catch (error) {
      for (const minute of minutes) noted.minutesToWrite.add(minute);
      for (const id of imports) noted.importsToWrite.add(id);
      throw error;
    }
  }

  /** What all instances noted, this one's as it knows it itself. */
  async #readAll(workspace: string, noted: Noted): Promise<DayCounts> {
    const [requests, imports] = await Promise.all([
      this.#redis.send("HGETALL", this.#key(workspace, noted.day, "requests")),
      this.#redis.send("HGETALL", this.#key(workspace, noted.day, "imports")),
    ]);
    const all = new DayCounts(noted.day);
    for (const [field, value] of fieldsOf(requests)) {
      const [instance, minute] = field.split(" ");
      const count = Number(value);
      if (!minute || instance === this.#self || !Number.isSafeInteger(count)) continue;
      all.requests.set(minute, (all.requests.get(minute) ?? 0) + count);
    }
    for (const [minute, count] of noted.requests) all.requests.set(minute, (all.requests.get(minute) ?? 0) + count);
    for (const [id, value] of fieldsOf(imports)) {
      const [minute = "", rows] = value.split(" ");
      if (Number.isSafeInteger(Number(rows))) all.imports.set(id, { minute, rows: Number(rows) });
    }
    for (const [id, count] of noted.imports) all.imports.set(id, count);
    return all;
  }

  #key(workspace: string, day: string, what: "requests" | "imports"): string {
    return `${this.#prefix}:counters:${workspace}:${day}:${what}`;
  }
}

function fieldsOf(reply: RedisReply): [string, string][] {
  if (typeof reply !== "object" || reply === null) return [];
  return Object.entries(reply).map(([field, value]) => [field, new TextDecoder().decode(value as Uint8Array)]);
}
