/**
 * Staging for instances that share a database: the engine of this instance reads and cleans, as it does alone; what
 * outlives an import, the rows that were set aside, is kept in MongoDB, where every instance finds it. Everything else of
 * an import that breaks off is lost without harm: it is staged again.
 */
import { UnavailableError } from "@/lib/errors.ts";
import type { RejectedRow } from "@/lib/model/mod.ts";
import type { Mongo } from "@/lib/mongo/mongo.ts";
import type { Staging } from "./mod.ts";

/** A row that was set aside, `_id` = `<workspace>/<import>/<place>`. */
interface RejectedDocument extends RejectedRow {
  _id: string;
  workspace: string;
  import: string;
  /** From 0, in the order in which they are shown. */
  place: number;
}

/** The rejected rows of all imports; every look goes by `workspace, import, place`. */
export const REJECTED_COLLECTION = "rejected_rows";
/** The index that looks go by, for whoever declares indexes. */
export const REJECTED_INDEX = { name: "byImport", key: { workspace: 1, import: 1, place: 1 } } as const;

const BATCH = 1_000;

/** Opens staging over an engine, or, where this instance has none, over nothing: then it can only show what was kept. */
export function openSharedStaging({ mongo, engine }: { mongo: Mongo; engine: Staging | null }): Staging {
  const collection = () => mongo.collection<RejectedDocument>(REJECTED_COLLECTION);
  /** Imports whose rejected rows lie in MongoDB as this run left them. */
  const kept = new Set<string>();

  function here(): Staging {
    if (engine) return engine;
    throw new UnavailableError("This instance cannot clean files; another one of the installation does it");
  }

  async function forget(workspace: string, importId: string): Promise<void> {
    await mongo.run("forget rejected rows", () => collection().deleteMany({ workspace, import: importId }), {
      withinMs: 60_000,
    });
  }

  /** Puts what the engine set aside in place of what an earlier run may have left. */
  async function keep(workspace: string, importId: string): Promise<void> {
    await forget(workspace, importId);
    for (let place = 0;;) {
      const { rows } = await here().rejected(workspace, importId, { offset: place, limit: BATCH });
      if (rows.length === 0) break;
      const documents = rows.map((row, i) => {
        const at = place + i;
        return { _id: `${workspace}/${importId}/${at}`, workspace, import: importId, place: at, ...row };
      });
      const writes = documents.map((document) => ({
        replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true },
      }));
      await mongo.run("keep rejected rows", () => collection().bulkWrite(writes, { ordered: false }), {
        withinMs: 30_000,
      });
      place += rows.length;
    }
    kept.add(`${workspace}/${importId}`);
  }

  return {
    async read(workspace, importId, dialect, options) {
      kept.delete(`${workspace}/${importId}`);
      return await here().read(workspace, importId, dialect, options);
    },
    profile: async (...question) => await here().profile(...question),
    countDistinct: async (...question) => await here().countDistinct(...question),
    countUnequal: async (...question) => await here().countUnequal(...question),
    head: async (...question) => await here().head(...question),
    async clean(workspace, plan) {
      const staged = await here().clean(workspace, plan);
      // Before anything is published: a count of rows set aside is never seen without the rows.
      await keep(workspace, plan.importId);
      return staged;
    },
    async rejected(workspace, importId, { offset, limit }) {
      return await mongo.run("read rejected rows", async () => {
        const filter = { workspace, import: importId };
        const total = await collection().countDocuments(filter);
        const found = await collection().find(filter, { sort: { place: 1 }, skip: offset, limit }).toArray();
        const rows = found.map(({ line, column, value, reason, code }) => ({ line, column, value, reason, code }));
        return { total, rows };
      });
    },
    async discard(workspace, importId, options = {}) {
      if (!engine) return;
      // A file that never came to cleaning: what could not be read is shown all the same.
      const last = options.only === undefined;
      if (last && !kept.delete(`${workspace}/${importId}`)) {
        const { total } = await engine.rejected(workspace, importId, { offset: 0, limit: 1 });
        if (total > 0) await keep(workspace, importId);
        kept.delete(`${workspace}/${importId}`);
      }
      await engine.discard(workspace, importId, options);
      if (last) await engine.forget(workspace, importId);
    },
    forget,
  };
}
