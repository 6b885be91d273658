/** Takes records apart into tables, each with the lines above it. Pure. */
import type { TextRecord } from "@/lib/staging/cut_text.ts";
import { findHeader, type TableStart } from "./find_header.ts";
import { filled, isHeaderish, isNote, kindsOf, knownCells, typedColumns } from "./row_shape.ts";

/** One table among the records. */
export interface CutTable {
  above: TextRecord[];
  headers: TextRecord[];
  body: TextRecord[];
  /** Notes below the last record. */
  footer: TextRecord[];
  /** Whether headers stand again among the records. */
  repeated: boolean;
  evidence: string;
}

/** A file of more tables is something else. */
const MAX_TABLES = 200;

/** Finds every table, in the order of the file. */
export function findTables(records: TextRecord[], known: ReadonlySet<string>): CutTable[] {
  const tables: CutTable[] = [];
  for (let from = 0; from < records.length;) {
    const start = findHeader(records, from, known);
    const end = tables.length + 1 < MAX_TABLES ? findEnd(records, start, known) : records.length;
    const headers = start.headers.map((at) => records[at]!);
    const rows = records.slice(start.firstRow, end);
    const { body, footer } = withoutFooter(rows, headers.at(-1)?.cells.length ?? 0);
    tables.push({
      above: records.slice(from, start.headers[0] ?? start.firstRow),
      headers,
      body: body.filter((row) => !repeats(row, headers)),
      footer,
      repeated: body.some((row) => repeats(row, headers)),
      evidence: start.evidence,
    });
    from = Math.max(end, start.firstRow, from + 1);
  }
  return tables;
}

/** Where the next table's first line stands: a title or comment above its headers, or the headers themselves. */
function findEnd(records: TextRecord[], { headers, firstRow }: TableStart, known: ReadonlySet<string>): number {
  const sample = records.slice(firstRow, firstRow + 50).filter((record) => !record.fault);
  const typed = typedColumns(sample.filter((record) => !isHeaderish(record)));
  const width = records[headers.at(-1) ?? firstRow]?.cells.length ?? 1;
  for (let at = firstRow + 1; at < records.length; at++) {
    const record = records[at]!;
    if (record.cells.length === 1 && width === 1) continue;
    if (!isApart(records, at, width) || !isHeaderish(record)) continue;
    if (startsTable(records, at, { width, typed, known })) return firstAbove(records, at, firstRow, width);
  }
  return records.length;
}

/** Whether something separates a record from those before it: a blank line, a comment, a title. */
function isApart(records: TextRecord[], at: number, width: number): boolean {
  const before = records[at - 1]!;
  return before.line + (before.lines ?? 1) < records[at]!.line || (width > 1 && isNote(before));
}

function startsTable(
  records: TextRecord[],
  at: number,
  { width, typed, known }: { width: number; typed: number[]; known: ReadonlySet<string> },
): boolean {
  const header = records[at]!;
  const next = records[at + 1];
  const named = knownCells(header, known) >= 2;
  if (header.cells.length < 2) return isSingleFigure(records, at);
  if (!next) return named && isNote(records[at - 1]!);
  if (next.cells.length !== header.cells.length) return named && isNote(next);
  const kinds = kindsOf(next);
  const contrast = kinds.some((kind, column) => kind === "value" && kindsOf(header)[column] === "text");
  if (header.cells.length !== width) return named || contrast;
  // As wide as the table above it: names where that has numbers, and numbers again below.
  if (typed.some((column) => kindsOf(header)[column] === "value")) return false;
  return contrast && typed.some((column) => kindsOf(header)[column] === "text" && filled(header) >= filled(next));
}

/** One name and one number below a comment: a figure of a report that writes each of its cards as a table. */
function isSingleFigure(records: TextRecord[], at: number): boolean {
  const [above, header, figure] = [records[at - 1]!, records[at]!, records[at + 1]];
  return above.cells[0]!.trimStart().startsWith("#") && header.cells.length === 1 && figure?.cells.length === 1 &&
    kindsOf(header)[0] === "text" && kindsOf(figure)[0] === "value";
}

/** Titles and comments right above a table's headers are its own, up to a blank line or a record of the table before. */
function firstAbove(records: TextRecord[], at: number, firstRow: number, width: number): number {
  let first = at;
  for (let n = at - 1; n > firstRow; n--) {
    const record = records[n]!;
    if (!isNote(record) || (width === 1 && !record.cells[0]!.startsWith("#"))) break;
    first = n;
    // Past a blank line only comments go on: other notes are the footer of the table before.
    const before = records[n - 1]!;
    if (before.line + (before.lines ?? 1) < record.line && !before.cells[0]!.trimStart().startsWith("#")) break;
  }
  return first;
}

function withoutFooter(rows: TextRecord[], width: number): { body: TextRecord[]; footer: TextRecord[] } {
  let end = rows.length;
  while (end > 1 && isNote(rows[end - 1]!)) end--;
  const apart = linesApart(rows, width);
  if (apart < end && rows.slice(0, apart).some(({ cells }) => cells.length >= width)) {
    return { body: rows.slice(0, apart), footer: rows.slice(apart) };
  }
  // A spreadsheet saved as text has its notes as wide as the table: those are records that cleaning sets aside.
  if (rows.slice(end).some(({ cells }) => cells.length > 1)) end = rows.length;
  const wide = rows.slice(0, end).some((row) => row.cells.length > 1);
  return wide ? { body: rows.slice(0, end), footer: rows.slice(end) } : { body: rows, footer: [] };
}

/**
 * Where, past a blank line, nothing follows but lines with fewer cells than the table has: `Report time:,2026/09/03`,
 * filters, remarks.
 */
function linesApart(rows: TextRecord[], width: number): number {
  let first = rows.length;
  for (let at = rows.length - 1; at > 0 && rows[at]!.cells.length < width - 1; at--) {
    const before = rows[at - 1]!;
    if (before.line + (before.lines ?? 1) < rows[at]!.line) first = at;
  }
  return first;
}

function repeats(row: TextRecord, headers: TextRecord[]): boolean {
  const header = headers.at(-1);
  return header !== undefined && row.cells.length === header.cells.length &&
    row.cells.every((cell, at) => cell.trim() === header.cells[at]!.trim()) && filled(row) > 1;
}
