import type { Mongo } from "@/lib/mongo/mongo.ts";
import { dropOldIndexes, makeIndexes } from "./_mongo_indexes.ts";
import type { Collection } from "./mod.ts";

/**
 * Brings the indexes of these kinds to what is declared, new ones first; answers in words what was dropped. Safe to
 * repeat. An older program that still runs goes on beside it, without the speed of indexes that only it declares.
 */
export async function migrateMongoDocuments(
  mongo: Mongo,
  collections: readonly Collection<{ id: string }>[],
): Promise<string[]> {
  const did: string[] = [];
  for (const collection of collections) {
    await makeIndexes(mongo, collection);
    for (const name of await dropOldIndexes(mongo, collection)) did.push(`dropped ${name} of ${collection.name}`);
  }
  return did;
}
