/** The history of a dataset in MongoDB: handed over, and taken over. */
import { type FactHistory, historyMark } from "./history.ts";
import type { MongoFacts } from "./mongo_facts.ts";
import { readMongoOutline, readMongoParts } from "./mongo_history_read.ts";
import { beginTaking, endTaking, takePart } from "./mongo_history_take.ts";
import type { DatasetRef } from "./mod.ts";
import { ownHistory } from "./refusals.ts";

/** What the warehouse lends. */
export interface MongoHistoryOptions {
  facts(ref: DatasetRef): MongoFacts;
  ensure(ref: DatasetRef): Promise<void>;
}

/** Opens it over a warehouse's collections. */
export function mongoHistory({ facts, ensure }: MongoHistoryOptions): FactHistory {
  return {
    outline: (ref) => readMongoOutline(facts(ref)),
    parts: (ref, _outline, from) => readMongoParts(facts(ref), from),
    async begin(ref, outline, { replace = false } = {}) {
      await ensure(ref);
      const own = await readMongoOutline(facts(ref));
      if (own.version > 0 && historyMark(own) === historyMark(outline)) return "there";
      if (own.version > 0 && !replace) throw ownHistory(ref, own.version);
      return { parts: await beginTaking(facts(ref), outline) };
    },
    take: (ref, outline, part) => takePart(facts(ref), outline, part),
    end: (ref, outline) => endTaking(facts(ref), outline),
  };
}
