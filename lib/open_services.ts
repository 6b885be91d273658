/** Opens the outside world as the settings say: once at start, closed once at the end. */
import { join } from "node:path";
import { memoryCache } from "@/lib/cache/memory.ts";
import type { Config } from "@/lib/config.ts";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { memoryEvents } from "@/lib/events/memory.ts";
import { claimDataDirectory, type DataDirectory } from "@/lib/files/data_directory.ts";
import { openDiskFiles } from "@/lib/files/disk.ts";
import { createDrain, type Drain } from "@/lib/http/drain.ts";
import { jobs } from "@/lib/jobs/jobs.ts";
import { createJobRunner, type JobRunner } from "@/lib/jobs/runner.ts";
import { createLog } from "@/lib/log.ts";
import { openPictures } from "@/lib/pictures/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { SourceRegistry } from "@/lib/source/mod.ts";
import { openDuckStaging } from "@/lib/staging/duckdb.ts";
import { openDuckWarehouse } from "@/lib/warehouse/duckdb.ts";
import type { WidgetRegistry } from "@/lib/widget/mod.ts";

/** What is plugged in: `lib/` knows no plugin or widget by name. */
export interface Plugged {
  sources: SourceRegistry;
  widgets: WidgetRegistry;
}

/** Open services, with what only their owner may do. */
export interface OpenServices extends Services {
  readonly jobs: JobRunner<Services>;
  readonly dataDirectory: DataDirectory;
  /** What every answer passes through, so that stopping can wait for it. */
  readonly drain: Drain;
  /** Ends jobs, closes every store, lets go of the data directory. Safe to repeat. */
  close(): Promise<void>;
}

/** Opens the embedded stores under `DATA_DIR`. Throws where the directory belongs to another process, or cannot last. */
export async function openServices(config: Config, { sources, widgets }: Plugged): Promise<OpenServices> {
  if (config.deploy) {
    throw new Error(
      "Cannot keep data on Deno Deploy: its disk is gone with each instance; run Tessera on a machine of your own",
    );
  }
  const log = createLog({ level: config.logLevel });
  const dataDirectory = await claimDataDirectory(config.dataDir);
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(store: T): T => {
    opened.unshift(store);
    return store;
  };
  const closeAll = async () => {
    for (const store of opened.splice(0)) {
      await store.close().catch((error) => log.error("Cannot close a store", { error }));
    }
    await dataDirectory.release();
  };
  try {
    const stagingDirectory = dataDirectory.staging;
    // The directory is ours alone: what lies here was left by a process that was killed, and is made anew where needed.
    for await (const { name } of Deno.readDir(stagingDirectory)) {
      await Deno.remove(join(stagingDirectory, name), { recursive: true });
    }
    const documents = keep(openSqliteDocuments({ path: join(config.dataDir, "tessera.sqlite") }));
    const duck = keep(
      await Duck.open({
        path: join(config.dataDir, "warehouse.duckdb"),
        stagingDirectory,
        temporaryDirectory: join(stagingDirectory, "spill"),
        memoryLimit: config.memoryLimit,
        threads: config.threads,
      }),
    );
    const files = keep(await openDiskFiles({ directory: dataDirectory.files, stagingDirectory }));
    const runner = createJobRunner<Services>({ documents, log, jobs, alone: true });
    opened.unshift({ close: () => runner.stop() });
    const drain = createDrain();
    const services: Services = {
      config,
      log,
      clock: { now: () => new Date() },
      documents,
      warehouse: openDuckWarehouse({ duck }),
      staging: openDuckStaging({ duck, stagingDirectory }),
      files,
      cache: keep(memoryCache()),
      events: keep(memoryEvents()),
      pictures: keep(openPictures()),
      jobs: runner,
      sources,
      widgets,
      stopping: drain.signal,
    };
    return { ...services, jobs: runner, dataDirectory, drain, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
