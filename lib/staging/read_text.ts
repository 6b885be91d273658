import type { Duck } from "@/lib/duckdb/duckdb.ts";
import { InputError } from "@/lib/errors.ts";
import { canonicalCopy } from "./canonical_copy.ts";
import { cutText } from "./cut_text.ts";
import type { FileDialect, RawTable } from "./mod.ts";
import { cell, literal, MAX_COLUMNS, stagingTables, uniqueHeaders } from "./names.ts";
import { countLines } from "./scan_bytes.ts";
import { toUtf8 } from "./to_utf8.ts";

const HEAD_BYTES = 4 << 20;

/**
 * Reads a file into a table of text, with the first physical line of each record.
 *
 * Nearly every file has one record a line: then the engine's parallel reader takes it, and a record's line is its place.
 * That this holds is proved by counting line ends. Every other file (line breaks in quotes, blank lines, mixed line
 * ends, broken records) is cut here first and given to the engine with the lines written beside the cells.
 */
export async function readText(
  duck: Duck,
  workspace: string,
  importId: string,
  dialect: FileDialect,
  signal?: AbortSignal,
): Promise<RawTable> {
  const tables = stagingTables(workspace, importId);
  const made: string[] = [];
  try {
    let path = dialect.path;
    if (dialect.encoding !== "utf-8") {
      path = `${dialect.path}.utf8`;
      made.push(path);
      await toUtf8(dialect.path, dialect.encoding, path, signal);
    }
    const { headers, firstLine } = dialect.headers
      ? { headers: checkedHeaders(dialect.headers, dialect.skipLines), firstLine: dialect.skipLines + 1 }
      : await readHeaders(path, dialect);
    if (isPlain(dialect, headers)) {
      const plain = await readPlain(duck, path, dialect, headers, firstLine, tables, signal);
      if (plain) return { importId, headers, rows: plain.rows, unreadable: 0, footer: [], passed: plain.blanks };
    }
    const exact = (from: string) =>
      readExactly(duck, from, { importId, dialect, headers, firstLine, tables, made, signal });
    const read = await exact(path);
    if (dialect.encoding !== "utf-8" || read.misencoded === 0 || read.foreign > 0) return read.table;
    // Plain letters as far as recognition saw; further down not one foreign letter is UTF-8: it never was.
    path = `${dialect.path}.utf8`;
    made.push(path);
    await toUtf8(dialect.path, "windows-1252", path, signal);
    await duck.run(`delete from ${tables.rejected} where import = $1`, [importId]);
    return { ...(await exact(path)).table, encoding: "windows-1252" };
  } finally {
    for (const path of made) await Deno.remove(path).catch(ignoreMissing);
  }
}

/** What the engine's reader can take as it is. */
function isPlain(
  { delimiter, escape, lastLine, repeatedHeaders, leastCells, wrapped }: FileDialect,
  headers: string[],
): boolean {
  return delimiter.length === 1 && delimiter.charCodeAt(0) < 128 && !escape && lastLine === undefined &&
    !repeatedHeaders && !wrapped && (leastCells === undefined || leastCells === headers.length);
}

interface ExactRead {
  importId: string;
  dialect: FileDialect;
  headers: string[];
  firstLine: number;
  tables: ReturnType<typeof stagingTables>;
  /** Files that this makes, for the caller to remove. */
  made: string[];
  signal?: AbortSignal;
}

/** The exact way: cut here, then given to the engine with the lines written beside the cells. */
async function readExactly(
  duck: Duck,
  path: string,
  { importId, dialect, headers, firstLine, tables, made, signal }: ExactRead,
): Promise<{ table: RawTable; misencoded: number; foreign: number }> {
  const copy = `${dialect.path}.cut`;
  const faults = `${dialect.path}.faults`;
  made.push(copy, faults);
  const { delimiter, quote, escape, lastLine, lines, repeatedHeaders = false, blankRecords, wrapped = false } = dialect;
  const rewrite = wrapped || quote !== '"' || escape !== undefined || delimiter.length > 1 ||
    delimiter.charCodeAt(0) > 127;
  const cut = await canonicalCopy(path, {
    delimiter,
    quote,
    escape,
    lastLine,
    lines,
    repeatedHeaders,
    wrapped,
    keepBlank: blankRecords === "kept",
    rewrite,
    skipLines: firstLine - 1,
    headers: dialect.headers ?? headers,
    leastCells: dialect.leastCells ?? headers.length,
    target: copy,
    faults,
    signal,
  });
  const written = rewrite ? { delimiter: ",", quote: '"' } : { delimiter, quote };
  await loadCut(duck, { copy, faults, importId, written, headers, tables, records: cut.records });
  const { footer, passed, misencoded, foreign } = cut;
  const table = { importId, headers, rows: cut.records, unreadable: cut.faults, footer, passed };
  return { table, misencoded, foreign };
}

function checkedHeaders(headers: string[], line: number): string[] {
  if (headers.length > MAX_COLUMNS) {
    throw new InputError(
      "too-many-columns",
      `Cannot read the file: line ${line} has ${headers.length} columns, at most ${MAX_COLUMNS} can be read`,
      { line, column: MAX_COLUMNS + 1 },
    );
  }
  return uniqueHeaders(headers);
}

/** The headers, and the first physical line after them. */
async function readHeaders(path: string, dialect: FileDialect): Promise<{ headers: string[]; firstLine: number }> {
  using file = await Deno.open(path);
  const bytes = new Uint8Array(Math.min(HEAD_BYTES, Math.max(1, (await file.stat()).size)));
  let size = 0;
  for (let read; size < bytes.length && (read = await file.read(bytes.subarray(size))) !== null;) size += read;
  const text = new TextDecoder().decode(bytes.subarray(0, size));
  const [first, second] = cutText(text, { ...dialect, complete: size < HEAD_BYTES, limit: 2 });
  if (!first) {
    throw new InputError("empty-file", `Cannot read the file: nothing stands after line ${dialect.skipLines}`);
  }
  if (!dialect.header) {
    return { headers: checkedHeaders(first.cells.map((_, n) => `column_${n + 1}`), first.line), firstLine: first.line };
  }
  const headers = checkedHeaders(first.cells, first.line);
  return { headers, firstLine: second ? second.line : first.line + (first.lines ?? 1) };
}

/** The quick way; null where it does not apply. */
async function readPlain(
  duck: Duck,
  path: string,
  dialect: FileDialect,
  headers: string[],
  firstLine: number,
  tables: ReturnType<typeof stagingTables>,
  signal?: AbortSignal,
): Promise<{ rows: number; blanks: number } | null> {
  const skip = firstLine - 1;
  const load = duck.run(
    `create or replace table ${tables.cells} as select * from read_csv(${literal(path)}, ${
      readerOptions(dialect, headers)
    }, header = false, skip = ${skip})`,
  );
  const [loaded, counted] = await Promise.allSettled([load, countLines(path, signal)]);
  if (counted.status === "rejected") throw counted.reason;
  // The reader's own error says less than the exact way will.
  if (loaded.status === "rejected" || !counted.value.uniform) return null;
  // Rows of nothing but delimiters are blank lines as spreadsheets write them.
  const blank = headers.map((header) => `${cell(header)} is null`).join(" and ");
  // Asked apart: where a column has no null, the engine knows so without looking at a cell.
  const [row] = await duck.rows(
    `select (select count(*) from ${tables.cells}) as rows, (select count(*) from ${tables.cells} where ${blank}) as blank`,
  );
  const rows = Number(row!.rows);
  const blanks = dialect.blankRecords === "kept" ? 0 : Number(row!.blank);
  if (rows !== Math.max(0, counted.value.lines - skip)) return null;
  await duck.run(
    `create or replace view ${tables.text} as select rowid + ${firstLine} as _line, * from ${tables.cells}${
      blanks > 0 ? ` where not (${blank})` : ""
    }`,
  );
  return { rows: rows - blanks, blanks };
}

/** Told that lines end with LF, the reader leaves other breaks inside quotes as they are; finding out, it mends them. */
async function loadCut(
  duck: Duck,
  options: {
    copy: string;
    faults: string;
    importId: string;
    written: Pick<FileDialect, "delimiter" | "quote">;
    headers: string[];
    tables: ReturnType<typeof stagingTables>;
    records: number;
  },
): Promise<void> {
  const { copy, faults, importId, written, headers, tables } = options;
  await duck.run(
    `create or replace table ${tables.cells} as select * from read_csv(${literal(copy)}, ${
      readerOptions(written, ["_line", ...headers])
    }, header = false, parallel = false, new_line = '\\n')`,
  );
  const [row] = await duck.rows(`select count(*) as rows from ${tables.cells}`);
  if (Number(row!.rows) !== options.records) {
    throw new Error(`Cannot stage the file: ${options.records} records were cut and ${row!.rows} arrived`);
  }
  await duck.run(
    `create or replace view ${tables.text} as select _line::bigint as _line, ${
      headers.map(cell).join(", ")
    } from ${tables.cells}`,
  );
  await duck.run(
    `insert into ${tables.rejected} select $1, line, '', value, reason, code from read_csv(${literal(faults)},
       columns = {line: 'BIGINT', value: 'VARCHAR', code: 'VARCHAR', reason: 'VARCHAR'},
       auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', parallel = false,
       new_line = '\\n')`,
    [importId],
  );
}

function readerOptions(dialect: Pick<FileDialect, "delimiter" | "quote">, headers: string[]): string {
  const columns = headers.map((header) => `${literal(header)}: 'VARCHAR'`).join(", ");
  return `columns = {${columns}}, auto_detect = false, strict_mode = true, max_line_size = 8388608,
    delim = ${literal(dialect.delimiter)}, quote = ${literal(dialect.quote)}, escape = ${literal(dialect.quote)}`;
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
