import { memoryCache } from "@/lib/cache/memory.ts";
import type { Cache } from "@/lib/cache/mod.ts";
import type { DocumentStore } from "@/lib/documents/mod.ts";
import type { Duck } from "@/lib/duckdb/duckdb.ts";
import { type Dataset, LOCAL_OWNER, type MetricResult } from "@/lib/model/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { QueryContext } from "@/lib/warehouse/duckdb_query.ts";
import { sourceRegistry } from "@/lib/source/mod.ts";
import type { Warehouse } from "@/lib/warehouse/mod.ts";
import { factWarehouse } from "./fact_tables.ts";
import { type MongoFixture, mongoWarehouse } from "./mongo_facts.ts";

/** The day the fixtures take for today. */
export const NOW = new Date("2026-03-02T09:30:00Z");

/** Asks questions of tables made by `createFactTables`. */
export function askFixture(
  duck: Duck,
  contexts: Record<string, QueryContext>,
  cache: Cache = memoryCache(),
): (input: unknown) => Promise<MetricResult> {
  const datasets = Object.fromEntries(Object.entries(contexts).map(([id, { dataset }]) => [id, dataset]));
  return askWarehouse(factWarehouse(duck, contexts), datasets, cache);
}

/** Asks questions of documents made by `createMongoFacts`. */
export function askMongo(
  fixtures: Record<string, MongoFixture>,
  cache: Cache = memoryCache(),
): (input: unknown) => Promise<MetricResult> {
  const datasets = Object.fromEntries(Object.entries(fixtures).map(([id, { facts }]) => [id, facts.dataset]));
  return askWarehouse(mongoWarehouse(fixtures), datasets, cache);
}

/** Asks questions of a warehouse that holds the fixtures' datasets. */
export function askWarehouse(
  warehouse: Warehouse,
  datasets: Record<string, Dataset>,
  cache: Cache = memoryCache(),
): (input: unknown) => Promise<MetricResult> {
  const documents: Pick<DocumentStore, "get" | "list"> = {
    // Definitions stand in the fixtures, not in a store.
    get: (_collection, _workspace, id) => {
      const doc = datasets[id];
      return Promise.resolve(doc ? { doc: doc as never, version: 1, updatedAt: NOW.toISOString() } : null);
    },
    list: () => Promise.resolve({ items: [], cursor: null }),
  };
  // Without sources no number counts as one that may still change: `lib/query/not_final_test.ts` is about those.
  const sources = sourceRegistry([]);
  const services = { documents: documents as DocumentStore, warehouse, cache, clock: { now: () => NOW }, sources };
  return (input) => runMetricQuery(services, LOCAL_OWNER, input);
}
