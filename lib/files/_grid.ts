/**
 * Files as GridFS keeps them, one document per file and one per chunk, written here so that every single write has a
 * deadline and may be repeated. A file is seen under its name once all of it is there; until then, and once it is deleted,
 * it has a name that nobody asks for, by which a clean-up finds what a killed process left.
 */
import { NotFoundError, UnavailableError } from "@/lib/errors.ts";
import { Binary, duplicateKey, type Mongo, type MongoCollection, ObjectId } from "@/lib/mongo/mongo.ts";
import { BLOCK_BYTES, type BlockOptions, writeBlocks } from "./_blocks.ts";
import type { KeptFile } from "./mod.ts";

/** What stands for a file. */
export interface GridFile {
  _id: ObjectId;
  filename: string;
  length: number;
  chunkSize: number;
  uploadDate: Date;
}

interface GridChunk {
  _id: ObjectId;
  files_id: ObjectId;
  n: number;
  data: Binary;
}

const UNSEEN = ".arriving/";
/** One chunk goes over the line in that time, or the line is as good as dead. */
const CHUNK_MS = 15_000;
/** How often a file that arrives says that it still does, and how long it may be silent. */
const SIGN_MS = 10 * 60_000;
const SILENT_MS = 24 * 3_600_000;

/** Makes the indexes. Safe to repeat. */
export async function makeGridIndexes(mongo: Mongo): Promise<void> {
  const { files, chunks } = collectionsOf(mongo);
  await mongo.run("make indexes", async () => {
    await files.createIndex({ filename: 1 }, { unique: true, name: "filename" });
    await chunks.createIndex({ files_id: 1, n: 1 }, { unique: true, name: "files_id_n" });
  }, { withinMs: 60_000 });
}

/** The files of one database. */
export class Grid {
  #mongo: Mongo;
  #files: MongoCollection<GridFile>;
  #chunks: MongoCollection<GridChunk>;

  constructor(mongo: Mongo) {
    this.#mongo = mongo;
    const { files, chunks } = collectionsOf(mongo);
    this.#files = files;
    this.#chunks = chunks;
  }

  /** Writes a stream under the name that `nameOf` gives it once it is known; what has that name already stays. */
  async write(
    body: ReadableStream<Uint8Array>,
    nameOf: (kept: KeptFile) => string,
    options: BlockOptions,
  ): Promise<KeptFile> {
    const _id = new ObjectId();
    try {
      await this.#begin(_id);
      let n = 0;
      let signed = performance.now();
      const kept = await writeBlocks(body, async (block) => {
        await this.#insertChunk(_id, n++, block);
        if (performance.now() - signed < SIGN_MS) return;
        signed = performance.now();
        await this.#run("write", () => this.#files.updateOne({ _id }, { $currentDate: { uploadDate: true } }));
      }, options);
      if (!await this.#name(_id, nameOf(kept), kept.bytes)) await this.discard(_id);
      return kept;
    } catch (error) {
      await body.cancel(error).catch(() => {}); // it may be locked, errored or read to the end: nothing left to stop
      // A server that is away may still take what was sent, later: then the clean-up is what removes it, all at once.
      if (!(error instanceof UnavailableError)) await this.discard(_id);
      throw error;
    }
  }

  /** The file of a name, or null. */
  find(filename: string): Promise<GridFile | null> {
    return this.#run("read", () => this.#files.findOne({ filename }));
  }

  /** Every file whose name begins with a prefix that ends in "/", by name. */
  async *list(prefix: string): AsyncIterable<GridFile> {
    // "0" follows "/".
    const end = `${prefix.slice(0, -1)}0`;
    for (let after = prefix;;) {
      const filter = { filename: { $gt: after, $lt: end } };
      const page = await this.#run(
        "read",
        () => this.#files.find(filter, { sort: { filename: 1 }, limit: 500 }).toArray(),
      );
      yield* page;
      const last = page.at(-1);
      if (!last) return;
      after = last.filename;
    }
  }

  /** The chunks of a file in their order; the next one is fetched while one is used. Throws where the file was deleted. */
  async *chunks({ _id, length, chunkSize }: GridFile): AsyncIterable<Uint8Array<ArrayBuffer>> {
    const count = Math.ceil(length / chunkSize);
    const fetch = (n: number) => {
      const found = this.#run("read", () => this.#chunks.findOne({ files_id: _id, n }));
      found.catch(() => {}); // whoever waits for it next gets the error; nobody may be waiting yet
      return found;
    };
    let next = count > 0 ? fetch(0) : undefined;
    for (let n = 0; n < count; n++) {
      const chunk = await next;
      next = n + 1 < count ? fetch(n + 1) : undefined;
      const bytes = chunk?.data.buffer.subarray(0, chunk.data.position);
      if (bytes?.length !== Math.min(chunkSize, length - n * chunkSize)) {
        throw new NotFoundError(`Cannot read the file to its end: it was deleted after chunk ${n} of ${count}`);
      }
      yield bytes as Uint8Array<ArrayBuffer>;
    }
  }

  /** Takes a file out of sight in one write, then away; true where it was there. Safe to repeat. */
  async delete(filename: string): Promise<boolean> {
    const file = await this.find(filename);
    if (!file) return false;
    const { _id } = file;
    // A name of this call's own, so that of two who delete only one says that it was there.
    if (!await this.#rename(_id, filename, `${UNSEEN}${crypto.randomUUID()}`, {})) return false;
    await this.discard(_id);
    return true;
  }

  /** Takes a file away that nobody sees: its chunks first, so that what is left over still has a name. */
  async discard(_id: ObjectId): Promise<void> {
    await this.#run("delete", () => this.#chunks.deleteMany({ files_id: _id }), 60_000);
    await this.#run("delete", () => this.#files.deleteOne({ _id }));
  }

  /** Removes what killed processes left; `silentMs` since its last sign tells that nobody writes it any more. */
  async cleanUp(silentMs: number = SILENT_MS): Promise<number> {
    const before = new Date(await this.#mongo.now() - silentMs);
    let removed = 0;
    for await (const { _id, uploadDate } of this.list(UNSEEN)) {
      if (uploadDate > before) continue;
      await this.discard(_id);
      removed++;
    }
    return removed;
  }

  async #begin(_id: ObjectId): Promise<void> {
    await this.#run("write", () =>
      this.#files.updateOne({ _id }, {
        $set: { filename: unseenName(_id), length: 0, chunkSize: BLOCK_BYTES },
        $currentDate: { uploadDate: true },
      }, { upsert: true }));
  }

  async #insertChunk(files_id: ObjectId, n: number, block: Uint8Array): Promise<void> {
    const chunk: GridChunk = { _id: new ObjectId(), files_id, n, data: new Binary(block) };
    try {
      await this.#run("write", () => this.#chunks.insertOne(chunk));
    } catch (error) {
      // Nobody else writes this file: a try before this one arrived, and only its answer was lost.
      if (!duplicateKey(error)) throw error;
    }
  }

  /** Shows a file that is complete; false where its name is taken, by the same bytes then. */
  async #name(_id: ObjectId, filename: string, length: number): Promise<boolean> {
    try {
      if (await this.#rename(_id, unseenName(_id), filename, { length })) return true;
    } catch (error) {
      if (duplicateKey(error)) return false;
      throw error;
    }
    // What was written after the clean-up has no name any more by which it could be found.
    await this.discard(_id);
    throw new UnavailableError(
      "Cannot keep the file: nothing of it arrived for so long that it was given up; send it again",
    );
  }

  /** True where this call gave the file its new name, which nobody else gives to it. */
  async #rename(_id: ObjectId, from: string, to: string, more: Partial<GridFile>): Promise<boolean> {
    const change = { $set: { ...more, filename: to }, $currentDate: { uploadDate: true } } as const;
    const { matchedCount } = await this.#run("write", () => this.#files.updateOne({ _id, filename: from }, change));
    if (matchedCount > 0) return true;
    return (await this.#run("read", () => this.#files.findOne({ _id })))?.filename === to;
  }

  #run<T>(verb: string, work: () => Promise<T>, withinMs = CHUNK_MS): Promise<T> {
    return this.#mongo.run(verb, work, { withinMs });
  }
}

function unseenName(_id: ObjectId): string {
  return UNSEEN + _id.toHexString();
}

function collectionsOf(mongo: Mongo) {
  return {
    files: mongo.collection<GridFile>("raw.files"),
    chunks: mongo.collection<GridChunk>("raw.chunks"),
  };
}
