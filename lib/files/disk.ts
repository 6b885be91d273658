/** Raw uploads on the local disk: `<directory>/<workspace>/<aa>/<sha256>`, written once, never changed. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { InputError, NotFoundError, TesseraError } from "@/lib/errors.ts";
import type { Files, KeptFile } from "./mod.ts";

/** Where to keep files. */
export interface DiskFilesOptions {
  /** Absolute path. No other process may keep files there at the same time. */
  directory: string;
  /** The only folder that the engine may read; on the same file system, so that a file need not be copied. */
  stagingDirectory: string;
}

const ARRIVING = ".arriving";
const BLOCK_BYTES = 2 ** 20;
const HASH = /^[0-9a-f]{64}$/;

/** Opens the folder, makes it where it is missing, and clears away what a killed process left half-written. */
export async function openDiskFiles({ directory, stagingDirectory }: DiskFilesOptions): Promise<Files> {
  const arriving = join(directory, ARRIVING);
  await Deno.mkdir(directory, { recursive: true });
  await Deno.remove(arriving, { recursive: true }).catch(ignoreMissing);
  await Deno.mkdir(arriving);
  await Deno.mkdir(stagingDirectory, { recursive: true });
  return new DiskFiles(directory, stagingDirectory);
}

class DiskFiles implements Files {
  constructor(readonly directory: string, readonly stagingDirectory: string) {}

  async keep(
    workspace: string,
    body: ReadableStream<Uint8Array>,
    options: { maxBytes?: number; signal?: AbortSignal } = {},
  ): Promise<KeptFile> {
    const { maxBytes = Infinity, signal } = options;
    const folder = this.#folder(workspace);
    const temporary = join(this.directory, ARRIVING, crypto.randomUUID());
    try {
      const file = await Deno.open(temporary, { write: true, createNew: true, mode: 0o600 });
      let kept: KeptFile;
      try {
        kept = await write(body, file, maxBytes, signal);
        await file.sync();
      } finally {
        file.close();
      }
      const target = this.#path(folder, kept.sha256);
      if (await sizeOf(target) === kept.bytes) return kept;
      // Renamed only once every byte is on the disk, and the folder too: a kill leaves the whole file or none.
      const parent = join(folder, kept.sha256.slice(0, 2));
      await Deno.mkdir(parent, { recursive: true });
      await Deno.rename(temporary, target);
      for (const path of [parent, folder, this.directory]) await syncDirectory(path);
      return kept;
    } catch (error) {
      await body.cancel(error).catch(() => {}); // it may be locked, errored or read to the end: nothing left to stop
      if (!isDiskFull(error)) throw error;
      const text = "Cannot keep the file: the disk is full; free some space and send it again";
      throw new TesseraError("disk-full", text, 507, {}, { cause: error });
    } finally {
      await Deno.remove(temporary).catch(ignoreMissing);
    }
  }

  async open(workspace: string, sha256: string): Promise<ReadableStream<Uint8Array>> {
    return (await this.#open(workspace, sha256)).readable;
  }

  async head(workspace: string, sha256: string, length: number): Promise<Uint8Array> {
    using file = await this.#open(workspace, sha256);
    const bytes = new Uint8Array(Math.min(length, (await file.stat()).size));
    let done = 0;
    while (done < bytes.length) {
      const read = await file.read(bytes.subarray(done));
      if (read === null) break;
      done += read;
    }
    return bytes.subarray(0, done);
  }

  async stage(workspace: string, sha256: string, name: string): Promise<string> {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(name)) {
      throw new TypeError(`Cannot stage a file as "${name}": use a name made of letters, digits, ".", "_" and "-"`);
    }
    const source = this.#path(this.#folder(workspace), sha256);
    if (await sizeOf(source) === null) throw missing(sha256);
    const target = join(this.stagingDirectory, name);
    await Deno.remove(target).catch(ignoreMissing);
    try {
      await Deno.link(source, target);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) throw missing(sha256);
      // Another file system, or one without hard links: the bytes are copied.
      await Deno.copyFile(source, target);
    }
    return target;
  }

  async has(workspace: string, sha256: string): Promise<boolean> {
    return await sizeOf(this.#path(this.#folder(workspace), sha256)) !== null;
  }

  async delete(workspace: string, sha256: string): Promise<boolean> {
    try {
      await Deno.remove(this.#path(this.#folder(workspace), sha256));
      return true;
    } catch (error) {
      ignoreMissing(error);
      return false;
    }
  }

  async *list(workspace: string): AsyncIterable<KeptFile> {
    const folder = this.#folder(workspace);
    for (const prefix of await names(folder)) {
      for (const sha256 of await names(join(folder, prefix))) {
        if (!HASH.test(sha256)) continue;
        const bytes = await sizeOf(join(folder, prefix, sha256));
        if (bytes !== null) yield { sha256, bytes }; // null: deleted meanwhile
      }
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #folder(workspace: string): string {
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(workspace)) {
      throw new TypeError(`Cannot use "${workspace}" as a workspace's name`);
    }
    return join(this.directory, workspace);
  }

  #path(folder: string, sha256: string): string {
    if (!HASH.test(sha256)) throw missing(sha256);
    return join(folder, sha256.slice(0, 2), sha256);
  }

  async #open(workspace: string, sha256: string): Promise<Deno.FsFile> {
    try {
      return await Deno.open(this.#path(this.#folder(workspace), sha256));
    } catch (error) {
      ignoreMissing(error);
      throw missing(sha256);
    }
  }
}

/** Writes a stream while hashing and counting it; holds two blocks at a time, one that fills and one that is written. */
async function write(
  body: ReadableStream<Uint8Array>,
  file: Deno.FsFile,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<KeptFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  let block = new Uint8Array(BLOCK_BYTES);
  let spare = new Uint8Array(BLOCK_BYTES);
  let filled = 0;
  let writing: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    await writing;
    const full = block.subarray(0, filled);
    [block, spare, filled] = [spare, block, 0];
    writing = writeAll(file, full);
    writing.catch(() => {}); // whoever waits for it next gets the error; nobody may be waiting yet
  }

  const sink = new WritableStream<Uint8Array>({
    async write(chunk) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) {
        const text = `Cannot keep the file: it is larger than ${maxBytes} bytes`;
        throw new InputError("too-large", text, { maxBytes }, 413);
      }
      hash.update(chunk);
      for (let done = 0; done < chunk.byteLength;) {
        const part = chunk.subarray(done, done + BLOCK_BYTES - filled);
        block.set(part, filled);
        filled += part.byteLength;
        done += part.byteLength;
        if (filled === BLOCK_BYTES) await flush();
      }
    },
  });
  try {
    await body.pipeTo(sink, { signal });
    await flush();
  } finally {
    await writing; // the file is closed next
  }
  return { sha256: hash.digest("hex"), bytes };
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.byteLength;) done += await file.write(bytes.subarray(done));
}

function missing(sha256: string): NotFoundError {
  return new NotFoundError(`There is no file "${sha256.slice(0, 64)}"`);
}

function sizeOf(path: string): Promise<number | null> {
  return Deno.stat(path).then((info) => info.size, (error) => {
    ignoreMissing(error);
    return null;
  });
}

async function names(directory: string): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const entry of Deno.readDir(directory)) found.push(entry.name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotADirectory)) ignoreMissing(error);
  }
  return found;
}

/** Makes a rename last. Windows cannot open folders, and keeps its own journal. */
async function syncDirectory(path: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  using directory = await Deno.open(path);
  await directory.sync();
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && /ENOSPC|EDQUOT|No space left|os error 28|os error 122/i.test(
    `${(error as { code?: string }).code ?? ""} ${error.message}`,
  );
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
