import { type CutFault, type CutOptions, RecordCutter } from "./cut_records.ts";

/** One record of a short text. */
export interface TextRecord {
  /** Its first physical line, from 1. */
  line: number;
  cells: string[];
  /** How many physical lines it takes, where that is not one. */
  lines?: number;
  /** Why it could not be cut; then its one cell is the first line of it. */
  fault?: CutFault;
}

/** The whole records of a short text: the head of a file, a test. `complete` says that nothing follows the text. */
export function cutText(text: string, options: CutOptions & { complete?: boolean; limit?: number }): TextRecord[] {
  const { complete = true, limit = Infinity } = options;
  const { quote, escape } = options;
  if (!escape && (quote === "" || !text.includes(quote))) return cutPlain(text, options);
  const records: TextRecord[] = [];
  const decoder = new TextDecoder();
  const cutter = new RecordCutter(options, {
    record(bytes, start, end, line, { lines }) {
      if (records.length >= limit) return;
      const text = decoder.decode(bytes.subarray(start, end));
      const record: TextRecord = { line, cells: splitRecord(text, options) };
      if (lines > 1) record.lines = lines;
      records.push(record);
    },
    fault(bytes, start, end, line, fault) {
      if (records.length < limit) records.push({ line, cells: [decoder.decode(bytes.subarray(start, end))], fault });
    },
  });
  const bytes = new TextEncoder().encode(text);
  // In pieces, so that a limit spares the rest.
  for (let at = 0; at < bytes.length && records.length < limit; at += PIECE_BYTES) {
    const end = Math.min(bytes.length, at + PIECE_BYTES);
    cutter.push(bytes.subarray(at, end), complete && end === bytes.length);
  }
  return records;
}

const PIECE_BYTES = 1 << 16;

/** Text in which each line is a record and each delimiter cuts: many times as quick. */
function cutPlain(text: string, options: CutOptions & { complete?: boolean; limit?: number }): TextRecord[] {
  const { delimiter, skipLines, lastLine = Infinity, complete = true, limit = Infinity, maxRecordBytes } = options;
  const most = maxRecordBytes ?? 2 << 20;
  const records: TextRecord[] = [];
  const breaks = /\r\n|\n|\r/g;
  for (let line = 1, from = 0; from < text.length && line <= lastLine && records.length < limit; line++) {
    const found = breaks.exec(text);
    // A carriage return at the end may be the first half of a break.
    if (!complete && (!found || (found[0] === "\r" && breaks.lastIndex === text.length))) break;
    const record = text.slice(from, found ? found.index : text.length);
    from = found ? breaks.lastIndex : text.length;
    if (line <= skipLines || /^[ \t]*$/.test(record)) continue;
    records.push(
      record.length > most ? { line, cells: [record], fault: "too-long" } : { line, cells: record.split(delimiter) },
    );
  }
  return records;
}

/** The cells of one well-formed record, as they were meant: without quotes and escapes. */
export function splitRecord(
  record: string,
  { delimiter, quote, escape = "" }: Pick<CutOptions, "delimiter" | "quote" | "escape">,
): string[] {
  const cells: string[] = [];
  const blanks = delimiter[0] !== " ";
  let at = 0;
  for (;;) {
    let start = at;
    while (blanks && record[start] === " ") start++;
    if (quote !== "" && record[start] === quote) {
      let end = start + 1;
      for (; end < record.length; end++) {
        if (record[end] === escape) end++;
        else if (record[end] === quote) {
          if (record[end + 1] !== quote) break;
          end++;
        }
      }
      const cell = record.slice(start + 1, end).replaceAll(quote + quote, quote);
      cells.push(escape ? unescape(cell, escape) : cell);
      at = end + 1;
      while (blanks && record[at] === " ") at++;
    } else {
      const end = cellEnd(record, at, delimiter, escape);
      const cell = record.slice(at, end);
      cells.push(escape ? unescape(cell, escape) : cell);
      at = end;
    }
    if (at >= record.length) return cells;
    at += delimiter.length;
    if (at === record.length) return [...cells, ""];
  }
}

/** The cells of a record that stands in quotes as a whole; of one that does not, its cells as they are. */
export function unwrapped(cells: string[], signs: Pick<CutOptions, "delimiter" | "quote" | "escape">): string[] {
  return cells.length === 1 ? splitRecord(cells[0]!, signs) : cells;
}

function cellEnd(record: string, from: number, delimiter: string, escape: string): number {
  if (!escape) {
    const end = record.indexOf(delimiter, from);
    return end === -1 ? record.length : end;
  }
  for (let at = from; at < record.length; at++) {
    if (record[at] === escape) at++;
    else if (record.startsWith(delimiter, at)) return at;
  }
  return record.length;
}

const MEANT: Record<string, string> = { n: "\n", r: "\r", t: "\t" };

/** An escaped sign stands for itself, but for the letters of line breaks and tabs; a cell `\N` holds nothing. */
function unescape(cell: string, escape: string): string {
  if (cell === `${escape}N`) return "";
  if (!cell.includes(escape)) return cell;
  let text = "";
  for (let at = 0; at < cell.length; at++) {
    if (cell[at] !== escape || at + 1 === cell.length) text += cell[at];
    else text += MEANT[cell[++at]!] ?? cell[at];
  }
  return text;
}
