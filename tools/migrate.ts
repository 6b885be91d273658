/**
 * `deno task migrate`: makes the indexes of every collection in MongoDB as declared, and drops those that nothing
 * declares any more. Safe to repeat, and to run while an older program still serves. Without `MONGODB_URI` there is
 * nothing to do: the embedded stores see to themselves when they are opened.
 */
import { listDatasets } from "@/lib/dataset/datasets.ts";
import { openMongoDocuments } from "@/lib/documents/mongo.ts";
import { LOCAL_OWNER } from "@/lib/model/mod.ts";
import { migrateRejectedRows } from "@/lib/staging/mongo.ts";
import { ensureFactIndexes } from "@/lib/warehouse/mongo_indexes.ts";
import { collections } from "@/lib/collections/collections.ts";
import { readConfig } from "@/lib/config.ts";
import { migrateMongoDocuments } from "@/lib/documents/migrate_mongo_documents.ts";
import { migrateMongoFiles } from "@/lib/files/migrate_mongo_files.ts";
import { Mongo } from "@/lib/mongo/mongo.ts";

/** Migrates one database; answers in words what it did. */
export async function migrate(mongo: Mongo): Promise<string[]> {
  const dropped = await migrateMongoDocuments(mongo, collections);
  await migrateMongoFiles(mongo);
  await migrateRejectedRows(mongo);
  const documents = openMongoDocuments({ mongo });
  const datasets = await listDatasets({ documents }, LOCAL_OWNER.workspace);
  for (const dataset of datasets) await ensureFactIndexes(mongo, dataset);
  return [
    `Documents: the indexes of ${collections.length} kinds are as declared`,
    ...dropped,
    "Files: as declared",
    `Facts: the indexes of ${datasets.length} datasets are as declared`,
  ];
}

if (import.meta.main) {
  const { server } = readConfig(Deno.env);
  if (!server) {
    console.log("Nothing to do: MONGODB_URI is not set, and the embedded stores see to themselves");
  } else {
    const mongo = Mongo.open({ uri: server.mongodbUri });
    try {
      for (const line of await migrate(mongo)) console.log(line);
    } finally {
      await mongo.close();
    }
  }
}
