/**
 * Staging for instances that share a database: the engine of this instance reads and cleans, as it does alone; what
 * outlives an import, the rows that were set aside, is kept in MongoDB, where every instance finds it. Everything else of
 * an import that breaks off is lost without harm: it is staged again.
 */
import { UnavailableError } from "@/lib/errors.ts";
import type { FlaggedRow, RejectedRow } from "@/lib/model/mod.ts";
import type { Mongo } from "@/lib/mongo/mongo.ts";
import type { Staging } from "./mod.ts";

/** A row that was set aside, `_id` = `<workspace>/<import>/<place>`. */
interface RejectedDocument extends RejectedRow {
  _id: string;
  workspace: string;
  /** Or `<import>/flagged`: rows that went in although they break the rule named in `rule`. */
  import: string;
  rule?: string;
  /** From 0, in the order in which they are shown. */
  place: number;
}

const COLLECTION = "rejected_rows";

/** Makes the index that every look at rejected rows goes by. Safe to repeat. */
export async function migrateRejectedRows(mongo: Mongo): Promise<void> {
  await mongo.run("make the index of rejected rows", async () => {
    await mongo.collection(COLLECTION).createIndex({ workspace: 1, import: 1, place: 1 });
  }, { withinMs: 60_000 });
}

const BATCH = 1_000;

/** Opens staging over an engine, or, where this instance has none, over nothing: then it can only show what was kept. */
export function openSharedStaging({ mongo, engine }: { mongo: Mongo; engine: Staging | null }): Staging {
  const collection = () => mongo.collection<RejectedDocument>(COLLECTION);
  /** Imports whose rejected rows lie in MongoDB as this run left them. */
  const kept = new Set<string>();
  let indexed: Promise<void> | undefined;

  function here(): Staging {
    if (engine) return engine;
    throw new UnavailableError("This instance cannot clean files; another one of the installation does it");
  }

  async function forget(workspace: string, importId: string): Promise<void> {
    const lists = { workspace, import: { $in: [importId, flaggedOf(importId)] } };
    await mongo.run("forget rejected rows", () => collection().deleteMany(lists), { withinMs: 60_000 });
  }

  async function ready(): Promise<void> {
    indexed ??= migrateRejectedRows(mongo);
    await indexed.catch((error) => {
      indexed = undefined;
      throw error;
    });
  }

  /** Puts what the engine set aside in place of what an earlier run may have left. */
  async function keep(workspace: string, importId: string): Promise<void> {
    await ready();
    await forget(workspace, importId);
    await copy(workspace, importId, (slice) => here().rejected(workspace, importId, slice));
    await copy(workspace, flaggedOf(importId), (slice) => here().flagged(workspace, importId, slice));
    kept.add(`${workspace}/${importId}`);
  }

  async function copy(
    workspace: string,
    list: string,
    read: (slice: { offset: number; limit: number }) => Promise<{ rows: RejectedRow[] }>,
  ): Promise<void> {
    for (let place = 0;;) {
      const { rows } = await read({ offset: place, limit: BATCH });
      if (rows.length === 0) return;
      await write(workspace, list, place, rows);
      place += rows.length;
    }
  }

  async function write(workspace: string, list: string, place: number, rows: RejectedRow[]): Promise<void> {
    const writes = rows.map((row, i) => {
      const at = place + i;
      const document = { _id: `${workspace}/${list}/${at}`, workspace, import: list, place: at, ...row };
      return { replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true } };
    });
    await mongo.run("keep rejected rows", () => collection().bulkWrite(writes, { ordered: false }), {
      withinMs: 30_000,
    });
  }

  async function look(workspace: string, list: string, { offset, limit }: { offset: number; limit: number }) {
    return await mongo.run("read rejected rows", async () => {
      const filter = { workspace, import: list };
      const total = await collection().countDocuments(filter);
      const found = await collection().find(filter, { sort: { place: 1 }, skip: offset, limit }).toArray();
      return { total, found };
    });
  }

  return {
    async read(workspace, importId, dialect, options) {
      kept.delete(`${workspace}/${importId}`);
      return await here().read(workspace, importId, dialect, options);
    },
    profile: async (...question) => await here().profile(...question),
    countDistinct: async (...question) => await here().countDistinct(...question),
    texts: async (...question) => await here().texts(...question),
    countUnequal: async (...question) => await here().countUnequal(...question),
    wordsAmong: async (...question) => await here().wordsAmong(...question),
    head: async (...question) => await here().head(...question),
    sample: async (...question) => await here().sample(...question),
    complete: async (...question) => await here().complete(...question),
    async clean(workspace, plan) {
      const staged = await here().clean(workspace, plan);
      // Before anything is published: a count of rows set aside is never seen without the rows.
      await keep(workspace, plan.importId);
      return staged;
    },
    async rejected(workspace, importId, slice) {
      const { total, found } = await look(workspace, importId, slice);
      const rows = found.map(({ line, column, value, reason, code }) => ({ line, column, value, reason, code }));
      return { total, rows };
    },
    async flagged(workspace, importId, slice) {
      const { total, found } = await look(workspace, flaggedOf(importId), slice);
      const rows = found.map(({ line, column, value, reason, code, rule }): FlaggedRow => ({
        line,
        column,
        value,
        reason,
        code,
        rule: rule!,
      }));
      return { total, rows };
    },
    dayTotals: async (...question) => await here().dayTotals(...question),
    async setDaysAside(workspace, dataset, staged, aside) {
      const left = await here().setDaysAside(workspace, dataset, staged, aside);
      await keep(workspace, staged.importId);
      return left;
    },
    checkPattern: async (pattern) => await here().checkPattern(pattern),
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
    async listAside(workspace) {
      const lists = await mongo.run(
        "list rejected rows",
        () =>
          collection().aggregate<{ _id: string }>([{ $match: { workspace } }, { $group: { _id: "$import" } }])
            .toArray(),
        {
          withinMs: 60_000,
        },
      );
      return [...new Set(lists.map(({ _id }) => _id.replace(/\/flagged$/, "")))];
    },
    async bringAside(workspace, importId, { list: kind, place, rows }) {
      const list = kind === "flagged" ? flaggedOf(importId) : importId;
      await ready();
      if (place === 0) {
        await mongo.run("forget rejected rows", () => collection().deleteMany({ workspace, import: list }), {
          withinMs: 60_000,
        });
      }
      if (rows.length > 0) await write(workspace, list, place, rows);
    },
    forget,
  };
}

/** The name under which an import's flagged rows are kept beside its rejected ones. */
function flaggedOf(importId: string): string {
  return `${importId}/flagged`;
}
