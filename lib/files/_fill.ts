/** Brings the bytes of a stream into blocks: without a copy where the stream can, as those of files and requests do. */

/** Reads a stream; nobody else may read it meanwhile. */
export interface Filling {
  /**
   * Fills `block` from `filled` on as far as what arrives next does. Answers the block to go on with, as the one that was
   * handed in may be usable no longer, and where its bytes now end: at `filled` where the stream has ended.
   */
  fill(block: Block, filled: number): Promise<{ block: Block; filled: number }>;
  /** Ends reading: resolves a `fill` that waits, and tells the other side why. */
  stop(reason: unknown): Promise<void>;
  /** Lets go of the stream. */
  release(): void;
}

/** Bytes that own their memory, so that it can be handed on. */
export type Block = Uint8Array<ArrayBuffer>;

/** Begins to read. */
export function fillFrom(body: ReadableStream<Uint8Array>): Filling {
  try {
    return intoBlocks(body.getReader({ mode: "byob" }));
  } catch (error) {
    if (body.locked || !(error instanceof TypeError)) throw error;
    return byCopying(body.getReader()); // a stream of chunks that somebody else made
  }
}

function intoBlocks(reader: ReadableStreamBYOBReader): Filling {
  return {
    async fill(block, filled) {
      const { value } = await reader.read(block.subarray(filled));
      if (!value) return { block: new Uint8Array(0), filled }; // stopped: nobody asks for the bytes any more
      return { block: new Uint8Array(value.buffer), filled: filled + value.byteLength };
    },
    stop: (reason) => reader.cancel(reason),
    release: () => reader.releaseLock(),
  };
}

function byCopying(reader: ReadableStreamDefaultReader<Uint8Array>): Filling {
  let rest = new Uint8Array(0);
  return {
    async fill(block, filled) {
      while (rest.byteLength === 0) {
        const { value, done } = await reader.read();
        if (done) return { block, filled };
        rest = new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
      }
      const part = rest.subarray(0, block.byteLength - filled);
      block.set(part, filled);
      rest = rest.subarray(part.byteLength);
      return { block, filled: filled + part.byteLength };
    },
    stop: (reason) => reader.cancel(reason),
    release: () => reader.releaseLock(),
  };
}
