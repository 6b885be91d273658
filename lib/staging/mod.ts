/**
 * Staging: reads a file as text columns, looks at whole columns, and makes typed rows of them. Compiled to SQL over
 * columns, never row by row. It decides nothing: `lib/ingest` looks at profiles, decides or asks, and hands back a plan.
 */
import type { Dataset, FlaggedRow, RejectedRow, RuleOutcome } from "@/lib/model/mod.ts";
import type { ProfileOptions } from "./profile.ts";

/** Encodings that can be read. `latin-1` is read as Windows-1252, which holds it. */
export type TextEncoding =
  | "utf-8"
  | "utf-16le"
  | "utf-16be"
  | "utf-32le"
  | "utf-32be"
  | "windows-1252"
  | "latin-1"
  | "windows-1251"
  | "shift_jis"
  | "gb18030"
  | "euc-kr"
  | "big5";

/** How the bytes of one table are cut into cells. */
export interface FileDialect {
  /** A path under `DATA_DIR/staging`. */
  path: string;
  encoding: TextEncoding;
  /** One sign or several. */
  delimiter: string;
  /** One ASCII sign; "" where no cell is quoted. */
  quote: string;
  /** The sign that takes the next one's meaning away; without it a quote inside a quoted cell stands twice. */
  escape?: string;
  /** Physical lines before the header row; before the first row of data where there is none or `headers` are given. */
  skipLines: number;
  header: boolean;
  /** The headers, where they are not simply the first record. */
  headers?: string[];
  /** The fewest cells that a record may have; those that are missing are empty. @default as many as headers */
  leastCells?: number;
  /** The table's last physical line, where other lines follow that are not its own. */
  lastLine?: number;
  /** Records that repeat the headers are passed over. */
  repeatedHeaders?: boolean;
  /** `records`: each record counts as one line, whatever breaks its cells hold, as the rows of a sheet do. */
  lines?: "records";
  /** Each record as a whole stands in quotes, as a spreadsheet writes lines that were put into one column. */
  wrapped?: true;
  /** `kept`: records of empty cells only are records too; else they are blank lines, as spreadsheets write them. */
  blankRecords?: "kept";
}

/** A line below the table that is none of its records: copyright, a note. */
export interface FooterLine {
  line: number;
  text: string;
}

/** A file as text: one column per field, plus the physical line of each record. */
export interface RawTable {
  importId: string;
  /** Headers as they stand in the file; made unique (`Clicks`, `Clicks_2`), never empty (`column_3`). */
  headers: string[];
  rows: number;
  /** Records the reader could not cut (wrong number of fields, bad quotes, bad bytes); already among the rejected. */
  unreadable: number;
  /** Lines after the last record that are no data; counted nowhere else. The first 100. */
  footer: FooterLine[];
  /** Lines among the records that are no data: comments, headers again, rows of empty cells. */
  passed: number;
  /** Set where the bytes turned out to be in another encoding than the file's beginning let expect. */
  encoding?: TextEncoding;
}

/** What the whole of one text column looks like. Counts of cells that hold something and that the shape fits. */
export interface ColumnProfile {
  header: string;
  /** Cells that hold something, null tokens left out. */
  filled: number;
  /** Cells that are not there at all. */
  empty: number;
  /** Different cells, about: an estimate. */
  distinct: number;
  /** A few different cells, most frequent first. */
  samples: string[];
  /** strptime-like formats → how many cells fit; formats that fit none are left out. */
  dateFormats: Record<string, number>;
  /** The same, counting only cells that no other format fits. */
  dateOnly: Record<string, number>;
  /** Cells that fit some date format. */
  dates: number;
  /** What the days are that a format reads. Formats without a year are read in a leap year. */
  dateStats: Record<string, DateStats>;
  numbers: {
    /** Cells that read as a number with `.` as decimal sign. */
    dot: number;
    /** Cells that read as a number with `,` as decimal sign. */
    comma: number;
    /** Cells that read as the same number in either way. */
    either: number;
    /** Cells such as `1.234`: either way a number, but not the same one. */
    ambiguousDot: number;
    /** Cells such as `1,234`. */
    ambiguousComma: number;
    /** A few of the ambiguous cells. */
    ambiguous: string[];
    /** Cells that are a number as they stand: no marks, no grouping, at most 12 digits before a point. */
    plain: number;
    /** Of those, the ones of digits only, with or without a minus. */
    digits: number;
  };
  /** Currency marks found around numbers (`$`, `EUR`), most frequent first. */
  currencies: string[];
  /** Cells that end with `%`. */
  percents: number;
  /** Numbers that are shortened, and so rounded (`1.2K`). */
  shortened: number;
  /** Cells that hide a number (`<5`). */
  masked: number;
  /** Cells that hold something which means nothing (`--`, blanks). */
  nothing: number;
  /** Cells with blanks around what they hold. */
  padded: number;
  /** Cells that are what a total line is called. */
  totals: number;
  /** Digits of full width stand in it. */
  wide: boolean;
}

/** The days that one format reads out of a column. */
export interface DateStats {
  from: string;
  to: string;
  /** Different days. */
  days: number;
  /** The one weekday that all of them are, from 1 for Monday; null where they are several. */
  weekday: number | null;
  /** All of them are the first of a month. */
  firsts: boolean;
  /** Of cells that name two days: both are the same in every cell. */
  single: boolean;
}

/** What is wanted of a column: a profile leaves out what costs time and nobody asks for. */
export type ProfileWant = "date" | "number" | "text" | "any";

/** How one column of the dataset is made. */
export type ColumnReading =
  /** `asItStands`: the profile found no cell with blanks around it, and none that means nothing. */
  | {
    from: "header";
    header: string;
    as: "text";
    asItStands?: boolean;
    /** Blanks around it stay. */
    keepBlanks?: boolean;
    /** Signs by which spreadsheets keep digits a text are taken away: `="0123"`, `'0123`. */
    withoutSigns?: boolean;
    /** Texts that mean "nothing here" stay. */
    keepTokens?: boolean;
    /** An empty cell stands for the last one above it that is not. */
    fill?: boolean;
    /** Spelling → the one to write instead; compared after trimming. */
    spellings?: Record<string, string>;
  }
  /** The first format that fits a cell reads it; the formats must not contradict one another. */
  | {
    from: "header";
    header: string;
    as: "date";
    formats: string[];
    /** Headers whose cells follow this one's, with `between` between them: month, day and year in columns of their own. */
    and?: string[];
    between?: string;
    /** Days that are added: a week's last day is its first and 6. */
    plusDays?: number;
    /** An empty cell stands for the last one above it that is not. */
    fill?: boolean;
    /** `filled`: the profile found no cell that means nothing. */
    cells?: "filled";
  }
  | {
    from: "header";
    header: string;
    as: "number";
    decimal: "." | ",";
    /** Divide by this after reading: 1, 100, or 1,000,000 for micros. */
    divisor: number;
    /** What the profile found every cell that is there to be: digits only, or a plain number. */
    cells?: "digits" | "plain";
    /** Cells are lengths of time, `00:01:23` or `1m 23s`, read in seconds. */
    clock?: boolean;
    /** Digits of full width count as plain ones. */
    wide?: boolean;
    /** Read only where another header's cell is one of these, compared case-insensitively (`x*`: begins so); else null. */
    when?: { header: string; oneOf: readonly string[] };
  }
  /** The hour of a time of day, from 0, as text: `7` of `3/15/2026|7` and of `2026-03-15 07:00`. */
  | { from: "header"; header: string; as: "hour" }
  | { from: "constant"; value: string }
  /**
   * A group of the first of these regular expressions that fits what is made of another column; nothing where none does,
   * or where that one has no such group (null).
   */
  | { from: "part"; of: string; patterns: { pattern: string; group: number | null }[]; encoded?: boolean }
  /** Null where the made text of other columns is one of the `keys`, else a header's text. */
  | { from: "unless"; by: string[]; keys: string[][]; header: string }
  /** What the made text of other columns stands for: the value whose `when` they equal, in order, else `otherwise`. */
  | { from: "lookup"; by: string[]; rows: { when: string[]; value: string }[]; otherwise: string | null };

/** The time that one row covers. `range`: a whole period of any length. */
export type RowGrain = "day" | "week" | "month" | "quarter" | "year" | "range";

/** Everything needed to make typed rows of a RawTable. */
export interface StagingPlan {
  importId: string;
  /** `rulesOf` it are what rows must be like; its identity columns make the level. */
  dataset: Dataset;
  /** What rules need to know besides the rows; a rule whose facts are missing is not checked. */
  facts?: {
    /** The day that it is in the dataset's time zone. */
    today?: string;
    /** Rules of kind `related`, by id: every value there is in the other dataset. */
    known?: Record<string, readonly string[]>;
  };
  grain: RowGrain;
  /** For grain `range`: how the last day that a row covers is made. */
  until?: ColumnReading;
  /** Dataset column → how it is made; columns of the dataset that are not named stay null. */
  columns: Record<string, ColumnReading>;
  /** Texts that mean "nothing here", compared after trimming, case-insensitively. */
  nullTokens: string[];
  /** What a total line is. */
  totals: {
    /** Regular expressions: a line with such a label, as a whole and case-insensitively, in one of the headers. */
    labels: string[];
    headers: string[];
    /** Headers of time, and what a total line has there in place of a date. */
    dates?: { headers: string[]; labels: string[] };
    /** Labels of totals of a part of the rows: total lines only where another of the headers is empty. */
    groups?: { headers: string[]; labels: string[] };
    /** A line whose cells under these are all empty is one too. */
    blankHeaders: string[];
  } | null;
}

/** Typed rows, one per key, waiting to be published. */
export interface StagedRows {
  importId: string;
  /** Dataset columns the rows have. */
  columns: string[];
  /** The level: grain and sorted identity columns, `day:campaign_id+device`. */
  level: string;
  range: { from: string; to: string } | null;
  /** `read` = `rows` + `collapsed` + `duplicates` + `rejected` + `totals`. */
  counts: { read: number; rows: number; collapsed: number; duplicates: number; rejected: number; totals: number };
  /** The first physical lines of the records kept once, and of those that were added up; the first 1,000 each. */
  duplicateLines: number[];
  collapsedLines: number[];
  /** Records equal in every column count as often as they stand, since only then the file's own total fits. */
  duplicatesSummed: boolean;
  /** Cells that hid their number (`<5`) and read as nothing. */
  masked: number;
  /** The total line that fits best, by measure, as exact stored integers; empty where there is none. */
  fileTotals: Record<string, bigint | null>;
  /** Sums over the rows by additive measure, as exact stored integers. */
  rowTotals: Record<string, bigint | null>;
  /**
   * Where the rows lie for a warehouse in the same engine: `_line BIGINT`, `_until DATE`, `_key HUGEINT` (as
   * `keyExpression` makes it) and the columns. Seen by every connection; gone when the process ends.
   */
  relation: string;
}

/** Typed rows, with what cleaning found out besides. */
export interface CleanedRows extends StagedRows {
  /** What came of the rules about rows: the dataset's own, and implied ones that were broken. */
  rules: RuleOutcome[];
}

/** What the typed rows of one platform and day add up to, as exact stored integers. */
export interface DayTotal {
  /** '' where rows name none. */
  platform: string;
  day: string;
  sums: Record<string, bigint | null>;
}

/** Days whose rows are not to go in. */
export interface DaysAside {
  days: { platform: string; day: string }[];
  /** The column whose value is shown with each row. */
  column: string;
  reason: string;
  code: string;
}

/** Some of the rows of an import that were set aside, or that went in although they break a rule. */
export type AsideRows =
  | { list: "rejected"; place: number; rows: RejectedRow[] }
  | { list: "flagged"; place: number; rows: FlaggedRow[] };

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
    options: ProfileOptions,
  ): Promise<ColumnProfile[]>;
  /** How many different combinations the named columns have: finds text columns that separate rows. */
  countDistinct(workspace: string, importId: string, headers: string[]): Promise<number>;
  /** The different texts of a column, trimmed, with how often each stands there, most frequent first. */
  texts(workspace: string, importId: string, header: string, limit: number): Promise<{ text: string; rows: number }[]>;
  /** In how many records two cells differ by more than a time of day; midnight is also the end of the day before it. */
  countUnequal(workspace: string, importId: string, a: string, b: string): Promise<number>;
  /** Records with words where a column holds numbers, and lines that could not be cut into cells; the first 200 of each. */
  wordsAmong(
    workspace: string,
    importId: string,
    header: string,
  ): Promise<{ line: number; cells: (string | null)[]; uncut: boolean }[]>;
  /** The first records as text, with their lines; those after a line where one is named. */
  head(
    workspace: string,
    importId: string,
    limit: number,
    options?: { after?: number },
  ): Promise<{ line: number; cells: (string | null)[] }[]>;
  /** The first typed rows by line, once they are made: stored integers, days and texts by column. */
  sample(
    workspace: string,
    importId: string,
    options: { columns: readonly string[]; limit: number },
  ): Promise<{ line: number; cells: (string | bigint | null)[] }[]>;
  clean(workspace: string, plan: StagingPlan): Promise<CleanedRows>;
  /**
   * Completes typed rows by those of another table of the same file: values in columns that they lack, for keys that both
   * have. Answers the rows as they are then, and how many were completed.
   */
  complete(dataset: Dataset, rows: StagedRows, others: StagedRows): Promise<{ rows: StagedRows; completed: number }>;
  rejected(
    workspace: string,
    importId: string,
    options: { offset: number; limit: number },
  ): Promise<{ total: number; rows: RejectedRow[] }>;
  /** Rows that went in although they break a rule; the first 1,000 of each rule. */
  flagged(
    workspace: string,
    importId: string,
    options: { offset: number; limit: number },
  ): Promise<{ total: number; rows: FlaggedRow[] }>;
  /** Sums of measures over an import's typed rows, by platform and day. */
  dayTotals(workspace: string, dataset: Dataset, staged: StagedRows, measures: string[]): Promise<DayTotal[]>;
  /** Sets typed rows of some days aside; answers what is left, its counts adding up as before. */
  setDaysAside(workspace: string, dataset: Dataset, staged: StagedRows, aside: DaysAside): Promise<StagedRows>;
  /** Why the engine cannot use a regular expression, for people; null where it can. */
  checkPattern(pattern: string): Promise<string | null>;
  /**
   * Drops the text and typed tables of an import; rejected rows stay until `forget`. Safe to repeat.
   * `only: "text"`: typed rows stay; once they are made, the text only takes memory.
   */
  discard(workspace: string, importId: string, options?: { only?: "text" }): Promise<void>;
  /** Imports that rows are kept of which were set aside or flagged, in no order. */
  listAside(workspace: string): Promise<string[]>;
  /**
   * Keeps such rows as another store has them, from a place of its order on (place 0 drops what is there); for moving
   * between stores. Safe to repeat from the beginning.
   */
  bringAside(workspace: string, importId: string, aside: AsideRows): Promise<void>;
  /** Drops the rejected and flagged rows too. */
  forget(workspace: string, importId: string): Promise<void>;
}
