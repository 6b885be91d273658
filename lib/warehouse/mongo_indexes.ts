/** Indexes of the facts' collections, beside the layout they serve. All begin with the workspace, shard keys too. */
import type { Mongo } from "@/lib/mongo/mongo.ts";
import type { Dataset } from "@/lib/model/mod.ts";
import { collectionNames } from "./mongo_layout.ts";
import { rollupDefinitions } from "./rollup_definitions.ts";

/** One collection of a dataset: what it is searched by, and what a sharded cluster should split it by. */
export interface CollectionIndexes {
  collection: string;
  /** Each by field and direction; `_id` has its own. */
  indexes: Record<string, 1 | -1>[];
  /** For `sh.shardCollection`; the first index that begins with it serves. Heads and versions stay on one shard: they are few. */
  shardKey: Record<string, 1> | null;
}

/** The collections of a dataset. */
export function factIndexes(dataset: Dataset): CollectionIndexes[] {
  const names = collectionNames(dataset.id);
  const byDay = { w: 1, l: 1, d: 1 } as const;
  return [
    { collection: names.heads, indexes: [], shardKey: null },
    // Months of days are ranges of them, so one index serves both; `t` in it leaves closed versions out unread.
    { collection: names.rows, indexes: [{ ...byDay, t: 1 }], shardKey: byDay },
    { collection: names.claims, indexes: [{ ...byDay, f: 1 }], shardKey: byDay },
    { collection: names.names, indexes: [{ w: 1, column: 1, f: -1 }], shardKey: { w: 1, column: 1 } },
    { collection: names.versions, indexes: [{ w: 1, v: 1 }, { w: 1, import: 1 }], shardKey: null },
    { collection: names.coverage, indexes: [{ ...byDay, t: 1 }, { w: 1, t: 1 }], shardKey: byDay },
    {
      collection: names.labels,
      indexes: [{ w: 1, column: 1, id: 1, t: 1 }, { w: 1, t: 1 }],
      shardKey: { w: 1, column: 1, id: 1 },
    },
    ...rollupDefinitions(dataset).map(({ name }) => ({
      collection: names.rollup(name),
      indexes: [{ ...byDay, t: 1 as const }],
      shardKey: byDay,
    })),
  ];
}

/**
 * Makes them exist; answers how many are declared and how many were missing. Safe to repeat, and at the same time from
 * several processes.
 */
export async function ensureFactIndexes(mongo: Mongo, dataset: Dataset): Promise<{ declared: number; made: number }> {
  let [declared, made] = [0, 0];
  for (const { collection, indexes } of factIndexes(dataset)) {
    if (indexes.length === 0) continue;
    declared += indexes.length;
    await mongo.run(`make the indexes of "${collection}"`, async () => {
      const missing = missingOf(indexes, await keysOf(mongo, collection));
      if (missing.length === 0) return;
      await mongo.db.collection(collection).createIndexes(missing.map((key) => ({ key })));
      made += missing.length;
    }, { withinMs: 60_000 });
  }
  return { declared, made };
}

/** The keys that a collection is indexed by; none where it does not exist yet. */
async function keysOf(mongo: Mongo, collection: string): Promise<string[]> {
  const NAMESPACE_NOT_FOUND = 26;
  try {
    const indexes = await mongo.db.collection(collection).listIndexes().toArray();
    return indexes.map(({ key }) => JSON.stringify(key));
  } catch (error) {
    if ((error as { code?: number }).code === NAMESPACE_NOT_FOUND) return [];
    throw error;
  }
}

function missingOf(indexes: Record<string, 1 | -1>[], there: string[]): Record<string, 1 | -1>[] {
  return indexes.filter((key) => !there.includes(JSON.stringify(key)));
}
