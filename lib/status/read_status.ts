/** How the installation does: what `GET /api/status` tells. No address, no error text: nothing that could be a secret. */
import { z } from "zod";
import { todayCountsSchema } from "@/lib/counters/mod.ts";
import { listDatasets } from "@/lib/dataset/datasets.ts";
import { recountRows } from "@/lib/ingest/recount_rows.ts";
import { partHealthSchema, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";

const partSchema = partHealthSchema.extend({
  /** How long it took to answer, where it was asked. */
  milliseconds: z.number().optional(),
});

/** How the installation does. */
export const statusSchema = z.object({
  mode: z.enum(["embedded", "server"]),
  /** Programs that it runs on. */
  versions: z.object({ deno: z.string(), v8: z.string(), typescript: z.string() }),
  /** Versions of the datasets' data; null while the stores do not answer. */
  datasets: z.array(z.object({ id: z.string(), version: z.int(), asOf: z.string().nullable(), rows: z.int() }))
    .nullable(),
  today: todayCountsSchema,
  /** Each part of the outside world. A cache or events that are away make things slower, nothing else. */
  parts: z.object({
    documents: partSchema,
    warehouse: partSchema,
    cache: partSchema,
    events: partSchema,
    counters: partSchema,
  }),
});
/** How the installation does. */
export type Status = z.output<typeof statusSchema>;

/** What it asks. */
export type StatusServices = Pick<
  Services,
  "config" | "documents" | "warehouse" | "cache" | "events" | "counters" | "clock" | "log"
>;

/** Longest wait for a store: whoever asks how it does must hear that it does not answer. */
const STORE_MS = 2_000;

/** Asks every part how it does. Never throws for a part that does not answer. */
export async function readStatus(services: StatusServices, viewer: Viewer): Promise<Status> {
  const { config, documents, warehouse, cache, events, counters } = services;
  const isServer = config.server !== undefined;
  const { deno, v8, typescript } = Deno.version;
  const [documentsHealth, warehouseHealth] = await Promise.all([
    askStore(services, isServer ? "mongodb" : "sqlite", () => documents.ping()),
    askStore(services, isServer ? "mongodb" : "duckdb", () => warehouse.ping()),
  ]);
  const storesAnswer = documentsHealth.state === "ok" && warehouseHealth.state === "ok";
  return {
    mode: isServer ? "server" : "embedded",
    versions: { deno, v8, typescript },
    datasets: storesAnswer ? await readDatasets(services, viewer) : null,
    today: await readToday(services, viewer, { isServer, storesAnswer }),
    parts: {
      documents: documentsHealth,
      warehouse: warehouseHealth,
      cache: cache.health(),
      events: events.health(),
      counters: counters.health(),
    },
  };
}

async function askStore(
  { log }: Pick<Services, "log">,
  kind: string,
  ping: () => Promise<void>,
): Promise<z.output<typeof partSchema>> {
  const began = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${STORE_MS} ms`)), STORE_MS);
  });
  let state: "ok" | "away" = "ok";
  try {
    await Promise.race([ping(), late]);
  } catch (error) {
    state = "away";
    log.warn("A store does not answer", { kind, error });
  } finally {
    clearTimeout(timer);
  }
  return { kind, state, milliseconds: Math.round(10 * (performance.now() - began)) / 10 };
}

async function readDatasets(
  { documents, warehouse }: StatusServices,
  { workspace }: Viewer,
): Promise<Status["datasets"]> {
  const datasets = await listDatasets({ documents }, workspace);
  return await Promise.all(datasets.map(async (dataset) => {
    const { version, asOf, rows } = await warehouse.state({ workspace, dataset });
    return { id: dataset.id, version, asOf, rows };
  }));
}

/** Instances that share no counters share the ledger: rows that another one brought in are counted from there. */
async function readToday(
  services: StatusServices,
  { workspace }: Viewer,
  { isServer, storesAnswer }: { isServer: boolean; storesAnswer: boolean },
): Promise<Status["today"]> {
  const { kind, state } = services.counters.health();
  const isShared = kind === "redis" && state === "ok";
  if (isServer && storesAnswer && !isShared) await recountRows(services, workspace);
  return await services.counters.today(workspace);
}
