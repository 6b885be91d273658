import { memoryCache } from "@/lib/cache/memory.ts";
import type { Cache } from "@/lib/cache/mod.ts";
import type { DocumentStore } from "@/lib/documents/mod.ts";
import type { Duck } from "@/lib/duckdb/duckdb.ts";
import { LOCAL_OWNER, type MetricResult } from "@/lib/model/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { QueryContext } from "@/lib/warehouse/duckdb_query.ts";
import { factWarehouse } from "./fact_tables.ts";

/** The day the fixtures take for today. */
export const NOW = new Date("2026-03-02T09:30:00Z");

/** Asks questions of tables made by `createFactTables`. */
export function askFixture(
  duck: Duck,
  contexts: Record<string, QueryContext>,
  cache: Cache = memoryCache(),
): (input: unknown) => Promise<MetricResult> {
  const documents: Pick<DocumentStore, "get" | "list"> = {
    // Definitions stand in the contexts, not in a store.
    get: (_collection, _workspace, id) => {
      const doc = contexts[id]?.dataset;
      return Promise.resolve(doc ? { doc: doc as never, version: 1, updatedAt: NOW.toISOString() } : null);
    },
    list: () => Promise.resolve({ items: [], cursor: null }),
  };
  const services = {
    documents: documents as DocumentStore,
    warehouse: factWarehouse(duck, contexts),
    cache,
    clock: { now: () => NOW },
  };
  return (input) => runMetricQuery(services, LOCAL_OWNER, input);
}
