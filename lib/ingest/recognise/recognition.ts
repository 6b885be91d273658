/** What a file is, with evidence: its container, and the tables of text in it. Types only. */
import type { EntryHead, Finding } from "@/lib/model/mod.ts";
import type { Source, SourceReport } from "@/lib/source/mod.ts";
import type { FileDialect } from "@/lib/staging/mod.ts";
import type { LanguageCode } from "@/lib/model/languages/mod.ts";
import type { DatasetRival } from "../find_report.ts";
import type { DayRange, PreambleFacts } from "../preamble.ts";

/** What the bytes are packed in. */
export type ContainerKind = "text" | "gzip" | "zip" | "xlsx";

/** One record as it was read. `line` is its first physical line (in a workbook: its row), from 1. */
export interface ReadRow {
  line: number;
  cells: string[];
}

export type { EntryHead };

/** A period that some of a table's columns are of, where others are of another one. */
export interface TablePeriod {
  /** As the headers write it. */
  name: string;
  /** Its days, where the name tells them. */
  range: DayRange | null;
}

/** Tables of the same file whose rows could be taken for one another's. */
export interface TableBeside {
  name: string;
  others: string[];
}

/** One table as the bytes show it; nothing here knows platforms or datasets. */
export interface FoundTable {
  /** The entry of an archive, or the sheet of a workbook; null where the file itself is the table's text. */
  entry: string | null;
  /** What the file calls it: a line above the header, else the sheet or entry; "" where it has no name. */
  title: string;
  /** How its bytes are cut into cells, and which lines are its own. */
  dialect: Omit<FileDialect, "path">;
  /** The lines above the header, comment marks and all, without blank ones. */
  preamble: string[];
  /** The lines that hold headers; none where data begins at once. */
  headerLines: number[];
  /** As they stand; two rows of headers are put together. `column_1` … where there are none. */
  headers: string[];
  /** The first records below the header, as read. */
  rows: ReadRow[];
  /** Lines after the last record that are no data: copyright, notes. As far as they were seen. */
  footer: string[];
  /** Its last record was not seen: it goes on past what was looked at. */
  goesOn?: true;
  /** Set where its measures stand once for each of several periods: the one that this is. */
  period?: TablePeriod;
  findings: Finding[];
}

/** What a table means: whose report it is, and where its rows belong. */
export interface TableMeaning {
  /** The id of the dataset that its rows go to. */
  dataset: string;
  source: Source | null;
  report: SourceReport | null;
  /** The language of the headers. */
  language: LanguageCode;
  /** What the lines above the header name. */
  range: DayRange | null;
  /** What else they say: time of the report, time zone, number of rows … */
  facts: PreambleFacts;
  /** Datasets that it may belong to just as well, the taken one among them; none where something told. */
  rivals: DatasetRival[];
  /** Set where other tables of the file have the same columns for the same days. */
  beside?: TableBeside;
  findings: Finding[];
}

/** One table with what it means. `findings` are those of both. */
export type TableRecognition = FoundTable & TableMeaning;

/** What a file is. */
export interface Recognition {
  container: ContainerKind;
  /** At least one. */
  tables: TableRecognition[];
  /** The beginnings of the texts that lie packed in it, to look at; none where the file is a text itself. */
  heads: EntryHead[];
  /** About the file as a whole: its container, and what in it is no table. */
  findings: Finding[];
}
