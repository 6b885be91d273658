/** Lays the tables of an open file out and reads them as text. */
import { InputError } from "@/lib/errors.ts";
import type { Finding } from "@/lib/model/mod.ts";
import type { FileDialect, RawTable, Staging } from "@/lib/staging/mod.ts";
import { headersFurtherDown, otherTable } from "./headers_further_down.ts";
import { partId } from "./part_ids.ts";
import type { OpenFile, TableRecognition } from "./recognise/mod.ts";

/** One table that was read as text. */
export interface ReadTable {
  /** The id under which staging and warehouse know it. */
  id: string;
  recognition: TableRecognition;
  raw: RawTable;
  /** Where its text lies while the file is open. */
  text: string;
}

/** Where to read, and who wants to know. */
export interface StageTablesOptions {
  workspace: string;
  importId: string;
  /** Texts that must be unpacked are written beside this path; the caller removes them. */
  path: string;
  /** Told each path that is made, before it is. */
  onPath(path: string): void;
  /** Told the records read so far. */
  onRows?(rows: number): Promise<unknown>;
  signal?: AbortSignal;
}

/** Reads every table. Those in which no record stands are left out, unless it is all of them: then throws `InputError`. */
export async function stageTables(
  staging: Staging,
  { recognition, known, layOut }: OpenFile,
  options: StageTablesOptions,
): Promise<{ tables: ReadTable[]; findings: Finding[] }> {
  const { workspace, importId, path, onPath, onRows, signal } = options;
  const texts = new Map<string | null, string>();
  const tables: ReadTable[] = [];
  const findings: Finding[] = [];
  let rows = 0;
  for (const [place, table] of recognition.tables.entries()) {
    let text = texts.get(table.entry);
    if (text === undefined) {
      const target = `${path}.${place + 1}`;
      onPath(target);
      text = await layOut(table, target, signal);
      texts.set(table.entry, text);
    }
    const id = partId(importId, place);
    const raw = await readWhole(staging, { workspace, id, text, table, known, signal });
    if (raw.rows === 0 && raw.unreadable === 0) {
      findings.push({ topic: "left-out", finding: nameOf(table), evidence: "no row stands below its header" });
      continue;
    }
    tables.push({
      id,
      recognition: { ...table, findings: [...table.findings, ...readFindings(table, raw)] },
      raw,
      text,
    });
    rows += raw.rows;
    await onRows?.(rows);
  }
  if (tables.length === 0) {
    throw new InputError("empty-file", "Cannot import the file: no row stands below its header");
  }
  return { tables, findings };
}

interface WholeTable {
  workspace: string;
  id: string;
  text: string;
  table: TableRecognition;
  known: ReadonlySet<string>;
  signal?: AbortSignal;
}

/** Reads a table to its end. What was not seen of it before may hold its headers again, or those of another table. */
async function readWhole(
  staging: Staging,
  { workspace, id, text, table, known, signal }: WholeTable,
): Promise<RawTable> {
  const read = (more: Partial<FileDialect> = {}) =>
    staging.read(workspace, id, { ...table.dialect, ...more, path: text }, { signal });
  const raw = await read();
  if (!table.goesOn) return raw;
  const found = await headersFurtherDown(staging, { workspace, raw, table, known });
  if (found.other) throw otherTable(found.other, table);
  return found.again ? await read({ repeatedHeaders: true }) : raw;
}

/** What a table is called among others. */
export function nameOf({ title, entry, headerLines, rows }: TableRecognition): string {
  const line = headerLines[0] ?? rows[0]?.line ?? 1;
  return title ? `"${title}"` : entry ? `"${entry}"` : `the table at line ${line}`;
}

/** What only reading the whole of a table could tell. */
function readFindings(table: TableRecognition, { footer, passed, encoding }: RawTable): Finding[] {
  const findings: Finding[] = [];
  const [first] = footer;
  if (first && !table.findings.some(({ topic }) => topic === "footer")) {
    findings.push({
      topic: "footer",
      finding: `${footer.length} ${footer.length === 1 ? "line" : "lines"} below the last record`,
      evidence: `line ${first.line}: ${first.text.slice(0, 100)}`,
    });
  }
  if (passed > 0) {
    findings.push({
      topic: "passed",
      finding: `${passed} ${passed === 1 ? "line" : "lines"} among the records hold no data`,
      evidence: "empty cells only, comments, or headers again",
    });
  }
  if (encoding) {
    findings.push({ topic: "encoding", finding: "Windows-1252", evidence: "further down, letters are no UTF-8" });
  }
  return findings;
}
