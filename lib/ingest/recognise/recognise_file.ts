import { InputError, TesseraError } from "@/lib/errors.ts";
import type { Finding } from "@/lib/model/mod.ts";
import { type IdentifyContext, identifyTable, knownHeaders } from "../identify.ts";
import { withRangeAbove } from "../range_above.ts";
import type { Container } from "./container.ts";
import { openContainer } from "./open_container.ts";
import type { EntryHead, FoundTable, Recognition, TableRecognition } from "./recognition.ts";
import { firstLines } from "./first_lines.ts";
import { recogniseText } from "./recognise_text.ts";
import { splitPeriods } from "./split_periods.ts";

/** A recognised file, still open, so that its texts can be laid out. */
export interface OpenFile {
  recognition: Recognition;
  /** Headers that somebody knows, by `headerKey()`. */
  known: ReadonlySet<string>;
  /** Where the text of a table lies for reading; unpacked to `target` where the file itself is no text. */
  layOut(table: TableRecognition, target: string, signal?: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

/** More tables than any export has. */
const MAX_TABLES = 200;
/** So many texts of a file are shown as they begin. */
const MOST_HEADS = 4;
const CONTAINERS = { text: "text", gzip: "gzip", zip: "ZIP archive", xlsx: "Excel workbook" };

/**
 * Recognises a file by its first bytes, and leaves it open. `scratch` is a folder for what must be unpacked to be seen;
 * the caller removes it. Throws `InputError` where nothing in it is a table.
 */
export async function recogniseFile(path: string, context: IdentifyContext, scratch: string): Promise<OpenFile> {
  const container = await openContainer(path, scratch);
  try {
    const known = knownHeaders(context);
    const recognition = await recogniseEntries(container, context, known);
    return {
      recognition,
      known,
      layOut: (table, target, signal) => layOut(container, table, target, signal),
      close: container.close,
    };
  } catch (error) {
    await container.close();
    throw error;
  }
}

async function recogniseEntries(
  container: Container,
  context: IdentifyContext,
  known: ReadonlySet<string>,
): Promise<Recognition> {
  const seen: FoundTable[] = [];
  const heads: EntryHead[] = [];
  const findings: Finding[] = [];
  const refused: InputError[] = [];
  const { kind, entries } = container;
  if (kind !== "text") {
    const names = entries.slice(0, 5).map(({ name }) => name === null ? "one text" : `"${name}"`).join(", ");
    const evidence = `its first bytes; holds ${names}${entries.length > 5 ? " …" : ""}`;
    findings.push({ topic: "container", finding: CONTAINERS[kind], evidence });
  }
  findings.push(...container.findings);
  for (const entry of entries) {
    try {
      const head = await entry.head();
      const found = recogniseText(head, known);
      seen.push(...found.flatMap(splitPeriods));
      if (kind !== "text" && heads.length < MOST_HEADS) {
        const header = found.flatMap(({ headerLines }) => headerLines);
        heads.push({ entry: entry.name, header, lines: firstLines(head) });
      }
    } catch (error) {
      if (!(error instanceof InputError) || entries.length === 1) throw error;
      refused.push(error);
      findings.push({ topic: "left-out", finding: `"${entry.name}"`, evidence: error.message });
    }
    if (seen.length > MAX_TABLES) {
      throw new InputError("too-many-tables", `Cannot read the file: it holds more than ${MAX_TABLES} tables`);
    }
  }
  const several = seen.filter((table) => table.rows.length > 0).length > 1;
  const tables = seen.map((table): TableRecognition => {
    const meaning = identifyTable(table, { ...context, several });
    return { ...table, ...meaning, findings: [...table.findings, ...meaning.findings] };
  });
  const dated = withRangeAbove(tables);
  const filled = dated.filter((table) => table.rows.length > 0);
  if (filled.length > 0) return { container: kind, tables: filled, heads, findings };
  if (dated.length > 0) return { container: kind, tables: dated, heads, findings };
  throw refused[0] ?? new InputError("empty-file", "Cannot read the file: nothing in it is a table");
}

async function layOut(
  { entries }: Container,
  table: TableRecognition,
  target: string,
  signal?: AbortSignal,
): Promise<string> {
  const entry = entries.find(({ name }) => name === table.entry);
  if (!entry) throw new TesseraError("internal", `Cannot unpack "${table.entry}": it is not in the file`, 500);
  return await entry.extract(target, signal);
}
