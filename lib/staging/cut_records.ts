/**
 * Cuts bytes into CSV records and tells each one's first physical line. The slow, exact way: the engine's reader takes
 * files whose every record is one line, this one takes line breaks in quotes, blank lines, mixed line ends and faults.
 */

/** Why a record could not be cut. */
export type CutFault = "bad-quotes" | "unterminated-quote" | "too-long";

/** Where records go. `bytes` is reused: copy what must stay. */
export interface RecordSink {
  /** `fields` is the number of cells; `ascii` is false where the bytes must be checked as UTF-8. */
  record(bytes: Uint8Array, start: number, end: number, line: number, fields: number, ascii: boolean): void;
  fault(bytes: Uint8Array, start: number, end: number, line: number, fault: CutFault): void;
}

/** How to cut. */
export interface CutOptions {
  delimiter: string;
  quote: string;
  /** Physical lines before the first record. */
  skipLines: number;
  /** @default 2 MiB */
  maxRecordBytes?: number;
}

const LF = 10;
const CR = 13;
const SPACE = 32;
const MORE = -1; // the record goes on past these bytes

/** Takes bytes in pieces of any size. */
export class RecordCutter {
  #rest = new Uint8Array(0);
  #line = 1;
  #skip: number;
  #delimiter: number;
  #quote: number;
  #max: number;
  #sink: RecordSink;
  // What the last cut found.
  #fields = 0;
  #breaks = 0;
  #high = 0;
  #fault: CutFault | null = null;

  constructor(options: CutOptions, sink: RecordSink) {
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#quote = options.quote.charCodeAt(0);
    this.#skip = options.skipLines;
    this.#max = options.maxRecordBytes ?? 2 << 20;
    this.#sink = sink;
  }

  /** Cuts what is complete; `last` says that nothing follows. */
  push(chunk: Uint8Array, last = false): void {
    const bytes = this.#rest.length ? concat(this.#rest, chunk) : chunk;
    let at = 0;
    while (at < bytes.length) {
      const next = this.#skip > 0 || isBreak(bytes[at]!)
        ? this.#skipLine(bytes, at, last)
        : this.#take(bytes, at, last);
      if (next === MORE) break;
      at = next;
    }
    this.#rest = bytes.slice(at);
  }

  /** Passes over the rest of a line: one before the first record, or a blank one. */
  #skipLine(bytes: Uint8Array, from: number, last: boolean): number {
    const end = lineEnd(bytes, from);
    const next = afterBreak(bytes, end, last);
    if (next === MORE) return MORE;
    if (this.#skip > 0) this.#skip--;
    this.#line++;
    return next;
  }

  #take(bytes: Uint8Array, from: number, last: boolean): number {
    const end = this.#cut(bytes, from, last);
    const tooLong = (end === MORE ? bytes.length : end) - from > this.#max;
    if (end === MORE && !tooLong) return MORE;
    const fault = tooLong ? "too-long" : this.#fault;
    if (fault) {
      // Go on after the first line of the broken record: what follows is judged by itself.
      const stop = lineEnd(bytes, from);
      const next = afterBreak(bytes, stop, last);
      if (next === MORE) return MORE;
      this.#sink.fault(bytes, from, stop, this.#line, fault);
      this.#line++;
      return next;
    }
    const next = afterBreak(bytes, end, last);
    if (next === MORE) return MORE;
    if (!isBlank(bytes, from, end)) {
      this.#sink.record(bytes, from, end, this.#line, this.#fields, this.#high < 128);
    }
    this.#line += this.#breaks + 1;
    return next;
  }

  /** Finds the end of the record that begins at `from`. */
  #cut(bytes: Uint8Array, from: number, last: boolean): number {
    const { length } = bytes;
    const delimiter = this.#delimiter;
    const quote = this.#quote;
    let at = from;
    this.#high = 0;
    this.#fields = 1;
    this.#breaks = 0;
    this.#fault = null;
    for (;;) {
      let start = at;
      while (start < length && bytes[start] === SPACE) start++;
      if (start < length && bytes[start] === quote) {
        at = this.#quoted(bytes, start + 1, last);
        if (at === MORE) return MORE;
        if (this.#fault) return at;
        while (at < length && bytes[at] === SPACE) at++;
        if (at < length && bytes[at] !== delimiter && !isBreak(bytes[at]!)) {
          this.#fault = "bad-quotes";
          return at;
        }
      } else {
        let high = 0;
        for (at = start; at < length; at++) {
          const byte = bytes[at]!;
          if (byte === delimiter || byte === LF || byte === CR) break;
          high |= byte;
        }
        this.#high |= high;
      }
      if (at >= length) return last ? length : MORE;
      if (bytes[at] !== delimiter) return at;
      this.#fields++;
      at++;
    }
  }

  /** Finds what follows the closing quote. */
  #quoted(bytes: Uint8Array, from: number, last: boolean): number {
    const { length } = bytes;
    for (let at = from; at < length; at++) {
      const byte = bytes[at]!;
      this.#high |= byte;
      if (byte === this.#quote) {
        if (at + 1 >= length) return last ? length : MORE;
        if (bytes[at + 1] !== this.#quote) return at + 1;
        at++;
      } else if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) {
        this.#breaks++;
      }
    }
    if (!last) return MORE;
    this.#fault = "unterminated-quote";
    return length;
  }
}

function isBreak(byte: number): boolean {
  return byte === LF || byte === CR;
}

function isBlank(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (bytes[at] !== SPACE && bytes[at] !== 9) return false;
  return true;
}

function lineEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && !isBreak(bytes[at]!)) at++;
  return at;
}

/** The place after a line break; `MORE` where the break's second half, or the break itself, may be still to come. */
function afterBreak(bytes: Uint8Array, end: number, last: boolean): number {
  if (end >= bytes.length) return last ? bytes.length : MORE;
  if (bytes[end] === LF) return end + 1;
  if (end + 1 >= bytes.length) return last ? bytes.length : MORE;
  return bytes[end + 1] === LF ? end + 2 : end + 1;
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
