import type { Mongo } from "@/lib/mongo/mongo.ts";
import { makeGridIndexes } from "./_grid.ts";

/** Makes the indexes that files in MongoDB need. Safe to repeat. */
export async function migrateMongoFiles(mongo: Mongo): Promise<void> {
  await makeGridIndexes(mongo);
}
