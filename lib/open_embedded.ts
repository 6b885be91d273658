/** Opens the embedded mode: everything in one process, under `DATA_DIR`. */
import { join } from "node:path";
import { memoryCache } from "@/lib/cache/memory.ts";
import type { Config } from "@/lib/config.ts";
import { memoryCounters } from "@/lib/counters/memory.ts";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { memoryEvents } from "@/lib/events/memory.ts";
import { claimDataDirectory } from "@/lib/files/data_directory.ts";
import { openDiskFiles } from "@/lib/files/disk.ts";
import type { Log } from "@/lib/log.ts";
import { Opened, type OpenStores } from "@/lib/open_stores.ts";
import { openDuckStaging } from "@/lib/staging/duckdb.ts";
import { openDuckWarehouse } from "@/lib/warehouse/duckdb.ts";

/** Opens the stores. Throws where the directory belongs to another process, or cannot last. */
export async function openEmbedded(config: Config, log: Log): Promise<OpenStores> {
  if (config.deploy) {
    throw new Error(
      "Cannot keep data on Deno Deploy: its disk is gone with each instance; set MONGODB_URI, or run Tessera on a machine of your own",
    );
  }
  const opened = new Opened((error) => log.error("Cannot close a store", { error }));
  const dataDirectory = await claimDataDirectory(config.dataDir);
  opened.keep({ close: () => dataDirectory.release() });
  try {
    const stagingDirectory = dataDirectory.staging;
    // The directory is ours alone: what lies here was left by a process that was killed, and is made anew where needed.
    for await (const { name } of Deno.readDir(stagingDirectory)) {
      await Deno.remove(join(stagingDirectory, name), { recursive: true });
    }
    const documents = opened.keep(openSqliteDocuments({ path: join(config.dataDir, "tessera.sqlite") }));
    const duck = opened.keep(
      await Duck.open({
        path: join(config.dataDir, "warehouse.duckdb"),
        stagingDirectory,
        temporaryDirectory: join(stagingDirectory, "spill"),
        memoryLimit: config.memoryLimit,
        threads: config.threads,
      }),
    );
    const files = opened.keep(await openDiskFiles({ directory: dataDirectory.files, stagingDirectory }));
    return {
      documents,
      warehouse: openDuckWarehouse({ duck }),
      staging: openDuckStaging({ duck, stagingDirectory }),
      files,
      cache: opened.keep(memoryCache()),
      events: opened.keep(memoryEvents()),
      counters: opened.keep(memoryCounters()),
      has: ["engine", "data-directory"],
      engine: "here",
      alone: true,
      announce: (url) => dataDirectory.announce(url),
      close: () => opened.close(),
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
