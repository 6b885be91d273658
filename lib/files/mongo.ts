/**
 * Raw uploads in MongoDB, as GridFS keeps files (bucket "raw"): `<workspace>/<sha256>`, and `.parts/<workspace>/<upload>/
 * <part>` for those that arrive in pieces. Names are unique, so the same bytes are kept once, whoever sends them.
 */
import { join } from "node:path";
import type { Mongo } from "@/lib/mongo/mongo.ts";
import { diskError, ignoreMissing } from "./_disk_file.ts";
import { Grid, type GridFile, makeGridIndexes } from "./_grid.ts";
import {
  checkedHash,
  checkedPartName,
  checkedStageName,
  checkedWorkspace,
  isHash,
  missingFile,
  missingPart,
} from "./_names.ts";
import type { Files, KeptFile, PartOptions } from "./mod.ts";

/** What files in MongoDB need. */
export interface MongoFilesOptions {
  /** Stays open when the files are closed: other stores lie on it too. */
  mongo: Mongo;
  /** The only folder that the engine may read; what is staged there is a copy, lost without harm. */
  stagingDirectory: string;
}

const CLEAN_UP_MS = 3_600_000;

/** Opens without connecting. */
export function openMongoFiles(options: MongoFilesOptions): Files {
  return new MongoFiles(options);
}

class MongoFiles implements Files {
  #mongo: Mongo;
  #grid: Grid;
  #staging: string;
  #ready: Promise<void> | undefined;
  #cleanedAt = -Infinity;

  constructor({ mongo, stagingDirectory }: MongoFilesOptions) {
    this.#mongo = mongo;
    this.#grid = new Grid(mongo);
    this.#staging = stagingDirectory;
  }

  async keep(
    workspace: string,
    body: ReadableStream<Uint8Array>,
    options: { maxBytes?: number; signal?: AbortSignal } = {},
  ): Promise<KeptFile> {
    const prefix = folderOf(workspace);
    await this.#prepare();
    return await this.#grid.write(body, ({ sha256 }) => prefix + sha256, { ...options, what: "file" });
  }

  async open(workspace: string, sha256: string): Promise<ReadableStream<Uint8Array>> {
    return ReadableStream.from(this.#grid.chunks(await this.#file(workspace, sha256)));
  }

  async head(workspace: string, sha256: string, length: number): Promise<Uint8Array> {
    const file = await this.#file(workspace, sha256);
    const bytes = new Uint8Array(Math.min(length, file.length));
    let done = 0;
    if (bytes.length === 0) return bytes;
    // Cut to what is asked for, so that no chunk beyond it is fetched.
    const chunks = Math.ceil(bytes.length / file.chunkSize);
    const cut = { ...file, length: Math.min(file.length, chunks * file.chunkSize) };
    for await (const chunk of this.#grid.chunks(cut)) {
      const part = chunk.subarray(0, bytes.length - done);
      bytes.set(part, done);
      done += part.length;
    }
    return bytes;
  }

  async stage(workspace: string, sha256: string, name: string): Promise<string> {
    const target = join(this.#staging, checkedStageName(name));
    const body = await this.open(workspace, sha256);
    const partial = `${target}.${crypto.randomUUID().slice(0, 8)}`;
    try {
      await Deno.mkdir(this.#staging, { recursive: true });
      const file = await Deno.open(partial, { write: true, createNew: true, mode: 0o600 });
      await body.pipeTo(file.writable); // closes the file, however it ends
      await Deno.rename(partial, target);
    } catch (error) {
      await Deno.remove(partial).catch(ignoreMissing);
      throw diskError(error, "Cannot read the file for its import");
    }
    return target;
  }

  async keepPart(
    workspace: string,
    upload: string,
    part: string,
    body: ReadableStream<Uint8Array>,
    options: PartOptions = {},
  ): Promise<number> {
    const name = partsOf(workspace, upload) + checkedPartName(part);
    await this.#prepare();
    return (await this.#grid.write(body, () => name, { ...options, what: "part" })).bytes;
  }

  async openPart(workspace: string, upload: string, part: string): Promise<ReadableStream<Uint8Array>> {
    const file = await this.#grid.find(partsOf(workspace, upload) + checkedPartName(part));
    if (!file) throw missingPart(upload, part);
    return ReadableStream.from(this.#grid.chunks(file));
  }

  async joinParts(
    workspace: string,
    upload: string,
    parts: readonly string[],
    options: { signal?: AbortSignal } = {},
  ): Promise<KeptFile> {
    const prefix = partsOf(workspace, upload);
    const files: GridFile[] = [];
    for (const part of parts) {
      const file = await this.#grid.find(prefix + checkedPartName(part));
      if (!file) throw missingPart(upload, part);
      files.push(file);
    }
    const grid = this.#grid;
    async function* bytes(): AsyncIterable<Uint8Array> {
      for (const file of files) yield* grid.chunks(file);
    }
    return await this.keep(workspace, ReadableStream.from(bytes()), options);
  }

  async dropParts(workspace: string, upload: string): Promise<boolean> {
    let dropped = false;
    for await (const { filename } of this.#grid.list(partsOf(workspace, upload))) {
      dropped = await this.#grid.delete(filename) || dropped;
    }
    return dropped;
  }

  async *listUploads(workspace: string): AsyncIterable<string> {
    const prefix = `.parts/${folderOf(workspace)}`;
    let last: string | undefined;
    for await (const { filename } of this.#grid.list(prefix)) {
      const upload = filename.slice(prefix.length, filename.lastIndexOf("/"));
      if (upload !== last) yield upload;
      last = upload;
    }
  }

  async has(workspace: string, sha256: string): Promise<boolean> {
    return await this.#grid.find(nameOf(workspace, sha256)) !== null;
  }

  async delete(workspace: string, sha256: string): Promise<boolean> {
    return await this.#grid.delete(nameOf(workspace, sha256));
  }

  async *list(workspace: string): AsyncIterable<KeptFile> {
    const prefix = folderOf(workspace);
    for await (const { filename, length } of this.#grid.list(prefix)) {
      const sha256 = filename.slice(prefix.length);
      if (isHash(sha256)) yield { sha256, bytes: length };
    }
  }

  /** The client is its opener's to close. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  async #file(workspace: string, sha256: string): Promise<GridFile> {
    const file = await this.#grid.find(nameOf(workspace, sha256));
    if (!file) throw missingFile(sha256);
    return file;
  }

  /** Before anything is written: the indexes, which make names unique, and now and then a look at what was left. */
  async #prepare(): Promise<void> {
    this.#ready ??= makeGridIndexes(this.#mongo).catch((error) => {
      this.#ready = undefined;
      throw error;
    });
    await this.#ready;
    if (performance.now() - this.#cleanedAt < CLEAN_UP_MS) return;
    this.#cleanedAt = performance.now();
    await this.#grid.cleanUp();
  }
}

function folderOf(workspace: string): string {
  return `${checkedWorkspace(workspace)}/`;
}

function nameOf(workspace: string, sha256: string): string {
  return folderOf(workspace) + checkedHash(sha256);
}

function partsOf(workspace: string, upload: string): string {
  return `.parts/${folderOf(workspace)}${checkedPartName(upload)}/`;
}
