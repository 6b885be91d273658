/** Services: the opened outside world, always the first argument. Made once in `open_services.ts`, or by a test. */
import type { Cache } from "@/lib/cache/mod.ts";
import type { Config } from "@/lib/config.ts";
import type { Counters } from "@/lib/counters/mod.ts";
import type { DocumentStore } from "@/lib/documents/mod.ts";
import type { Events } from "@/lib/events/mod.ts";
import type { Files } from "@/lib/files/mod.ts";
import type { ForecastPool } from "@/lib/forecast/pool.ts";
import type { JobQueue } from "@/lib/jobs/mod.ts";
import type { Log } from "@/lib/log.ts";
import type { SourceRegistry } from "@/lib/source/mod.ts";
import type { Staging } from "@/lib/staging/mod.ts";
import type { Warehouse } from "@/lib/warehouse/mod.ts";
import type { Pictures, WidgetRegistry } from "@/lib/widget/mod.ts";

/** The opened outside world. A use case that needs a part of it takes `Pick<Services, …>`. */
export interface Services {
  readonly config: Config;
  readonly log: Log;
  readonly clock: { now(): Date };
  readonly documents: DocumentStore;
  readonly warehouse: Warehouse;
  readonly staging: Staging;
  readonly cache: Cache;
  readonly files: Files;
  readonly events: Events;
  readonly counters: Counters;
  readonly jobs: JobQueue;
  readonly sources: SourceRegistry;
  readonly widgets: WidgetRegistry;
  readonly pictures: Pictures;
  readonly forecasts: ForecastPool;
  /** Aborted when the process begins to stop: event streams end on it. */
  readonly stopping: AbortSignal;
}
