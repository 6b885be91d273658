import { type CutOptions, RecordCutter } from "./cut_records.ts";

/** One record of a short text. */
export interface TextRecord {
  /** Its first physical line, from 1. */
  line: number;
  cells: string[];
}

/** The whole records of a short text: the head of a file, a test. `complete` says that nothing follows the text. */
export function cutText(text: string, options: CutOptions & { complete?: boolean; limit?: number }): TextRecord[] {
  const { complete = true, limit = Infinity } = options;
  const records: TextRecord[] = [];
  const decoder = new TextDecoder();
  const cutter = new RecordCutter(options, {
    record(bytes, start, end, line) {
      if (records.length < limit) {
        records.push({ line, cells: splitRecord(decoder.decode(bytes.subarray(start, end)), options) });
      }
    },
    fault(bytes, start, end, line) {
      if (records.length < limit) records.push({ line, cells: [decoder.decode(bytes.subarray(start, end))] });
    },
  });
  cutter.push(new TextEncoder().encode(text), complete);
  return records;
}

/** The cells of one well-formed record. */
export function splitRecord(record: string, { delimiter, quote }: Pick<CutOptions, "delimiter" | "quote">): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let start = at;
    while (record[start] === " ") start++;
    if (record[start] === quote) {
      let end = start + 1;
      for (; end < record.length; end++) {
        if (record[end] !== quote) continue;
        if (record[end + 1] !== quote) break;
        end++;
      }
      cells.push(record.slice(start + 1, end).replaceAll(quote + quote, quote));
      at = end + 1;
      while (record[at] === " ") at++;
    } else {
      const end = record.indexOf(delimiter, at);
      cells.push(record.slice(at, end === -1 ? undefined : end));
      at = end === -1 ? record.length : end;
    }
    if (at >= record.length) return cells;
    at++; // the delimiter
    if (at === record.length) return [...cells, ""];
  }
}
