/**
 * Documents in MongoDB. Every write carries a mark made here and may be repeated: one whose answer was lost is found by
 * its mark and counts once. Times are the server's own.
 */
import type { UpkeepStep } from "@/lib/model/mod.ts";
import { duplicateKey, type Mongo, type MongoCollection } from "@/lib/mongo/mongo.ts";
import {
  checkedDocument,
  checkedList,
  checkedStored,
  encodeCursor,
  type IndexValue,
  textValue,
  versionValue,
} from "./_checks.ts";
import { staleVersion, takenId, takenValue } from "./_conflicts.ts";
import { makeIndexes } from "./_mongo_indexes.ts";
import {
  collectionName,
  contentOf,
  idPrefix,
  indexName,
  listQuery,
  MARKS_KEPT,
  type MongoDocument,
} from "./_mongo_layout.ts";
import type { Collection, DocumentStore, ListOptions, Page, Stored } from "./mod.ts";

/** What documents in MongoDB need. */
export interface MongoDocumentsOptions {
  /** Stays open when the store is closed: other stores lie on it too. */
  mongo: Mongo;
  /** In milliseconds. @default the server's clock */
  now?: () => number;
}

type Any = { id: string };
type Documents = MongoCollection<MongoDocument>;
/** What a write answers. */
type Written = Pick<MongoDocument, "v" | "at">;

const WRITTEN = { _id: 0, v: 1, at: 1 } as const;

/** Opens without connecting; indexes are made at the first use of each kind, where `deno task migrate` did not. */
export function openMongoDocuments(options: MongoDocumentsOptions): DocumentStore {
  return new MongoDocuments(options);
}

class MongoDocuments implements DocumentStore {
  #mongo: Mongo;
  #now: (() => number) | undefined;
  #ready = new Map<Collection<Any>, Promise<Documents>>();

  constructor({ mongo, now }: MongoDocumentsOptions) {
    this.#mongo = mongo;
    this.#now = now;
  }

  async create<T extends Any>(collection: Collection<T>, workspace: string, doc: T): Promise<Stored<T>> {
    const documents = await this.#documents(collection, workspace);
    const checked = checkedDocument(collection, doc);
    const _id = idPrefix(workspace) + checked.id;
    // Version 0 never stands, so that this inserts, or is refused because the id is taken; and the server sets the time.
    const written = await this.#write(
      collection,
      workspace,
      checked,
      0,
      (change) =>
        documents.findOneAndUpdate({ _id, v: 0 }, { ...change, $setOnInsert: { w: workspace } }, {
          upsert: true,
          returnDocument: "after",
          projection: WRITTEN,
        }),
    );
    if ("current" in written) throw takenId(collection, checked.id);
    return { doc: checked, version: 1, updatedAt: written.at.toISOString() };
  }

  async get<T extends Any>(collection: Collection<T>, workspace: string, id: string): Promise<Stored<T> | null> {
    const documents = await this.#documents(collection, workspace);
    const _id = idPrefix(workspace) + textValue("id", id);
    const found = await this.#mongo.run("read", () => documents.findOne({ _id }));
    return found && read(collection, found);
  }

  async put<T extends Any>(
    collection: Collection<T>,
    workspace: string,
    doc: T,
    expectedVersion: number,
  ): Promise<Stored<T>> {
    const documents = await this.#documents(collection, workspace);
    const checked = checkedDocument(collection, doc);
    const expected = versionValue(expectedVersion);
    const _id = idPrefix(workspace) + checked.id;
    const written = await this.#write(
      collection,
      workspace,
      checked,
      expected,
      (change) =>
        documents.findOneAndUpdate({ _id, v: expected }, change, { returnDocument: "after", projection: WRITTEN }),
    );
    if ("current" in written) throw staleVersion(collection, checked.id, expected, written.current);
    return { doc: checked, version: expected + 1, updatedAt: written.at.toISOString() };
  }

  async delete<T extends Any>(
    collection: Collection<T>,
    workspace: string,
    id: string,
    expectedVersion?: number,
  ): Promise<boolean> {
    const documents = await this.#documents(collection, workspace);
    const _id = idPrefix(workspace) + textValue("id", id);
    const expected = expectedVersion === undefined ? undefined : versionValue(expectedVersion);
    for (;;) {
      // Seen first: so a repetition that finds nothing knows that it was there.
      const v = await this.#version(documents, _id);
      if (v === undefined) return false;
      if (expected !== undefined && v !== expected) throw staleVersion(collection, id, expected, v);
      let tries = 0;
      const { deletedCount } = await this.#mongo.run("delete", () => {
        tries++;
        return documents.deleteOne({ _id, v });
      });
      if (deletedCount > 0) return true;
      if (tries > 1 && await this.#version(documents, _id) === undefined) return true;
    }
  }

  async list<T extends Any>(
    collection: Collection<T>,
    workspace: string,
    options: ListOptions = {},
  ): Promise<Page<T>> {
    const documents = await this.#documents(collection, workspace);
    const list = checkedList(collection, options);
    const query = listQuery(workspace, list);
    if (!query) return { items: [], cursor: null };
    // One more than asked for tells whether another page follows.
    const found = await this.#mongo.run(
      "read",
      () =>
        documents.find(query.filter, { sort: query.sort, limit: list.limit + 1, batchSize: list.limit + 1 }).toArray(),
    );
    const page = found.slice(0, list.limit);
    const last = page.at(-1);
    const items = page.map((stored) => read(collection, stored));
    if (found.length <= list.limit || !last) return { items, cursor: null };
    const id = last._id.slice(idPrefix(workspace).length);
    const after: IndexValue[] = list.fields.slice(list.equals.length).map((field) => last.x[field]!);
    return { items, cursor: encodeCursor(list.name, list.descending, [...after, id]) };
  }

  async bring<T extends Any>(collection: Collection<T>, workspace: string, stored: Stored<T>): Promise<void> {
    const documents = await this.#documents(collection, workspace);
    const { doc, version, updatedAt } = checkedStored(collection, stored);
    const _id = idPrefix(workspace) + doc.id;
    const content = contentOf(collection, workspace, doc);
    const document: MongoDocument = { _id, w: workspace, v: version, at: new Date(updatedAt), ...content, marks: [] };
    try {
      await this.#mongo.run("write", () => documents.replaceOne({ _id }, document, { upsert: true }));
    } catch (error) {
      const refused = duplicateKey(error);
      if (!refused) throw error;
      throw takenValue(collection, doc.id, declaredName(collection, refused.index));
    }
  }

  async now(): Promise<number> {
    return this.#now ? this.#now() : await this.#mongo.now();
  }

  async maintain(): Promise<UpkeepStep[]> {
    const started = performance.now();
    const kinds = [...this.#ready.keys()];
    for (const kind of kinds) await makeIndexes(this.#mongo, kind);
    const did = `indexes of ${kinds.length} ${kinds.length === 1 ? "kind" : "kinds"} of documents as declared`;
    return [{ part: "documents", step: "indexes", did, milliseconds: Math.round(performance.now() - started) }];
  }

  /** A write, too: a set of servers without a primary answers questions only. */
  async ping(): Promise<void> {
    const place = this.#mongo.collection<{ _id: string }>("ping");
    await this.#mongo.run("write", async () => {
      try {
        await place.updateOne({ _id: "ping" }, { $currentDate: { at: true } }, { upsert: true });
      } catch (error) {
        // Two that were the first at once: the other one's write shows as well that the server takes some.
        if (!duplicateKey(error)) throw error;
      }
    });
  }

  /** The client is its opener's to close. */
  async close(): Promise<void> {
    await Promise.resolve();
    this.#ready.clear();
  }

  /** The collection of a kind with its indexes, which are made on first use. */
  async #documents<T extends Any>(collection: Collection<T>, workspace: string): Promise<Documents> {
    textValue("workspace", workspace);
    const kind = collection as unknown as Collection<Any>;
    let ready = this.#ready.get(kind);
    if (!ready) {
      ready = this.#open(kind);
      this.#ready.set(kind, ready);
      // What failed is tried again by the next who asks; this one hears of it below.
      ready.catch(() => this.#ready.delete(kind));
    }
    return await ready;
  }

  async #open(kind: Collection<Any>): Promise<Documents> {
    const documents = this.#mongo.collection<MongoDocument>(collectionName(kind));
    await makeIndexes(this.#mongo, kind);
    return documents;
  }

  /**
   * Raises a document from one version to the next, once, however often it is sent; answers what stands instead where it
   * was refused. Throws `ConflictError` where a unique index refuses.
   */
  async #write<T extends Any>(
    collection: Collection<T>,
    workspace: string,
    checked: T,
    from: number,
    send: (change: Change) => Promise<Written | null>,
  ): Promise<Written | { current: number | null }> {
    const mark = crypto.randomUUID();
    const change: Change = {
      $set: { v: from + 1, ...contentOf(collection, workspace, checked) },
      $push: { marks: { $each: [mark], $slice: -MARKS_KEPT } },
      $currentDate: { at: true },
    };
    let refused: ReturnType<typeof duplicateKey> = null;
    try {
      const written = await this.#mongo.run("write", () => send(change));
      if (written) return written;
    } catch (error) {
      refused = duplicateKey(error);
      if (!refused) throw error;
    }
    // It may have met itself: sent before, by a try of this or of the driver whose answer was lost.
    const documents = await this.#documents(collection, workspace);
    const _id = idPrefix(workspace) + checked.id;
    const projection = { ...WRITTEN, marks: 1 } as const;
    const found = await this.#mongo.run("read", () => documents.findOne({ _id }, { projection }));
    if (found?.marks.includes(mark)) return { v: from + 1, at: found.at };
    if (!refused || refused.index === "_id_") return { current: found?.v ?? null };
    throw takenValue(collection, checked.id, declaredName(collection, refused.index));
  }

  async #version(documents: Documents, _id: string): Promise<number | undefined> {
    const found = await this.#mongo.run("read", () => documents.findOne({ _id }, { projection: WRITTEN }));
    return found?.v;
  }
}

interface Change {
  $set: Pick<MongoDocument, "v" | "body" | "x" | "u">;
  $push: { marks: { $each: string[]; $slice: number } };
  $currentDate: { at: true };
}

function declaredName(collection: Collection<Any>, index: string | undefined): string | undefined {
  return Object.entries(collection.indexes).find(([, { fields, unique }]) =>
    unique && indexName(fields, true) === index
  )?.[0];
}

function read<T extends Any>(collection: Collection<T>, { body, v, at }: MongoDocument): Stored<T> {
  return { doc: collection.schema.parse(JSON.parse(body)), version: v, updatedAt: at.toISOString() };
}
