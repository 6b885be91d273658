/** Quality is worked out through the interfaces alone: it is the same on every store. */
import assert from "node:assert/strict";
import { memoryCache } from "@/lib/cache/memory.ts";
import type { DocumentStore } from "@/lib/documents/mod.ts";
import { openMongoDocuments } from "@/lib/documents/mongo.ts";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { importsCollection } from "@/lib/ingest/imports.ts";
import { adsDataset } from "@/lib/model/datasets/mod.ts";
import { importJobSchema, LOCAL_OWNER } from "@/lib/model/mod.ts";
import { loadQuality, type Quality } from "@/lib/quality/mod.ts";
import { openDuckWarehouse } from "@/lib/warehouse/duckdb.ts";
import type { Warehouse } from "@/lib/warehouse/mod.ts";
import { openMongoWarehouse } from "@/lib/warehouse/mongo.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { stageTestRows, type TestRow } from "./warehouse_rows.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

const { workspace } = LOCAL_OWNER;
const NOW = new Date("2026-06-30T12:00:00Z");

/** 120 days of two platforms: one day far off, days missing, cells empty. */
function rows(): TestRow[] {
  const made: TestRow[] = [];
  for (let back = 120; back >= 1; back--) {
    const date = new Date(NOW.getTime() - back * 86_400_000).toISOString().slice(0, 10);
    const spend = (90 + back % 7 * 5) * (back === 40 ? 20 : 1) * 1_000_000;
    const common = { date, account: "A", currency: "EUR", campaign: `c${back % 3}` };
    made.push({ ...common, platform: "google_ads", impressions: 1_000 + back % 5, clicks: 10, spend });
    if (back > 12 && (back < 60 || back > 63)) {
      const clicks = back % 10 ? 7 : null;
      made.push({ ...common, platform: "meta_ads", impressions: 700, clicks, spend: 50_000_000 });
    }
  }
  return made;
}

async function qualityOn(warehouse: Warehouse, documents: DocumentStore, duck: Duck): Promise<Quality> {
  const ref = { workspace, dataset: adsDataset };
  await warehouse.ensure(ref);
  const staged = await stageTestRows(duck, ref, rows(), "i1");
  await warehouse.stage(ref, staged);
  await warehouse.publish(ref, "i1", { expectedVersion: 0, mode: "merge", provisionalFrom: "2026-06-29" });
  const part = { table: "a.csv", dataset: "ads", level: staged.level, grain: "day", range: staged.range };
  const counts = { read: 230, inserted: 220, rejected: 6, duplicates: 4 };
  await documents.create(
    importsCollection,
    workspace,
    importJobSchema.parse({
      id: "i1",
      workspace,
      dataset: "ads",
      filename: "a.csv",
      state: "published",
      counts,
      parts: [{ ...part, counts }],
      rules: [{ rule: "r", kind: "range", title: "R", action: "flag", broken: 3, result: "flagged" }],
      findings: [{ topic: "total:spend", finding: "Spend differs", evidence: "by 1", agrees: false }],
      actor: "a",
      createdAt: "2026-06-30T00:00:00.000Z",
      updatedAt: "2026-06-30T00:00:00.000Z",
    }),
  );
  const cache = memoryCache();
  try {
    return await loadQuality({ warehouse, documents, cache, clock: { now: () => NOW } }, LOCAL_OWNER, "ads");
  } finally {
    await cache.close();
  }
}

serverSuite("quality", missing, () => {
  Deno.test("loadQuality() answers alike on DuckDB with SQLite and on MongoDB", async () => {
    await using database = await freshDatabase();
    const duck = await Duck.open({ path: ":memory:", threads: 2 });
    const sqlite = openSqliteDocuments({ path: ":memory:" });
    const mongo = database.open();
    const documents = openMongoDocuments({ mongo });
    try {
      const embedded = await qualityOn(openDuckWarehouse({ duck, now: () => NOW }), sqlite, duck);
      const warehouse = openMongoWarehouse({ mongo, duck });
      const server = await qualityOn(warehouse, documents, duck);
      await warehouse.close();
      assert.deepEqual(server, embedded);

      assert.deepEqual(embedded.parts.map(({ id, score }) => `${id} ${score}`), [
        "completeness 99",
        "validity 97",
        "uniqueness 98",
        "freshness 100",
        "gaps 33",
        "outliers 97",
        "reconciliation 0",
      ]);
      assert.deepEqual(embedded.outliers.map(({ day, platform, column }) => `${day} ${platform} ${column}`), [
        "2026-05-21 google_ads spend",
      ]);
      assert.deepEqual(embedded.gaps.map(({ platform, days }) => `${platform} ${days}`), ["meta_ads 12", "meta_ads 4"]);
    } finally {
      await duck.close();
      await sqlite.close();
    }
  });
});
