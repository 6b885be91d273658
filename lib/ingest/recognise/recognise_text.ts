import { InputError } from "@/lib/errors.ts";
import type { Finding } from "@/lib/model/mod.ts";
import { cutText, type TextRecord, unwrapped } from "@/lib/staging/cut_text.ts";
import { delimiterName, detectDialect, type DetectedDialect } from "./detect_dialect.ts";
import { type DetectedEncoding, detectEncoding } from "./detect_encoding.ts";
import { type CutTable, findTables } from "./find_tables.ts";
import { fitHeaders } from "./fit_headers.ts";
import { MAX_COLUMNS } from "@/lib/staging/names.ts";
import type { FoundTable, ReadRow } from "./recognition.ts";

/** Bytes that are enough to see what a text is. */
export const HEAD_BYTES = 1 << 19;

/** A text's beginning. */
export interface TextHead {
  bytes: Uint8Array;
  /** The text ends with these bytes. */
  complete: boolean;
  /** The entry of an archive or the sheet of a workbook that it is. */
  entry?: string;
  /** Rows of a sheet: every record counts as one line. */
  sheet?: boolean;
}

const FIRST_ROWS = 20;

/** Finds the tables in a text's first bytes; at least one. Throws `InputError` for one that is no table. */
export function recogniseText(head: TextHead, known: ReadonlySet<string>): FoundTable[] {
  const { bytes, complete, entry = null, sheet = false } = head;
  const where = entry === null ? "the file" : `"${entry}"`;
  const encoding = detectEncoding(bytes, complete);
  const text = encoding.text.replace(/^\ufeff/, "");
  if (text.trim() === "") throw new InputError("empty-file", `Cannot read ${where}: it holds nothing`, { entry });
  const cells = sheet && !isTextInCells(text);
  const dialect = cells
    ? { delimiter: ",", quote: '"', width: 2, evidence: "a sheet's cells" } as DetectedDialect
    : detectDialect(text, complete, known);
  const { delimiter, quote, escape, wrapped } = dialect;
  const lines = cells ? "records" as const : undefined;
  const records = cutText(text, { delimiter, quote, escape, lines, skipLines: 0, complete });
  if (cells) squareOff(records);
  if (wrapped) { for (const record of records) record.cells = unwrapped(record.cells, dialect); }
  if (records.length === 0) {
    refuseTooWide(where, 1, text.split(delimiter).length);
    throw new InputError(
      "not-a-table",
      `Cannot read ${where}: line 1 has no end within ${HEAD_BYTES >> 10} KiB, so it is no table of lines`,
      { entry, line: 1 },
    );
  }
  for (const { line, cells } of records) refuseTooWide(where, line, cells.length);
  const tables = findTables(withoutMark(records), known);
  const full = tables.filter((table) => table.body.length > 0);
  const kept = full.length > 0 ? full : tables.slice(0, 1);
  return kept.map((table) => {
    const last = table === tables.at(-1);
    return describe(table, { encoding, dialect, entry, lines, last, ended: complete || !last });
  });
}

/** Whether each row of a sheet is one cell in which the line of a text file stands whole. */
function isTextInCells(text: string): boolean {
  const rows = text.split("\n", 50).filter((line) => line !== "");
  return rows.length > 1 && rows.every((line) => /^"(?:[^"]|"")*[,;\t|](?:[^"]|"")*"$/.test(line));
}

function refuseTooWide(where: string, line: number, columns: number): void {
  if (columns <= MAX_COLUMNS) return;
  throw new InputError(
    "too-many-columns",
    `Cannot read ${where}: line ${line} has ${columns} columns or more, at most ${MAX_COLUMNS} can be read`,
    { line, column: MAX_COLUMNS + 1 },
  );
}

/** Without the line by which Excel is told the delimiter. */
function withoutMark(records: TextRecord[]): TextRecord[] {
  return /^sep=/i.test(records[0]!.cells[0]!) && records.length > 1 ? records.slice(1) : records;
}

/** Rows of a sheet end with their last filled cell; seen as a table, all are as wide as the widest. */
function squareOff(records: TextRecord[]): void {
  const width = records.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  for (const { cells } of records) while (cells.length < width) cells.push("");
}

interface Surroundings {
  encoding: DetectedEncoding;
  dialect: DetectedDialect;
  entry: string | null;
  lines: "records" | undefined;
  /** No other table follows. */
  last: boolean;
  /** Its end was seen. */
  ended: boolean;
}

function describe(table: CutTable, { encoding, dialect, entry, lines, last, ended }: Surroundings): FoundTable {
  const { delimiter, quote, escape } = dialect;
  const fitted = fitHeaders(table.headers, table.body);
  const { oddity } = fitted;
  // Cells that a sheet's row does not have are empty; a row of one text is a note.
  const headers = lines ? withoutEmptyEnd(fitted.headers, table.body) : fitted.headers;
  const leastCells = lines ? Math.min(2, headers.length) : fitted.leastCells;
  const preamble = table.above.map((record) => lineOf(record, delimiter)).filter((line) => line !== "");
  const headerLines = table.headers.map(({ line }) => line);
  const lastHeader = table.headers.at(-1);
  const skipLines = lastHeader ? endOf(lastHeader) : (table.body[0]?.line ?? 1) - 1;
  const lastRecord = table.body.at(-1) ?? lastHeader;
  const findings: Finding[] = [
    { topic: "encoding", finding: encoding.name, evidence: encoding.evidence },
    { topic: "delimiter", finding: delimiterName(delimiter), evidence: dialect.evidence },
  ];
  if (quote !== '"' || escape) {
    const signs = quote === "" ? "none" : quote;
    findings.push({
      topic: "quotes",
      finding: signs,
      evidence: escape ? `${escape} takes a sign's meaning away` : "as the cells show",
    });
  }
  findings.push({
    topic: "header",
    finding: headerLines.length > 0 ? `line ${headerLines.join(" and ")}` : "none",
    evidence: table.evidence,
  });
  if (oddity) {
    findings.push({ topic: "cells", finding: oddity, evidence: `header ${headers.length}, at least ${leastCells}` });
  }
  if (table.footer.length > 0 && ended) {
    const [first] = table.footer;
    findings.push({
      topic: "footer",
      finding: `${table.footer.length} ${table.footer.length === 1 ? "line" : "lines"} below the last record`,
      evidence: `line ${first!.line}: ${first!.cells.join(delimiter).slice(0, 100)}`,
    });
  }
  return {
    entry,
    title: titleOf(preamble) || entry || "",
    dialect: {
      encoding: encoding.encoding,
      delimiter,
      quote,
      ...(escape ? { escape } : {}),
      ...(dialect.wrapped ? { wrapped: true } : {}),
      skipLines,
      header: headerLines.length > 0,
      headers,
      leastCells,
      ...(last || !lastRecord ? {} : { lastLine: endOf(lastRecord) }),
      ...(table.repeated ? { repeatedHeaders: true } : {}),
      ...(lines ? { lines } : {}),
    },
    preamble,
    headerLines,
    headers: headers.map((header, at) => header || `column_${at + 1}`),
    rows: table.body.slice(0, FIRST_ROWS).map(({ line, cells }): ReadRow => ({ line, cells })),
    ...(ended ? {} : { goesOn: true }),
    footer: ended ? table.footer.map((record) => lineOf(record, delimiter)) : [],
    findings,
  };
}

/** A record as a line, without the empty cells that spreadsheets put behind a title. */
function lineOf({ cells }: TextRecord, delimiter: string): string {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== "") + 1).join(delimiter).trim();
}

function withoutEmptyEnd(headers: string[], body: TextRecord[]): string[] {
  let end = headers.length;
  while (end > 1 && headers[end - 1] === "" && body.every(({ cells }) => (cells[end - 1] ?? "") === "")) end--;
  return headers.slice(0, end);
}

function endOf(record: TextRecord): number {
  return record.line + (record.lines ?? 1) - 1;
}

/** The first line above the header that is a name and no setting, range or rule; `Report Name: x` names x. */
function titleOf(preamble: string[]): string {
  const lines = preamble.map((line) => line.replace(/^[#\s]+/, "").replaceAll('"', "").replace(/[,;\t|]+$/, "").trim());
  for (const line of lines) {
    const named = /^(?:report name|report title|title|berichtsname|nom du rapport)\s*[:,;\t]\s*(.+)$/i.exec(line);
    if (named) return named[1]!.trim();
  }
  return lines.find((line) =>
    /\p{L}{2}/u.test(line) && !/^[^:]{1,40}:\s|^(?:generated|created|exported)\b/i.test(line) &&
    !/\d{4}.*\d{4}/.test(line)
  ) ??
    "";
}
