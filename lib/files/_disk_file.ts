/** What lies on the disk: written whole or not at all, and lasting once it is said to be there. */
import { dirname } from "node:path";
import { TesseraError } from "@/lib/errors.ts";
import { type BlockOptions, writeBlocks } from "./_blocks.ts";
import type { KeptFile } from "./mod.ts";

/**
 * Writes a stream to `temporary`, and moves it to where `place` says once every byte is on the disk, the folders below
 * `root` too: a kill leaves the whole file or none. `place` answers null where it stands there already.
 */
export async function writeWhole(
  body: ReadableStream<Uint8Array>,
  { root, temporary, place, ...options }: BlockOptions & {
    root: string;
    temporary: string;
    place: (kept: KeptFile) => string | null | Promise<string | null>;
  },
): Promise<KeptFile> {
  try {
    const file = await Deno.open(temporary, { write: true, createNew: true, mode: 0o600 });
    const ahead = new SyncAhead(temporary);
    let kept: KeptFile;
    try {
      kept = await writeBlocks(body, async (block) => {
        await writeAll(file, block);
        ahead.wrote(block.byteLength);
      }, options);
      await ahead.end();
      await file.sync();
    } finally {
      await ahead.end();
      file.close();
    }
    const target = await place(kept);
    if (target === null) return kept;
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.rename(temporary, target);
    for (let path = dirname(target); path.startsWith(root); path = dirname(path)) await syncDirectory(path);
    return kept;
  } catch (error) {
    await body.cancel(error).catch(() => {}); // it may be locked, errored or read to the end: nothing left to stop
    throw diskError(error, `Cannot keep the ${options.what}`);
  } finally {
    await Deno.remove(temporary).catch(ignoreMissing);
  }
}

const SYNC_BYTES = 32 * 2 ** 20;

/**
 * Brings what is written of a large file to the disk while the rest arrives, so that the last sync has little left to
 * wait for. By a second handle, as one handle does one thing at a time.
 */
class SyncAhead {
  #path: string;
  #waiting = 0;
  #syncing: Promise<void> | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  wrote(bytes: number): void {
    this.#waiting += bytes;
    if (this.#waiting < SYNC_BYTES || this.#syncing) return;
    this.#waiting = 0;
    // The system tells each handle of what could not be written: the last sync throws it.
    this.#syncing = this.#sync().catch(() => {}).finally(() => this.#syncing = null);
  }

  async end(): Promise<void> {
    await this.#syncing;
  }

  async #sync(): Promise<void> {
    using file = await Deno.open(this.#path, { write: true });
    await file.syncData();
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.byteLength;) done += await file.write(bytes.subarray(done));
}

/** Bytes of a file; null where there is none. */
export function sizeOf(path: string): Promise<number | null> {
  return Deno.stat(path).then((info) => info.size, (error) => {
    ignoreMissing(error);
    return null;
  });
}

/** Names in a folder, none where there is no folder. */
export async function namesIn(directory: string): Promise<string[]> {
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

/** The error in words for people where the disk is full; any other as it is. */
export function diskError(error: unknown, what: string): unknown {
  const full = error instanceof Error && /ENOSPC|EDQUOT|No space left|os error 28|os error 122/i.test(
    `${(error as { code?: string }).code ?? ""} ${error.message}`,
  );
  if (!full) return error;
  const text = `${what}: the disk is full; free some space and send it again`;
  return new TesseraError("disk-full", text, 507, {}, { cause: error });
}

/** Throws any error but the one for a file that is not there. */
export function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
