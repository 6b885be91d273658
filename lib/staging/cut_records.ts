/**
 * Cuts bytes into CSV records and tells each one's first physical line. The slow, exact way: the engine's reader takes
 * files whose every record is one line, this one takes line breaks in quotes, blank lines, mixed line ends and faults.
 */
import { InputError } from "@/lib/errors.ts";

/** Why a record could not be cut. */
export type CutFault = "bad-quotes" | "unterminated-quote" | "too-long";

/** What was seen of a record while it was cut. Reused: copy what must stay. */
export interface RecordShape {
  fields: number;
  /** No byte need be checked as UTF-8. */
  ascii: boolean;
  /** Physical lines. */
  lines: number;
}

/** Where records go. `bytes` is reused: copy what must stay. */
export interface RecordSink {
  record(bytes: Uint8Array, start: number, end: number, line: number, shape: RecordShape): void;
  /** `field` is the cell in which it broke, from 1. */
  fault(bytes: Uint8Array, start: number, end: number, line: number, fault: CutFault, field: number): void;
}

/** How to cut. */
export interface CutOptions {
  /** One sign or several. */
  delimiter: string;
  /** One ASCII sign; "" where no cell is quoted. */
  quote: string;
  /** The sign that takes the next one's meaning away, also outside quotes; without it a quote in a cell stands twice. */
  escape?: string;
  /** Physical lines before the first record. */
  skipLines: number;
  /** The last physical line on which a record may begin. */
  lastLine?: number;
  /** `records`: each record is one line, whatever breaks its cells hold, as the rows of a sheet are. */
  lines?: "records";
  /** @default 2 MiB */
  maxRecordBytes?: number;
}

const LF = 10;
const CR = 13;
const SPACE = 32;
const MORE = -1; // the record goes on past these bytes
/** So many records without an end mean that the quotes cannot be told at all; each costs a look at 2 MiB. */
const MAX_ENDLESS = 32;

/** Takes bytes in pieces of any size. */
export class RecordCutter {
  #rest = new Uint8Array(0);
  #line = 1;
  #skip: number;
  #lastLine: number;
  #byRecord: boolean;
  #delimiter: Uint8Array;
  #first: number;
  #quote: number;
  #escape: number;
  #max: number;
  #sink: RecordSink;
  #shape: RecordShape = { fields: 0, ascii: true, lines: 1 };
  /** In the middle of a line too long to keep, which was reported already. */
  #passing = false;
  #endless = 0;
  // What the last cut found.
  #fields = 0;
  #breaks = 0;
  #high = 0;
  #fault: CutFault | null = null;
  #open = false;

  constructor(options: CutOptions, sink: RecordSink) {
    this.#delimiter = new TextEncoder().encode(options.delimiter);
    this.#first = this.#delimiter[0]!;
    this.#quote = options.quote === "" ? -1 : options.quote.charCodeAt(0);
    this.#escape = options.escape ? options.escape.charCodeAt(0) : -1;
    this.#skip = options.skipLines;
    this.#lastLine = options.lastLine ?? Infinity;
    this.#byRecord = options.lines === "records";
    this.#max = options.maxRecordBytes ?? 2 << 20;
    this.#sink = sink;
  }

  /** Cuts what is complete; `last` says that nothing follows. */
  push(chunk: Uint8Array, last = false): void {
    const bytes = this.#rest.length ? concat(this.#rest, chunk) : chunk;
    let at = 0;
    while (at < bytes.length) {
      if (this.#line > this.#lastLine) {
        at = bytes.length;
        break;
      }
      const next = this.#skip > 0 || this.#passing || isBreak(bytes[at]!)
        ? this.#skipLine(bytes, at, last)
        : this.#take(bytes, at, last);
      if (next === MORE) break;
      at = next;
    }
    this.#rest = bytes.slice(at);
  }

  /** Passes over the rest of a line: one before the first record, a blank one. Keeps nothing of it. */
  #skipLine(bytes: Uint8Array, from: number, last: boolean): number {
    const end = lineEnd(bytes, from);
    const next = afterBreak(bytes, end, last);
    if (next === MORE || end === bytes.length) {
      // Only a break's first half must stay, to be seen with the second.
      if (end < bytes.length) return from === end ? MORE : this.#pass(end);
      return this.#pass(bytes.length);
    }
    this.#passing = false;
    if (this.#skip > 0) this.#skip--;
    this.#line++;
    return next;
  }

  #pass(to: number): number {
    this.#passing = true;
    return to;
  }

  #take(bytes: Uint8Array, from: number, last: boolean): number {
    const end = this.#cut(bytes, from, last);
    const tooLong = (end === MORE ? bytes.length : end) - from > this.#max;
    if (end === MORE && !tooLong) return MORE;
    const fault = tooLong ? this.#open ? "unterminated-quote" : "too-long" : this.#fault;
    if (fault) return this.#fail(bytes, from, last, fault);
    const next = afterBreak(bytes, end, last);
    if (next === MORE) return MORE;
    if (!isBlank(bytes, from, end)) {
      this.#shape.fields = this.#fields;
      this.#shape.ascii = this.#high < 128;
      this.#shape.lines = this.#byRecord ? 1 : this.#breaks + 1;
      this.#sink.record(bytes, from, end, this.#line, this.#shape);
    }
    this.#line += this.#byRecord ? 1 : this.#breaks + 1;
    return next;
  }

  /** Goes on after the first line of a broken record: what follows is judged by itself. */
  #fail(bytes: Uint8Array, from: number, last: boolean, fault: CutFault): number {
    if (this.#open && ++this.#endless > MAX_ENDLESS) {
      throw new InputError(
        "bad-quotes",
        `Cannot read the file: line ${this.#line} opens a quote in cell ${this.#fields} that is not closed within ` +
          `${this.#max >> 20} MiB, as ${MAX_ENDLESS} lines before it; export the file again`,
        { line: this.#line, column: this.#fields },
      );
    }
    const stop = lineEnd(bytes, from);
    if (stop === bytes.length && !last) {
      if (stop - from <= this.#max) return MORE;
      this.#sink.fault(bytes, from, stop, this.#line, fault, this.#fields);
      return this.#pass(stop);
    }
    const next = afterBreak(bytes, stop, last);
    if (next === MORE) return MORE;
    this.#sink.fault(bytes, from, stop, this.#line, fault, this.#fields);
    this.#line++;
    return next;
  }

  /** Finds the end of the record that begins at `from`. */
  #cut(bytes: Uint8Array, from: number, last: boolean): number {
    const { length } = bytes;
    const first = this.#first;
    const quote = this.#quote;
    const escape = this.#escape;
    const size = this.#delimiter.length;
    let at = from;
    this.#high = 0;
    this.#fields = 1;
    this.#breaks = 0;
    this.#fault = null;
    this.#open = false;
    for (;;) {
      let start = at;
      while (start < length && bytes[start] === SPACE && first !== SPACE) start++;
      if (start < length && bytes[start] === quote) {
        at = this.#quoted(bytes, start + 1, last);
        if (at === MORE) return MORE;
        if (this.#fault) return at;
        while (at < length && bytes[at] === SPACE && first !== SPACE) at++;
        if (at < length && !isBreak(bytes[at]!) && !this.#isDelimiter(bytes, at)) {
          if (size > 1 && !last && length - at < size) return MORE;
          this.#fault = "bad-quotes";
          return at;
        }
      } else {
        let high = 0;
        for (at = start; at < length; at++) {
          const byte = bytes[at]!;
          if (byte === LF || byte === CR) break;
          if (byte === first && (size === 1 || this.#isDelimiter(bytes, at))) break;
          if (byte === escape) {
            if (at + 1 >= length) break;
            if (isBreak(bytes[at + 1]!)) this.#breaks++;
            at++;
            high |= bytes[at]!;
          }
          high |= byte;
        }
        this.#high |= high;
        if (at < length && bytes[at] === escape) return last ? length : MORE;
      }
      if (at >= length) return last ? length : MORE;
      if (isBreak(bytes[at]!)) return at;
      this.#fields++;
      at += size;
    }
  }

  #isDelimiter(bytes: Uint8Array, at: number): boolean {
    return bytes[at] === this.#first && startsWith(bytes, at, this.#delimiter);
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
      } else if (byte === this.#escape) {
        at++;
        if (at < length) this.#high |= bytes[at]!;
      } else if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) {
        this.#breaks++;
      }
    }
    this.#open = true;
    if (!last) return MORE;
    this.#fault = "unterminated-quote";
    return length;
  }
}

function startsWith(bytes: Uint8Array, at: number, sign: Uint8Array): boolean {
  for (let n = 0; n < sign.length; n++) if (bytes[at + n] !== sign[n]) return false;
  return true;
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
