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
  /** Drops what it remembers of versions: another history gives the same numbers other contents. */
  forget(): void;
}

/** Opens it over a warehouse's collections. */
export function mongoHistory({ facts, ensure, forget }: MongoHistoryOptions): FactHistory {
  return {
    outline: (ref) => readMongoOutline(facts(ref)),
    parts: (ref, _outline, from) => readMongoParts(facts(ref), from),
    async begin(ref, outline, { replace = false } = {}) {
      await ensure(ref);
      const own = await readMongoOutline(facts(ref));
      if (own.version > 0 && historyMark(own) === historyMark(outline)) return "there";
      if (own.version > 0 && !replace) throw ownHistory(ref, own.version);
      const parts = await beginTaking(facts(ref), outline);
      forget();
      return { parts };
    },
    take: (ref, outline, part) => takePart(facts(ref), outline, part),
    async end(ref, outline) {
      await endTaking(facts(ref), outline);
      forget();
    },
  };
}
