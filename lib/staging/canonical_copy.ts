import { type CutFault, RecordCutter } from "./cut_records.ts";

/** What became of a file that was cut the exact way. */
export interface CanonicalCopy {
  records: number;
  faults: number;
}

/** How to copy. */
export interface CopyOptions {
  delimiter: string;
  quote: string;
  /** Physical lines before the first record of data. */
  skipLines: number;
  /** Cells that a record must have. */
  fields: number;
  /** Where well-formed records go: the line, then the cells as they stood. */
  target: string;
  /** Where broken ones go: line, value, code, reason. */
  faults: string;
  signal?: AbortSignal;
}

const REASONS: Record<CutFault | "bad-encoding", string> = {
  "bad-quotes": "something stands after a closing quote; write a quote inside a cell twice",
  "unterminated-quote": "a quote is opened and never closed",
  "too-long": "the record is longer than 2 MiB",
  "bad-encoding": "the bytes are no UTF-8 text",
};

/** Copies a UTF-8 file with the line of each record, so that the engine's reader needs to know about no oddity. */
export async function canonicalCopy(path: string, options: CopyOptions): Promise<CanonicalCopy> {
  const { delimiter, fields, signal } = options;
  using source = await Deno.open(path);
  using target = await Deno.open(options.target, { write: true, create: true, truncate: true });
  using faults = await Deno.open(options.faults, { write: true, create: true, truncate: true });
  const out = new Pieces();
  const bad = new Pieces();
  const encoder = new TextEncoder();
  const strict = new TextDecoder("utf-8", { fatal: true });
  const lenient = new TextDecoder();
  const copy: CanonicalCopy = { records: 0, faults: 0 };
  const reject = (bytes: Uint8Array, start: number, end: number, line: number, code: string, reason: string) => {
    copy.faults++;
    const value = lenient.decode(bytes.subarray(start, Math.min(end, start + 500))).replaceAll('"', '""');
    bad.add(encoder.encode(`${line},"${value}","${code}","${reason}"\n`));
  };
  const cutter = new RecordCutter(options, {
    record(bytes, start, end, line, found, ascii) {
      if (!ascii && !isUtf8(strict, bytes.subarray(start, end))) {
        return reject(bytes, start, end, line, "bad-encoding", REASONS["bad-encoding"]);
      }
      let stop = end;
      // Empty cells past the last header hold nothing: spreadsheets write them.
      let extra = found - fields;
      const comma = delimiter.charCodeAt(0);
      while (extra > 0 && bytes[stop - 1] === comma) {
        stop--;
        extra--;
      }
      if (found < fields || extra > 0) {
        const reason = `${found} ${found === 1 ? "cell" : "cells"} where the header has ${fields}`;
        return reject(bytes, start, end, line, "wrong-cell-count", reason);
      }
      copy.records++;
      out.add(encoder.encode(`${line}${delimiter}`));
      out.add(bytes.subarray(start, stop));
      out.byte(10);
    },
    fault(bytes, start, end, line, fault) {
      reject(bytes, start, end, line, fault, REASONS[fault]);
    },
  });
  const buffer = new Uint8Array(1 << 20);
  for (;;) {
    signal?.throwIfAborted();
    const size = await source.read(buffer);
    cutter.push(size === null ? new Uint8Array(0) : buffer.subarray(0, size), size === null);
    await out.flush(target);
    await bad.flush(faults);
    if (size === null) return copy;
  }
}

function isUtf8(decoder: TextDecoder, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false; // that is the question asked: is it UTF-8 at all
  }
}

/** Bytes on their way to a file. */
class Pieces {
  #bytes = new Uint8Array(1 << 20);
  #size = 0;

  add(piece: Uint8Array): void {
    this.#room(piece.length);
    this.#bytes.set(piece, this.#size);
    this.#size += piece.length;
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#size++] = value;
  }

  async flush(file: Deno.FsFile): Promise<void> {
    for (let at = 0; at < this.#size;) at += await file.write(this.#bytes.subarray(at, this.#size));
    this.#size = 0;
  }

  #room(more: number): void {
    if (this.#size + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#size + more));
    grown.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = grown;
  }
}
