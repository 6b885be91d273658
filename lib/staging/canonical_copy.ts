import { type CutFault, type CutOptions, RecordCutter, type RecordShape } from "./cut_records.ts";
import { splitRecord, unwrapped } from "./cut_text.ts";
import { Footer } from "./footer.ts";
import type { FooterLine } from "./mod.ts";
import { Pieces } from "./pieces.ts";

/** What became of a file that was cut the exact way. */
export interface CanonicalCopy {
  records: number;
  faults: number;
  /** Lines after the last record that are no data. */
  footer: FooterLine[];
  /** Comments, headers again, and blank rows that stand among the records. */
  passed: number;
  /** Records with other than plain letters: those that are UTF-8, and those that are not. */
  foreign: number;
  misencoded: number;
}

/** How to copy. `skipLines` ends before the first record of data. */
export interface CopyOptions extends CutOptions {
  headers: string[];
  /** The fewest cells a record may have. */
  leastCells: number;
  repeatedHeaders: boolean;
  /** Each record as a whole stands in quotes. */
  wrapped: boolean;
  /** Records of empty cells only are records too. */
  keepBlank: boolean;
  /** Written anew with commas and double quotes, since the engine's reader does not know the file's own way. */
  rewrite: boolean;
  /** Where well-formed records go: the line, then the cells as they stood. */
  target: string;
  /** Where broken ones go: line, value, code, reason. */
  faults: string;
  signal?: AbortSignal;
}

const COMMENT = 35; // #
const SPACE = 32;

/** Copies a UTF-8 file with the line of each record, so that the engine's reader needs to know about no oddity. */
export async function canonicalCopy(path: string, options: CopyOptions): Promise<CanonicalCopy> {
  using source = await Deno.open(path);
  using target = await Deno.open(options.target, { write: true, create: true, truncate: true });
  using faults = await Deno.open(options.faults, { write: true, create: true, truncate: true });
  const copier = new Copier(options);
  const cutter = new RecordCutter(options, copier);
  const buffer = new Uint8Array(1 << 20);
  for (let first = true;; first = false) {
    options.signal?.throwIfAborted();
    const size = await source.read(buffer);
    const bytes = buffer.subarray(first && hasMark(buffer) ? 3 : 0, size ?? 0);
    cutter.push(bytes, size === null);
    if (size === null) copier.end();
    await copier.out.flush(target);
    await copier.bad.flush(faults);
    if (size === null) return copier.copy;
  }
}

/** Whether a byte order mark stands at the beginning: it is no part of the first cell. */
function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

class Copier {
  readonly copy: CanonicalCopy = { records: 0, faults: 0, footer: [], passed: 0, foreign: 0, misencoded: 0 };
  readonly out = new Pieces();
  readonly bad = new Pieces();
  #options: CopyOptions;
  #footer: Footer;
  #fields: number;
  #delimiter: Uint8Array;
  #encoder = new TextEncoder();
  #strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #lenient = new TextDecoder();

  constructor(options: CopyOptions) {
    this.#options = options;
    this.#fields = options.headers.length;
    this.#delimiter = this.#encoder.encode(options.delimiter);
    this.#footer = new Footer(options.leastCells, (line, text, fields) => this.#misfit(line, text, fields));
  }

  record(bytes: Uint8Array, start: number, end: number, line: number, shape: RecordShape): void {
    const { copy } = this;
    if (!this.#options.keepBlank && this.#isEmpty(bytes, start, end)) {
      copy.passed++;
      return;
    }
    if (!shape.ascii) {
      if (!this.#isUtf8(bytes.subarray(start, end))) {
        copy.misencoded++;
        return this.#reject(line, this.#text(bytes, start, end), "bad-encoding", "the bytes are no UTF-8 text");
      }
      copy.foreign++;
    }
    const stop = this.#withoutEmptyEnd(bytes, start, end, shape.fields);
    const fields = this.#options.wrapped ? this.#cells(bytes.subarray(start, end)).length : shape.fields - stop.left;
    if (fields < this.#options.leastCells || fields > this.#fields) {
      if (bytes[start] === COMMENT && fields < this.#options.leastCells) copy.passed++;
      else if (fields < this.#fields) this.#footer.hold(line, shape.lines, this.#text(bytes, start, end), fields);
      else this.#misfit(line, this.#text(bytes, start, end), fields);
      return;
    }
    if (this.#options.repeatedHeaders && this.#repeats(bytes.subarray(start, stop.at))) {
      copy.passed++;
      return;
    }
    this.#footer.release(line + shape.lines);
    copy.records++;
    this.#write(bytes.subarray(start, stop.at), line, this.#fields - fields);
  }

  fault(bytes: Uint8Array, start: number, end: number, line: number, fault: CutFault, field: number): void {
    const reasons: Record<CutFault, string> = {
      "bad-quotes": `something stands after the closing quote of cell ${field}; write a quote inside a cell twice`,
      "unterminated-quote": `a quote is opened in cell ${field} and never closed`,
      "too-long": "the record is longer than 2 MiB",
    };
    this.#footer.release(line + 1);
    this.#reject(line, this.#text(bytes, start, end), fault, reasons[fault]);
  }

  end(): void {
    this.copy.footer = this.#footer.end();
  }

  /** Empty cells past the last header hold nothing: spreadsheets write them. */
  #withoutEmptyEnd(bytes: Uint8Array, start: number, end: number, found: number): { at: number; left: number } {
    const { length } = this.#delimiter;
    let at = end;
    let left = 0;
    while (found - left > this.#fields && at - length >= start && this.#delimiterAt(bytes, at - length)) {
      at -= length;
      left++;
    }
    return { at, left };
  }

  /** A record of nothing but delimiters and blanks: a blank line as spreadsheets write it. */
  #isEmpty(bytes: Uint8Array, start: number, end: number): boolean {
    const { length } = this.#delimiter;
    for (let at = start; at < end;) {
      if (bytes[at] === SPACE) at++;
      else if (this.#delimiterAt(bytes, at)) at += length;
      else return false;
    }
    return true;
  }

  #delimiterAt(bytes: Uint8Array, at: number): boolean {
    return this.#delimiter.every((byte, n) => bytes[at + n] === byte);
  }

  #write(record: Uint8Array, line: number, missing: number): void {
    const { out } = this;
    if (this.#options.rewrite) {
      const cells = this.#cells(record);
      const quoted = cells.map((cell) => cell === "" ? "" : `"${cell.replaceAll('"', '""')}"`);
      out.add(this.#encoder.encode(`${line},${quoted.join(",")}${",".repeat(missing)}\n`));
      return;
    }
    const { delimiter } = this.#options;
    out.add(this.#encoder.encode(`${line}${delimiter}`));
    out.add(record);
    if (missing > 0) out.add(this.#encoder.encode(delimiter.repeat(missing)));
    out.byte(10);
  }

  #cells(record: Uint8Array): string[] {
    const cells = splitRecord(this.#lenient.decode(record), this.#options);
    return this.#options.wrapped ? unwrapped(cells, this.#options) : cells;
  }

  #repeats(record: Uint8Array): boolean {
    const [first = ""] = this.#options.headers;
    const text = this.#lenient.decode(record.subarray(0, first.length * 4 + 8));
    if (!text.includes(first)) return false;
    const cells = splitRecord(this.#lenient.decode(record), this.#options);
    return cells.every((cell, at) => cell.trim() === (this.#options.headers[at] ?? "").trim());
  }

  #misfit(line: number, text: string, fields: number): void {
    const most = this.#fields;
    const reason = `${fields} ${fields === 1 ? "cell" : "cells"} where the header has ${most}`;
    this.#reject(line, text, "wrong-cell-count", reason);
  }

  #reject(line: number, text: string, code: string, reason: string): void {
    this.copy.faults++;
    this.bad.add(this.#encoder.encode(`${line},"${text.replaceAll('"', '""')}","${code}","${reason}"\n`));
  }

  #text(bytes: Uint8Array, start: number, end: number): string {
    return this.#lenient.decode(bytes.subarray(start, Math.min(end, start + 500)));
  }

  #isUtf8(bytes: Uint8Array): boolean {
    try {
      this.#strict.decode(bytes);
      return true;
    } catch {
      return false; // that is the question asked: is it UTF-8 at all
    }
  }
}
