/**
 * Finds what no message told of: now and then the versions that stand are read, and what rose is told to the listeners of
 * this process. Often where messages do not come, rarely where they do.
 */
import type { Log } from "@/lib/log.ts";
import { memoryEvents } from "./memory.ts";
import type { Events, LiveEvent } from "./mod.ts";
import { subjectOf } from "./subject_of.ts";

/** How to follow. */
export interface FollowVersionsOptions {
  /** What stands in a workspace at this moment, as the events that would tell of it. Read from what all instances share. */
  read(workspace: string): Promise<LiveEvent[]>;
  log: Log;
  /** By what messages come from other instances; nothing where they come by nothing. */
  link?: MessageLink;
  /** Pause between readings where messages do not come. @default 5000 */
  awayMs?: number;
  /** Pause between readings where they do: one that got lost may still have been another instance's to send. @default 60000 */
  wellMs?: number;
}

/** By what messages come; `Redis` is one. */
export interface MessageLink {
  readonly hears: boolean;
  onHears(listener: () => void): () => void;
}

/** The same events, and those that were missed. Closes `events` with itself. */
export function followVersions(events: Events, options: FollowVersionsOptions): Events {
  return new FollowedEvents(events, options);
}

class Followed {
  listeners = 0;
  end = () => {};
  /** What this process knows of, by subject; undefined until it was read once. */
  known: Map<string, string | number> | undefined;
  /** What was heard before it was read. */
  heard = new Map<string, string | number>();
  reading = false;
  readAt = -Infinity;
}

class FollowedEvents implements Events {
  #events: Events;
  #options: FollowVersionsOptions;
  #local: Events;
  #workspaces = new Map<string, Followed>();
  #awayMs: number;
  #wellMs: number;
  #timer: ReturnType<typeof setInterval>;
  #endLink: (() => void) | undefined;
  #readings = new Set<Promise<void>>();
  #failed = false;

  constructor(events: Events, options: FollowVersionsOptions) {
    this.#events = events;
    this.#options = options;
    const { awayMs = 5_000, wellMs = 60_000, log, link } = options;
    this.#awayMs = awayMs;
    this.#wellMs = wellMs;
    this.#local = memoryEvents({ onError: (error) => log.error("A listener failed", { error }) });
    this.#timer = setInterval(() => this.#readDue(), Math.max(1, awayMs / 5));
    Deno.unrefTimer(this.#timer as unknown as number); // following alone keeps no process alive
    this.#endLink = link?.onHears(() => this.#readDue(0)); // whatever was sent while nothing was heard
  }

  publish(workspace: string, event: LiveEvent): Promise<void> {
    return this.#events.publish(workspace, event);
  }

  subscribe(workspace: string, listener: (event: LiveEvent) => void): () => void {
    const end = this.#local.subscribe(workspace, listener);
    const followed = this.#workspaces.get(workspace) ?? new Followed();
    this.#workspaces.set(workspace, followed);
    if (followed.listeners++ === 0) {
      followed.end = this.#events.subscribe(workspace, (event) => this.#hear(workspace, followed, event));
      this.#read(workspace, followed);
    }
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      end();
      // What is known stays: whoever comes next is told what rose meanwhile.
      if (--followed.listeners === 0) followed.end();
    };
  }

  health() {
    return this.#events.health();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#endLink?.();
    this.#workspaces.clear();
    await this.#local.close();
    await this.#events.close();
    await Promise.all(this.#readings);
  }

  #hear(workspace: string, followed: Followed, event: LiveEvent): void {
    note(followed.known ?? followed.heard, event);
    void this.#local.publish(workspace, event);
  }

  #readDue(pauseMs: number = this.#options.link?.hears ? this.#wellMs : this.#awayMs): void {
    for (const [workspace, followed] of this.#workspaces) {
      const age = performance.now() - followed.readAt;
      if (followed.listeners > 0 && age >= pauseMs) this.#read(workspace, followed);
    }
  }

  /** One reading of a workspace at a time: a store that is slow is not asked more often. */
  #read(workspace: string, followed: Followed): void {
    if (followed.reading) return;
    followed.reading = true;
    followed.readAt = performance.now();
    const reading = this.#options.read(workspace).then((standing) => {
      this.#failed = false;
      this.#tellRisen(workspace, followed, standing);
    }).catch((error) => {
      if (!this.#failed) this.#options.log.warn("Cannot read what stands; live pages repaint late", { error });
      this.#failed = true;
    }).finally(() => {
      followed.reading = false;
      this.#readings.delete(reading);
    });
    this.#readings.add(reading);
  }

  #tellRisen(workspace: string, followed: Followed, standing: LiveEvent[]): void {
    const isFirst = followed.known === undefined;
    const known = followed.known ??= followed.heard;
    for (const event of standing) {
      // The first reading is no news by itself: pages that opened before it show what stood then.
      const wasKnown = !isFirst || known.has(subjectOf(event));
      if (note(known, event) && wasKnown) void this.#local.publish(workspace, event);
    }
  }
}

/** Notes what an event says. True where it is news; an older version than the one known is none. */
function note(known: Map<string, string | number>, event: LiveEvent): boolean {
  // Neither who is there nor what stands out has a version that could rise.
  if (event.type === "presence" || event.type === "anomalies") return false;
  const subject = subjectOf(event);
  const value = event.type === "import" ? event.state : event.version;
  const before = known.get(subject);
  if (before === value || (typeof before === "number" && typeof value === "number" && value < before)) return false;
  known.set(subject, value);
  return true;
}
