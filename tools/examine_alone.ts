/** Looks at a file with stores of its own, in a folder that is gone afterwards. */
import { join } from "node:path";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { examineFile, type FileReport } from "@/lib/ingest/examine_file.ts";
import type { ReadTable } from "@/lib/ingest/stage_tables.ts";
import { newId } from "@/lib/model/mod.ts";
import { sourceRegistry } from "@/lib/source/mod.ts";
import { openDuckStaging } from "@/lib/staging/duckdb.ts";
import type { Staging } from "@/lib/staging/mod.ts";
import { openDuckWarehouse } from "@/lib/warehouse/duckdb.ts";
import { builtInSources } from "@/plugins/mod.ts";

const WORKSPACE = "default";
const ROWS_AT_ONCE = 10_000;

/** What is wanted besides the report. */
export interface ExamineAloneOptions {
  /** Where each table is written as it was read. */
  rows?: string;
  dataset?: string;
  /** Answers to questions. */
  answers?: Record<string, string>;
}

/** Examines a file. Throws what `examineFile` throws, and `Deno.errors.NotFound`. */
export async function examineAlone(
  file: string,
  { rows, dataset, answers }: ExamineAloneOptions = {},
): Promise<FileReport> {
  const { isFile } = await Deno.stat(file);
  if (!isFile) throw new Deno.errors.NotFound(`"${file}" is no file`);
  const directory = await Deno.makeTempDir({ prefix: "tessera-" });
  const stagingDirectory = join(directory, "staging");
  await Deno.mkdir(stagingDirectory);
  const documents = openSqliteDocuments({ path: join(directory, "documents.sqlite") });
  const duck = await Duck.open({ path: join(directory, "warehouse.duckdb"), stagingDirectory });
  try {
    const path = join(stagingDirectory, "file");
    // Linked where the disk allows; staging may read nothing outside its folder.
    await Deno.link(file, path).catch(() => Deno.copyFile(file, path));
    const staging = openDuckStaging({ duck, stagingDirectory });
    const services = {
      documents,
      staging,
      warehouse: openDuckWarehouse({ duck }),
      clock: { now: () => new Date() },
      sources: sourceRegistry(builtInSources),
    };
    const write = rows === undefined
      ? undefined
      : (table: ReadTable, place: number) => writeRows(staging, table, place === 0 ? rows : numbered(rows, place + 1));
    const about = { path, workspace: WORKSPACE, importId: newId(), dataset, answers };
    return await examineFile(services, { ...about, onTable: write });
  } finally {
    await documents.close();
    await duck.close();
    await Deno.remove(directory, { recursive: true });
  }
}

/** `out.csv` → `out.2.csv`. */
function numbered(path: string, place: number): string {
  const dot = path.lastIndexOf(".");
  return dot > path.lastIndexOf("/") ? `${path.slice(0, dot)}.${place}${path.slice(dot)}` : `${path}.${place}`;
}

/** Writes a table as RFC 4180 has it: commas, CR LF, quotes where they are needed. Without headers where it has none. */
async function writeRows(staging: Staging, table: ReadTable, path: string): Promise<void> {
  const { recognition, text } = table;
  // Read once more: what cleaning takes for a blank line is a record of the file all the same.
  const id = `${table.id}-rows`;
  await staging.read(WORKSPACE, id, { ...recognition.dialect, path: text, blankRecords: "kept" });
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  const { headerLines, dialect } = recognition;
  const encoder = new TextEncoder();
  const write = async (lines: string) => {
    const bytes = encoder.encode(lines);
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
  };
  if (headerLines.length > 0) await write(csvLine(dialect.headers ?? recognition.headers));
  for (let after = 0;;) {
    const part = await staging.head(WORKSPACE, id, ROWS_AT_ONCE, { after });
    if (part.length === 0) break;
    await write(part.map(({ cells }) => csvLine(cells)).join(""));
    after = part.at(-1)!.line;
  }
  await staging.discard(WORKSPACE, id);
}

function csvLine(cells: readonly (string | null)[]): string {
  const quoted = cells.map((cell) =>
    cell === null ? "" : /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  );
  // A line of one empty cell would be a blank line, which is no record.
  return `${quoted.length === 1 && quoted[0] === "" ? '""' : quoted.join(",")}\r\n`;
}
