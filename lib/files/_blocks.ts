import { createHash } from "node:crypto";
import { InputError } from "@/lib/errors.ts";
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
    await writing; // where it is written to ends next
  }
  return { sha256: hash.digest("hex"), bytes };
}
