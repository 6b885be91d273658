/** What an installation keeps things in: opened for the embedded mode or for the server mode, used by everything alike. */
import type { Cache } from "@/lib/cache/mod.ts";
import type { Counters } from "@/lib/counters/mod.ts";
import type { DocumentStore } from "@/lib/documents/mod.ts";
import type { Events } from "@/lib/events/mod.ts";
import type { Files } from "@/lib/files/mod.ts";
import type { JobNeed } from "@/lib/jobs/define_job.ts";
import type { Staging } from "@/lib/staging/mod.ts";
import type { Warehouse } from "@/lib/warehouse/mod.ts";

/** Where the engine is that imports need. */
export type Engine = "here" | "process" | "elsewhere";

/** Open stores of one mode. */
export interface OpenStores {
  readonly documents: DocumentStore;
  readonly warehouse: Warehouse;
  readonly staging: Staging;
  readonly files: Files;
  readonly cache: Cache;
  readonly events: Events;
  readonly counters: Counters;
  /** What jobs find in this process. */
  readonly has: readonly JobNeed[];
  /** Where imports run: in this process, in one of its own beside it, or on other instances. */
  readonly engine: Engine;
  /** True where no other process shares the stores. */
  readonly alone: boolean;
  /** Writes where the server answers, for whoever finds the data taken. */
  announce(url: string): Promise<void>;
  /** Closes every store in order. Safe to repeat. */
  close(): Promise<void>;
}

/** Collects what was opened, so that all of it is closed in the opposite order, also where opening breaks off. */
export class Opened {
  #stores: { close(): Promise<void> }[] = [];
  #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Takes a store over. */
  keep<T extends { close(): Promise<void> }>(store: T): T {
    this.#stores.unshift(store);
    return store;
  }

  /** Closes the newest first; one that fails keeps none of the others open. */
  async close(): Promise<void> {
    for (const store of this.#stores.splice(0)) await store.close().catch(this.#onError);
  }
}
