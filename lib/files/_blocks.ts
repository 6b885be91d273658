import { createHash } from "node:crypto";
import { InputError } from "@/lib/errors.ts";
import { fillFrom } from "./_fill.ts";
import type { KeptFile } from "./mod.ts";

/** Bytes that are written at once. */
export const BLOCK_BYTES = 2 ** 20;

/** Bounds of a stream that is written. */
export interface BlockOptions {
  maxBytes?: number;
  signal?: AbortSignal;
  /** What is written, in the words of an error. */
  what: string;
}

/**
 * Hands a stream on in blocks while hashing and counting it; only the last block is shorter, and none is empty. Holds two
 * at a time: one that fills and one that is written, whose bytes are used again once `write` is done.
 */
export async function writeBlocks(
  body: ReadableStream<Uint8Array>,
  write: (block: Uint8Array<ArrayBuffer>) => Promise<void>,
  { maxBytes = Infinity, signal, what }: BlockOptions,
): Promise<KeptFile> {
  signal?.throwIfAborted();
  const hash = createHash("sha256");
  let bytes = 0;
  let block = new Uint8Array(BLOCK_BYTES);
  let spare = new Uint8Array(BLOCK_BYTES);
  let filled = 0;
  let writing: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    await writing;
    if (filled === 0) return;
    const full = block.subarray(0, filled);
    [block, spare, filled] = [spare, block, 0];
    writing = write(full);
    writing.catch(() => {}); // whoever waits for it next gets the error; nobody may be waiting yet
  }

  const filling = fillFrom(body);
  const stop = () => filling.stop(signal!.reason).catch(() => {}); // what went wrong is told below
  signal?.addEventListener("abort", stop, { once: true });
  try {
    for (;;) {
      const next = await filling.fill(block, filled);
      signal?.throwIfAborted();
      const arrived = next.block.subarray(filled, next.filled);
      ({ block, filled } = next);
      if (arrived.byteLength === 0) break;
      bytes += arrived.byteLength;
      if (bytes > maxBytes) {
        const text = `Cannot keep the ${what}: it is larger than ${maxBytes} bytes`;
        throw new InputError("too-large", text, { maxBytes }, 413);
      }
      hash.update(arrived);
      if (filled === BLOCK_BYTES) await flush();
    }
    await flush();
  } catch (error) {
    await filling.stop(error).catch(() => {}); // it may be at its end already: nothing left to stop
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    filling.release();
    await writing; // where it is written to ends next
  }
  return { sha256: hash.digest("hex"), bytes };
}
