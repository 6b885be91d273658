/** A data directory for one measurement, and imports into it through the ordinary door. */
import { join } from "node:path";
import { type Config, readConfig } from "@/lib/config.ts";
import { createImport, getImport } from "@/lib/ingest/imports.ts";
import { type ImportJob, LOCAL_OWNER } from "@/lib/model/mod.ts";
import { type OpenServices, openServices } from "@/lib/open_services.ts";
import { sourceRegistry } from "@/lib/source/mod.ts";
import { builtInSources } from "@/plugins/mod.ts";
import { registry } from "@/widgets/mod.ts";

/** Settings as a user has them, with the data elsewhere and a quiet log. */
export function benchConfig(dataDir: string): Config {
  return readConfig({ DATA_DIR: dataDir, LOG_LEVEL: "error", PORT: "0" });
}

/** Opens services on a directory, lets `wrap` put a stopwatch on parts of them, and starts the jobs. */
export async function openBench(
  dataDir: string,
  wrap: (services: OpenServices) => OpenServices = (services) => services,
): Promise<OpenServices> {
  const services = wrap(
    await openServices(benchConfig(dataDir), { sources: sourceRegistry(builtInSources), widgets: registry }),
  );
  await services.jobs.start(services);
  return services;
}

/** Imports a file of ad rows and waits until it is published. Throws where it ends otherwise. */
export async function importFile(services: OpenServices, path: string): Promise<ImportJob> {
  const file = await Deno.open(path);
  const { id } = await createImport(services, LOCAL_OWNER, {
    dataset: "ads",
    filename: path.slice(path.lastIndexOf("/") + 1),
    body: file.readable,
  });
  for (;;) {
    const job = await getImport(services, LOCAL_OWNER, id);
    if (job.state === "published") return job;
    if (job.state !== "queued" && job.state !== "running") {
      const why = job.error?.message ?? job.questions.map((question) => question.title).join("; ");
      throw new Error(`Cannot measure the import of "${path}": it ended as "${job.state}" (${why})`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Runs `work` with an empty directory that is removed afterwards. */
export async function withScratch<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await Deno.makeTempDir({ prefix: "tessera-bench-" });
  try {
    return await work(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** A fresh folder in a scratch directory. */
export async function freshFolder(scratch: string, name: string): Promise<string> {
  const path = join(scratch, `${name}-${crypto.randomUUID()}`);
  await Deno.mkdir(path);
  return path;
}
