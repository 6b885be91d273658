/** What an import needs, on real stores in a folder of its own; the queue is run by hand. */
import { memoryCounters } from "@/lib/counters/memory.ts";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { memoryEvents } from "@/lib/events/memory.ts";
import { openDiskFiles } from "@/lib/files/disk.ts";
import { createImport, type CreateImportInput, runImport } from "@/lib/ingest/imports.ts";
import type { ImportServices } from "@/lib/ingest/run_import.ts";
import { createLog } from "@/lib/log.ts";
import { type ImportJob, LOCAL_OWNER } from "@/lib/model/mod.ts";
import { sourceRegistry } from "@/lib/source/mod.ts";
import { openDuckStaging } from "@/lib/staging/duckdb.ts";
import { openDuckWarehouse } from "@/lib/warehouse/duckdb.ts";
import { readConfig } from "@/lib/config.ts";
import type { Services } from "@/lib/services.ts";
import { builtInSources } from "@/plugins/mod.ts";

export type WalkServices = ImportServices & Pick<Services, "jobs" | "config"> & { duck: Duck; directory: string };

/** Opens stores, runs `work`, closes them. */
export async function withImportServices(
  work: (services: WalkServices) => Promise<void>,
  options: { now?: Date } = {},
): Promise<void> {
  const directory = await Deno.makeTempDir();
  await Deno.mkdir(`${directory}/staging`);
  await Deno.mkdir(`${directory}/files`);
  const documents = openSqliteDocuments({ path: `${directory}/t.sqlite` });
  const duck = await Duck.open({ path: `${directory}/w.duckdb`, stagingDirectory: `${directory}/staging`, threads: 2 });
  const files = await openDiskFiles({ directory: `${directory}/files`, stagingDirectory: `${directory}/staging` });
  const events = memoryEvents();
  try {
    await work({
      documents,
      duck,
      directory,
      files,
      events,
      counters: memoryCounters({ now: () => options.now ?? new Date() }),
      warehouse: openDuckWarehouse({ duck }),
      staging: openDuckStaging({ duck, stagingDirectory: `${directory}/staging` }),
      clock: { now: () => options.now ?? new Date() },
      log: createLog({ level: "error" }),
      sources: sourceRegistry(builtInSources),
      jobs: { enqueue: () => Promise.resolve() },
      config: readConfig({ DATA_DIR: directory }),
    });
  } finally {
    await events.close();
    await files.close();
    await documents.close();
    await duck.close();
    await Deno.remove(directory, { recursive: true });
  }
}

/** Uploads and runs to the end. */
export async function importBytes(
  services: WalkServices,
  bytes: Uint8Array | string,
  input: Partial<CreateImportInput> = {},
): Promise<ImportJob> {
  const body = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
  const job = await createImport(services, LOCAL_OWNER, { dataset: "ads", filename: "x.csv", ...input, body });
  return await runImport(services, LOCAL_OWNER.workspace, job.id);
}

/** The rows of a dataset that count now, as the warehouse lays them down. */
export function currentRows(services: WalkServices, dataset: string, select: string) {
  return services.duck.rows(`select ${select} from ws_default.${dataset}_rows where _to is null`);
}
