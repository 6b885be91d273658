/** Raw uploads on the local disk: `<directory>/<workspace>/<aa>/<sha256>`, written once, never changed. */
import { join } from "node:path";
import { ignoreMissing, namesIn, sizeOf, writeWhole } from "./_disk_file.ts";
import { DiskParts } from "./_disk_parts.ts";
import { checkedHash, checkedStageName, checkedWorkspace, isHash, missingFile } from "./_names.ts";
import type { Files, KeptFile, PartOptions } from "./mod.ts";

/** Where to keep files. */
export interface DiskFilesOptions {
  /** Absolute path. No other process may keep files there at the same time. */
  directory: string;
  /** The only folder that the engine may read; on the same file system, so that a file need not be copied. */
  stagingDirectory: string;
}

const ARRIVING = ".arriving";

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
  readonly #parts: DiskParts;

  constructor(readonly directory: string, readonly stagingDirectory: string) {
    this.#parts = new DiskParts(directory, join(directory, ARRIVING));
  }

  async keep(
    workspace: string,
    body: ReadableStream<Uint8Array>,
    options: { maxBytes?: number; signal?: AbortSignal } = {},
  ): Promise<KeptFile> {
    const folder = this.#folder(workspace);
    return await writeWhole(body, {
      ...options,
      what: "file",
      root: this.directory,
      temporary: join(this.directory, ARRIVING, crypto.randomUUID()),
      place: async ({ sha256, bytes }) => {
        const target = this.#path(folder, sha256);
        return await sizeOf(target) === bytes ? null : target;
      },
    });
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
    const target = join(this.stagingDirectory, checkedStageName(name));
    const source = this.#path(this.#folder(workspace), sha256);
    if (await sizeOf(source) === null) throw missingFile(sha256);
    await Deno.remove(target).catch(ignoreMissing);
    try {
      await Deno.link(source, target);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) throw missingFile(sha256);
      // Another file system, or one without hard links: the bytes are copied.
      await Deno.copyFile(source, target);
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
    this.#folder(workspace);
    return await this.#parts.keep(workspace, upload, part, body, options);
  }

  async openPart(workspace: string, upload: string, part: string): Promise<ReadableStream<Uint8Array>> {
    this.#folder(workspace);
    return await this.#parts.open(workspace, upload, [part]);
  }

  async joinParts(
    workspace: string,
    upload: string,
    parts: readonly string[],
    options: { signal?: AbortSignal } = {},
  ): Promise<KeptFile> {
    this.#folder(workspace);
    return await this.keep(workspace, await this.#parts.open(workspace, upload, parts), options);
  }

  async dropParts(workspace: string, upload: string): Promise<boolean> {
    this.#folder(workspace);
    return await this.#parts.drop(workspace, upload);
  }

  async *listUploads(workspace: string): AsyncIterable<string> {
    this.#folder(workspace);
    yield* this.#parts.uploads(workspace);
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
    for (const prefix of await namesIn(folder)) {
      for (const sha256 of await namesIn(join(folder, prefix))) {
        if (!isHash(sha256)) continue;
        const bytes = await sizeOf(join(folder, prefix, sha256));
        if (bytes !== null) yield { sha256, bytes }; // null: deleted meanwhile
      }
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #folder(workspace: string): string {
    return join(this.directory, checkedWorkspace(workspace));
  }

  #path(folder: string, sha256: string): string {
    return join(folder, checkedHash(sha256).slice(0, 2), sha256);
  }

  async #open(workspace: string, sha256: string): Promise<Deno.FsFile> {
    try {
      return await Deno.open(this.#path(this.#folder(workspace), sha256));
    } catch (error) {
      ignoreMissing(error);
      throw missingFile(sha256);
    }
  }
}
