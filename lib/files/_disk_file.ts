/** What lies on the disk: written whole or not at all, and lasting once it is said to be there. */
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { InputError, TesseraError } from "@/lib/errors.ts";
import type { KeptFile } from "./mod.ts";

const BLOCK_BYTES = 2 ** 20;

/** How to write a stream. */
export interface WriteOptions {
  maxBytes?: number;
  signal?: AbortSignal;
  /** What is written, in the words of an error. */
  what: string;
}

/**
 * Writes a stream to `temporary`, and moves it to where `place` says once every byte is on the disk, the folders below
 * `root` too: a kill leaves the whole file or none. `place` answers null where it stands there already.
 */
export async function writeWhole(
  body: ReadableStream<Uint8Array>,
  { root, temporary, place, maxBytes = Infinity, signal, what }: WriteOptions & {
    root: string;
    temporary: string;
    place: (kept: KeptFile) => string | null | Promise<string | null>;
  },
): Promise<KeptFile> {
  try {
    const file = await Deno.open(temporary, { write: true, createNew: true, mode: 0o600 });
    let kept: KeptFile;
    try {
      kept = await write(body, file, { maxBytes, signal, what });
      await file.sync();
    } finally {
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
    if (!isDiskFull(error)) throw error;
    const text = `Cannot keep the ${what}: the disk is full; free some space and send it again`;
    throw new TesseraError("disk-full", text, 507, {}, { cause: error });
  } finally {
    await Deno.remove(temporary).catch(ignoreMissing);
  }
}

/** Writes a stream while hashing and counting it; holds two blocks at a time, one that fills and one that is written. */
async function write(
  body: ReadableStream<Uint8Array>,
  file: Deno.FsFile,
  { maxBytes, signal, what }: WriteOptions & { maxBytes: number },
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
        const text = `Cannot keep the ${what}: it is larger than ${maxBytes} bytes`;
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

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && /ENOSPC|EDQUOT|No space left|os error 28|os error 122/i.test(
    `${(error as { code?: string }).code ?? ""} ${error.message}`,
  );
}

/** Throws any error but the one for a file that is not there. */
export function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
