import { duplicateKey, type Mongo, type MongoCollection } from "@/lib/mongo/mongo.ts";
import {
  collectionName,
  indexesOf,
  indexName,
  type MongoDocument,
  uniqueFields,
  uniqueName,
  uniqueValue,
} from "./_mongo_layout.ts";
import type { Collection } from "./mod.ts";

/** Building one over what is there may take longer than a question. */
const BUILD_MS = 60_000;
const NO_SUCH_COLLECTION = 26;
const BATCH = 500;

/** Makes the indexes of a kind that are not there yet. Safe to repeat, and beside other instances. */
export async function makeIndexes(mongo: Mongo, collection: Collection<{ id: string }>): Promise<void> {
  const indexes = indexesOf(collection);
  if (indexes.length === 0) return;
  const stored = mongo.collection<MongoDocument>(collectionName(collection));
  const present = new Set(await indexNames(mongo, collection));
  try {
    for (const fields of uniqueFields(collection)) {
      if (!present.has(indexName(fields, true))) await holdUnique(mongo, stored, fields);
    }
    await mongo.run("make indexes", () => stored.createIndexes(indexes), { withinMs: BUILD_MS });
  } catch (error) {
    const refused = duplicateKey(error);
    if (!refused) throw error;
    const fields = refused.index?.replace(/^unique\./, "").replaceAll(".", " and ") ?? "one of its fields";
    throw new Error(
      `Cannot make the unique index of ${collection.name} over ${fields}: documents of one workspace have equal values there; change or delete one of them and try again`,
      { cause: error },
    );
  }
}

/** Drops the indexes of a kind that nothing declares any more; answers their names. */
export async function dropOldIndexes(mongo: Mongo, collection: Collection<{ id: string }>): Promise<string[]> {
  const stored = mongo.collection(collectionName(collection));
  const wanted = new Set(["_id_", ...indexesOf(collection).map(({ name }) => name)]);
  const old = (await indexNames(mongo, collection)).filter((name) => !wanted.has(name));
  for (const name of old) await mongo.run("drop an index", () => stored.dropIndex(name));
  return old;
}

async function indexNames(mongo: Mongo, collection: Collection<{ id: string }>): Promise<string[]> {
  const stored = mongo.collection(collectionName(collection));
  try {
    return (await mongo.run("list indexes", () => stored.listIndexes().toArray())).map(({ name }) => name as string);
  } catch (error) {
    if ((error as { code?: unknown }).code === NO_SUCH_COLLECTION) return [];
    throw error;
  }
}

/** Gives documents that were there before a unique index what it holds of them. */
async function holdUnique(
  mongo: Mongo,
  stored: MongoCollection<MongoDocument>,
  fields: readonly string[],
): Promise<void> {
  const place = `u.${uniqueName(fields)}`;
  const filter = {
    $and: [{ [place]: { $exists: false } }, ...fields.map((field) => ({ [`x.${field}`]: { $exists: true } }))],
  };
  for (;;) {
    const found = await mongo.run("read", () => stored.find(filter, { limit: BATCH }).toArray());
    if (found.length === 0) return;
    for (const { _id, v, w, x } of found) {
      // One that was changed meanwhile is seen again in the next batch.
      const held = uniqueValue(w, fields, x);
      await mongo.run("write", () => stored.updateOne({ _id, v }, { $set: { [place]: held } }));
    }
  }
}
