import { identifier, quoted } from "@/lib/duckdb/duckdb.ts";

/** In memory, seen by every connection: staged tables are made again from the file after a crash. */
export const STAGING_CATALOG = "staging";

/** More columns than any export has; past it a file is something else. */
export const MAX_COLUMNS = 4_096;

/** The tables of one import. */
export interface StagingTables {
  schema: string;
  /** The cells as text, in the order of the file. */
  cells: string;
  /** A view over the cells with `_line`, the first physical line of each record. */
  text: string;
  /** The typed rows. */
  rows: string;
  /** Kept on disk: rows that were set aside. */
  rejectedSchema: string;
  rejected: string;
  /** Beside them: rows that went in although they break a rule. */
  flagged: string;
}

/** Names, quoted, of the tables of one import. */
export function stagingTables(workspace: string, importId: string): StagingTables {
  const id = importId.replaceAll(/[^A-Za-z0-9]/g, "_");
  const schema = `${STAGING_CATALOG}.${identifier(`ws_${workspace}`)}`;
  return {
    schema,
    cells: `${schema}.${identifier(`stage_${id}_cells`)}`,
    text: `${schema}.${identifier(`stage_${id}_text`)}`,
    rows: `${schema}.${identifier(`stage_${id}`)}`,
    rejectedSchema: identifier(`ws_${workspace}`),
    rejected: `${identifier(`ws_${workspace}`)}.import_rejected`,
    flagged: `${identifier(`ws_${workspace}`)}.import_flagged`,
  };
}

/** Headers as column names: unique whatever their case, never empty, never one that the engine or staging needs. */
export function uniqueHeaders(headers: string[]): string[] {
  const taken = new Set(["_line", "rowid"]);
  return headers.map((header, index) => {
    // deno-lint-ignore no-control-regex -- control characters are what is taken out
    const base = header.replace(/^\u{FEFF}/u, "").replace(/[\u0000-\u001f]+/g, " ").trim() || `column_${index + 1}`;
    let name = base;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base}_${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

/** A header as a column of the text view. */
export function cell(header: string): string {
  return quoted(header);
}

/** A text as a literal. For what the program itself writes; values of users go in as parameters wherever they can. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
