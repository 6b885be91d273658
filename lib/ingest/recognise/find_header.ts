/** Where a table begins: its rows of headers, or its first row of data where there are none. Pure. */
import type { TextRecord } from "@/lib/staging/cut_text.ts";
import { commonWidth, filled, isComment, isHeaderish, isNote, kindsOf, knownCells, typedColumns } from "./row_shape.ts";

/** Where a table begins, by places in the list of records. */
export interface TableStart {
  /** Rows of headers, one below the other; none where data begins at once. */
  headers: number[];
  firstRow: number;
  evidence: string;
}

const SEARCH = 80;
const LOOK = 60;

/** Finds where the table begins whose first lines stand at `from`. */
export function findHeader(records: TextRecord[], from: number, known: ReadonlySet<string>): TableStart {
  const stop = Math.min(records.length, from + SEARCH);
  for (let at = from; at < stop; at++) {
    if (!isHeaderish(records[at]!)) continue;
    const run = dataBefore(records, from, at);
    if (run !== null) return { headers: [], firstRow: run, evidence: "its first line is data as the lines below it" };
    const evidence = whyHeader(records, at, known);
    if (evidence && !isPreamble(records, at, known)) return withNeighbours(records, at, evidence);
  }
  return withoutContrast(records, from, known);
}

/** The records below, up to the next row of headers. */
function below(records: TextRecord[], at: number): TextRecord[] {
  const rows: TextRecord[] = [];
  for (let n = at + 1; n < Math.min(records.length, at + LOOK); n++) {
    const record = records[n]!;
    if (isComment(record) && rows.length > 0) break;
    if (isNote(record) && record.cells.length > 1 || isComment(record)) continue;
    if (rows.length > 0 && isHeaderish(record) && record.cells.length !== rows[0]!.cells.length) break;
    rows.push(record);
  }
  return rows;
}

function whyHeader(records: TextRecord[], at: number, known: ReadonlySet<string>): string | null {
  const header = records[at]!;
  const matches = knownCells(header, known);
  const rows = below(records, at);
  const data = rows.filter((row) => !isHeaderish(row) && Math.abs(row.cells.length - header.cells.length) <= 1);
  const typed = typedColumns(data.slice(0, 50));
  const texts = typed.filter((column) => (header.cells[column] ?? "").trim() !== "");
  if (header.cells.length === 1 && rows.some((row) => row.cells.length > 1)) return null; // a title
  if (matches >= 2 || (matches > 0 && matches === filled(header))) return `${matches} of its names are known`;
  if (texts.length === 0 || texts.length < typed.length * 0.5) return null;
  return `it has names where the ${data.length} lines below have numbers or days`;
}

/** Rows that are data already, above a line that looks like headers: then that line is none. */
function dataBefore(records: TextRecord[], from: number, at: number): number | null {
  const rows: number[] = [];
  for (let n = from; n < at; n++) {
    const values = kindsOf(records[n]!).filter((kind) => kind === "value").length;
    if (values >= 2 && records[n]!.cells.length === records[at]!.cells.length) rows.push(n);
  }
  return rows.length >= 3 ? rows[0]! : null;
}

/** A line such as `Report start:,1/10/2026` above a wider table. */
function isPreamble(records: TextRecord[], at: number, known: ReadonlySet<string>): boolean {
  const line = records[at]!;
  if (line.cells[0]!.trim().endsWith(":")) return true;
  if (knownCells(line, known) >= 2) return false;
  for (let n = at + 1; n < Math.min(records.length, at + 13); n++) {
    const other = records[n]!;
    if (!isHeaderish(other)) continue;
    const better = knownCells(other, known) >= 2 || (filled(line) <= 3 && filled(other) > filled(line));
    if (better && whyHeader(records, n, known)) return !hasNumbers(records.slice(at + 1, n), line.cells.length);
  }
  return false;
}

/** Several records with numbers in the same column: those are a table, and no list of settings. */
function hasNumbers(between: TextRecord[], width: number): boolean {
  const rows = between.filter((row) =>
    row.cells.length === width && !isNote(row) && !row.cells[0]!.trim().endsWith(":")
  );
  return rows.length >= 2 &&
    typedColumns(rows).some((column) => rows.every((row) => /^[^\p{L}/:]*$/u.test(row.cells[column]!)));
}

/** A row of groups above the headers, and a row of names or units below them, belong to them. */
function withNeighbours(records: TextRecord[], at: number, evidence: string): TableStart {
  const headers = [at];
  const header = records[at]!;
  const above = records[at - 1];
  const next = records[at + 1];
  if (above && touches(above, header) && isGroupRow(above, header)) headers.unshift(at - 1);
  if (next && touches(header, next) && headers.length === 1 && continuesHeader(records, at)) headers.push(at + 1);
  const last = headers.at(-1)!;
  const first = headers.length > 1 ? `; line ${records[headers[0]!]!.line} belongs to it` : "";
  return {
    headers,
    firstRow: last + 1,
    evidence: evidence + (last === at ? first : `; line ${records[last]!.line} goes on`),
  };
}

function touches(a: TextRecord, b: TextRecord): boolean {
  return a.line + (a.lines ?? 1) === b.line;
}

/** A row in which a group's name stands once for several columns, whose own names are below it. */
function isGroupRow(above: TextRecord, header: TextRecord): boolean {
  if (above.cells.length !== header.cells.length || filled(above) < 2 || !isHeaderish(above)) return false;
  const named = (row: TextRecord, at: number) => (row.cells[at] ?? "").trim() !== "";
  const spans = above.cells.some((_, at) =>
    named(above, at) && named(header, at) && !named(above, at + 1) && named(header, at + 1)
  );
  return (spans || repeatsGroups(above, header)) &&
    header.cells.every((_, at) => named(above, at) || named(header, at) || at > 0);
}

/** A group's name may stand above each of its columns; then their own names are those of other groups too. */
function repeatsGroups(above: TextRecord, header: TextRecord): boolean {
  const text = (row: TextRecord, at: number) => (row.cells[at] ?? "").trim();
  return header.cells.some((_, at) =>
    text(above, at) !== "" && text(above, at) === text(above, at + 1) &&
    header.cells.some((_, other) => text(header, other) === text(header, at) && text(above, other) !== text(above, at))
  );
}

/** The line below goes on with the headers where it has texts in columns of numbers. */
function continuesHeader(records: TextRecord[], at: number): boolean {
  const next = records[at + 1]!;
  const kinds = kindsOf(next);
  if (next.fault || next.cells.length !== records[at]!.cells.length) return false;
  if (kinds.includes("value") || kinds.includes("nothing") || isComment(next)) return false;
  const rows = below(records, at + 1).filter((row) => row.cells.length === next.cells.length);
  const typed = typedColumns(rows.slice(0, 50));
  const texts = typed.filter((column) => kinds[column] === "text");
  return rows.length > 1 && texts.length > 0 && texts.length >= typed.length * 0.5;
}

/** No line stands out: a table of texts, data without headers, or a list of one column. */
function withoutContrast(records: TextRecord[], from: number, known: ReadonlySet<string>): TableStart {
  const part = records.slice(from, from + SEARCH);
  const width = commonWidth(part);
  const fits = (record: TextRecord) =>
    !record.fault && record.cells.length === width && !isComment(record) && (width === 1 || filled(record) > 1);
  let first = part.findIndex(fits);
  if (first === -1) first = part.findIndex((record) => !isComment(record));
  if (first === -1) first = 0;
  const at = from + first;
  const header = records[at]!;
  const rows = records.slice(at + 1, at + LOOK).filter(fits);
  const again = header.cells.filter((cell, n) => cell !== "" && rows.some((row) => row.cells[n] === cell)).length;
  const named = knownCells(header, known);
  // A name in a line of numbers may be a word that is a header elsewhere ("Brand").
  if (isHeaderish(header) ? named === 0 && again > 0 : named < 2) {
    const why = again > 0
      ? "its first line holds what lines below hold too"
      : "its first line is data as the lines below it";
    return { headers: [], firstRow: at, evidence: why };
  }
  return { headers: [at], firstRow: at + 1, evidence: "the first line of the table" };
}
