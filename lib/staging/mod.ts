/**
 * Staging: reads a file as text columns, looks at whole columns, and makes typed rows of them. Compiled to SQL over
 * columns, never row by row. It decides nothing: `lib/ingest` looks at profiles, decides or asks, and hands back a plan.
 */
import type { RejectedRow } from "@/lib/model/mod.ts";

/** How the bytes of one file are cut into cells. */
export interface FileDialect {
  /** A path under `DATA_DIR/staging`. */
  path: string;
  encoding: "utf-8" | "utf-16" | "latin-1";
  delimiter: string;
  quote: string;
  /** Physical lines before the header row (or before the first row where there is none). */
  skipLines: number;
  header: boolean;
}

/** A file as text: one column per field, plus the physical line of each record. */
export interface RawTable {
  importId: string;
  /** Headers as they stand in the file; made unique (`Clicks`, `Clicks_2`), never empty (`column_3`). */
  headers: string[];
  rows: number;
  /** Records the reader could not cut (wrong number of fields, bad quotes, bad bytes); already among the rejected. */
  unreadable: number;
}

/** What the whole of one text column looks like. Counts of non-empty cells that the shape fits. */
export interface ColumnProfile {
  header: string;
  /** Cells that hold something, null tokens left out. */
  filled: number;
  distinct: number;
  /** A few different cells, most frequent first. */
  samples: string[];
  /** strptime-like formats every filled cell must fit to be decided: `%Y-%m-%d` → how many fit. */
  dateFormats: Record<string, number>;
  /** Cells that read as a number with `.` as decimal sign, with `,` as decimal sign, and in either way alike. */
  numbers: { dot: number; comma: number; either: number };
  /** Currency marks found around numbers (`$`, `EUR`). */
  currencies: string[];
  /** Cells that end with `%`. */
  percents: number;
}

/** How one column of the dataset is made. */
export type ColumnReading =
  | { from: "header"; header: string; as: "text" }
  | { from: "header"; header: string; as: "date"; format: string }
  | {
    from: "header";
    header: string;
    as: "number";
    decimal: "." | ","; /** 0: integer; 6: micros. */
    scale: 0 | 6; /** Divide by this after reading (percent 100, cost micros 1,000,000). */
    divisor: number;
  }
  | { from: "constant"; value: string };

/** A check on a made column; a row that breaks it is set aside with the reason. */
export type StagingRule =
  | { column: string; kind: "required" }
  | { column: string; kind: "min" | "max"; value: number }
  | { column: string; kind: "one-of"; values: string[] };

/** Everything needed to make typed rows of a RawTable. */
export interface StagingPlan {
  importId: string;
  /** Dataset column → how it is made; columns of the dataset that are not named stay null. */
  columns: Record<string, ColumnReading & { type: "date" | "text" | "integer" | "decimal" }>;
  /** Texts that mean "nothing here", compared after trimming, case-insensitively. */
  nullTokens: string[];
  /** A record is a total line when this header's cell is matched (`Total…`, `Gesamt`), or all of these are empty. */
  totals: { labelPattern: string; dimensionHeaders: string[] } | null;
  rules: StagingRule[];
  /** The time column; also the identity columns (dimension columns that take part in the level) that the file has. */
  timeColumn: string;
  identityColumns: string[];
  /** Identity: a dimension whose id column the file has is identified by the id; its name is only a label. */
  labelColumns: string[];
  additiveColumns: string[];
  otherMeasureColumns: string[];
}

/** Typed rows, one per key, waiting to be published. */
export interface StagedRows {
  importId: string;
  /** Dataset columns the rows have. */
  columns: string[];
  /** The level: grain and sorted identity columns, `day:campaign_id+device`. */
  level: string;
  range: { from: string; to: string } | null;
  /** read, collapsed, duplicates, rejected, totals are final; the rest is known at publishing. */
  counts: { read: number; rows: number; collapsed: number; duplicates: number; rejected: number; totals: number };
  /** The total lines' own numbers by measure, as exact stored integers, for reconciling. */
  fileTotals: Record<string, bigint | null>;
  /** Sums over the rows by additive measure, as exact stored integers. */
  rowTotals: Record<string, bigint | null>;
  /** Where the rows lie for a warehouse in the same engine. */
  relation: string;
}

/** The role; implemented in `duckdb.ts`. */
export interface Staging {
  /** Reads the file as text. Throws `InputError` where it cannot be read at all. `onRows` tells progress. */
  read(
    workspace: string,
    importId: string,
    dialect: FileDialect,
    options?: { signal?: AbortSignal },
  ): Promise<RawTable>;
  profile(
    workspace: string,
    importId: string,
    headers: string[],
    options: { nullTokens: string[] },
  ): Promise<ColumnProfile[]>;
  /** How many different combinations the named columns have: finds text columns that separate rows. */
  countDistinct(workspace: string, importId: string, headers: string[]): Promise<number>;
  /** The first records as text, with their lines. */
  head(workspace: string, importId: string, limit: number): Promise<{ line: number; cells: (string | null)[] }[]>;
  clean(workspace: string, plan: StagingPlan): Promise<StagedRows>;
  rejected(
    workspace: string,
    importId: string,
    options: { offset: number; limit: number },
  ): Promise<{ total: number; rows: RejectedRow[] }>;
  /** Drops the text and typed tables of an import; rejected rows stay until `forget`. Safe to repeat. */
  discard(workspace: string, importId: string): Promise<void>;
  /** Drops the rejected rows too. */
  forget(workspace: string, importId: string): Promise<void>;
}
