/**
 * Events that reach every instance, through Redis. Listeners of the publishing instance are told at once and once, with
 * Redis or without it. What cannot be sent is sent when Redis is back; what is lost is found by `followVersions`.
 */
import { z } from "zod";
import type { Redis } from "@/lib/redis/redis.ts";
import { memoryEvents, type MemoryEventsOptions } from "./memory.ts";
import { type Events, type LiveEvent, liveEventSchema } from "./mod.ts";
import { subjectOf } from "./subject_of.ts";

/** How to reach the others. */
export interface RedisEventsOptions extends MemoryEventsOptions {
  redis: Redis;
  /** Begins every channel, so that installations can share a Redis. @default "tessera" */
  prefix?: string;
}

/** What goes through Redis. */
const messageSchema = z.object({ from: z.string(), event: liveEventSchema });

type Told = { workspace: string; event: LiveEvent };

/** Events that wait for Redis; more only where very much changes while it is away, and then the oldest are left out. */
const MAX_UNSENT = 1_000;

/** Makes events on a Redis, which stays the caller's to close. */
export function redisEvents(options: RedisEventsOptions): Events {
  return new RedisEvents(options);
}

class RedisEvents implements Events {
  #redis: Redis;
  #prefix: string;
  #self = crypto.randomUUID();
  #local: Events;
  #heard = new Map<string, { listeners: number; end: () => void }>();
  /** On its way and waiting for Redis to be back, by workspace and subject. */
  #newest = new Map<string, Told>();
  #unsent = new Map<string, Told>();
  #sending = new Set<Promise<void>>();
  #endRetry: () => void;
  #closed = false;

  constructor({ redis, prefix = "tessera", onError }: RedisEventsOptions) {
    this.#redis = redis;
    this.#prefix = prefix;
    this.#local = memoryEvents({ onError });
    this.#endRetry = redis.onAnswers(() => {
      for (const { workspace, event } of [...this.#unsent.values()]) this.#send(workspace, event);
    });
  }

  async publish(workspace: string, event: LiveEvent): Promise<void> {
    await this.#local.publish(workspace, event);
    if (!this.#closed) this.#send(workspace, event);
  }

  subscribe(workspace: string, listener: (event: LiveEvent) => void): () => void {
    if (this.#closed) return () => {};
    const end = this.#local.subscribe(workspace, listener);
    const heard = this.#heard.get(workspace) ??
      { listeners: 0, end: this.#redis.listen(this.#channel(workspace), (text) => this.#hear(workspace, text)) };
    heard.listeners++;
    this.#heard.set(workspace, heard);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      end();
      if (--heard.listeners > 0 || this.#closed) return;
      heard.end();
      this.#heard.delete(workspace);
    };
  }

  health() {
    const { state, since } = this.#redis.health().channels;
    return { kind: "redis", state, since: since.toISOString() };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#endRetry();
    for (const { end } of this.#heard.values()) end();
    this.#heard.clear();
    await this.#local.close();
    await Promise.all(this.#sending);
  }

  /** Nobody waits for it: whoever publishes has done its work, and must not be slower for a Redis that is away. */
  #send(workspace: string, event: LiveEvent): void {
    const subject = `${workspace}\n${subjectOf(event)}`;
    const told = { workspace, event };
    this.#newest.set(subject, told);
    this.#unsent.delete(subject);
    const text = JSON.stringify({ from: this.#self, event });
    const done = this.#redis.send("PUBLISH", this.#channel(workspace), text).then(() => {}, () => {
      // The door has told that Redis is away. Of one subject only the newest is worth sending again.
      if (this.#newest.get(subject) === told) this.#unsent.set(subject, told);
      if (this.#unsent.size > MAX_UNSENT) this.#unsent.delete(this.#unsent.keys().next().value!);
    }).finally(() => {
      this.#sending.delete(done);
      if (this.#newest.get(subject) === told) this.#newest.delete(subject);
    });
    this.#sending.add(done);
  }

  #hear(workspace: string, text: string): void {
    const message = readMessage(text);
    if (!message || message.from === this.#self || this.#closed) return;
    void this.#local.publish(workspace, message.event);
  }

  #channel(workspace: string): string {
    return `${this.#prefix}:events:${workspace}`;
  }
}

/** Undefined for what is none: another program may use the channel, or a newer instance say what this one cannot read. */
function readMessage(text: string): z.output<typeof messageSchema> | undefined {
  try {
    return messageSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
