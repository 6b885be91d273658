/** What is known about the quality of a dataset, as JSON. */

/** One part of the score. */
export interface QualityPart {
  id: "completeness" | "validity" | "uniqueness" | "freshness" | "gaps" | "outliers" | "reconciliation";
  title: string;
  /** 0–100, rounded; null where there is nothing to tell it by: then it does not count. */
  score: number | null;
  /** Its share of the whole score, in percent, among the parts that count. */
  weight: number;
  /** What the score says, with its numbers, for people. */
  says: string;
}

/** How full a column is where a platform brings it in most of its rows. */
export interface ColumnCompleteness {
  column: string;
  title: string;
  /** No platform brings it in most of its rows: it belongs to some kinds of rows, and does not count. */
  optional: boolean;
  /** Rows of those platforms, and those with a value. */
  rows: number;
  filled: number;
  /** Platforms that leave values out, the emptiest first. */
  lacking: { platform: string; rows: number; filled: number }[];
}

/** A rule that imports broke lately. */
export interface BrokenRule {
  rule: string;
  kind: string;
  title: string;
  action: string;
  broken: number;
  imports: number;
  /** The latest import that broke it. */
  lastImport: { id: string; filename: string };
}

/** How fresh one account is. */
export interface SourceFreshness {
  platform: string;
  account: string;
  through: string;
  daysOld: number;
}

/** One day of the calendar: how many of the accounts that report by day have rows. */
export interface CalendarDay {
  day: string;
  present: number;
  expected: number;
  provisional: boolean;
}

/** Days in a row on which an account that reports by day has no rows. */
export interface Gap {
  platform: string;
  account: string;
  from: string;
  to: string;
  days: number;
}

/** A day that is far off what its weekday usually is. */
export interface Outlier {
  day: string;
  platform: string;
  column: string;
  title: string;
  unit: string | null;
  /** In units, not micros. */
  value: number;
  usual: number;
}

/** Imports whose file says what its numbers add up to. */
export interface Reconciliation {
  checked: number;
  differing: { id: string; filename: string; title: string; evidence: string }[];
}

/** One import as the history shows it. */
export interface ImportQuality {
  id: string;
  filename: string;
  at: string;
  read: number;
  rejected: number;
  flagged: number;
  repeated: number;
  /** 0–100: rows that came in without a fault. */
  score: number;
}

/** Everything the quality page shows. */
export interface Quality {
  dataset: string;
  version: number;
  rows: number;
  /** The days that were looked at: at most the latest 371. */
  range: { from: string; to: string } | null;
  /** 0–100; null for a dataset without rows. */
  score: number | null;
  parts: QualityPart[];
  completeness: ColumnCompleteness[];
  brokenRules: BrokenRule[];
  sources: SourceFreshness[];
  calendar: CalendarDay[];
  gaps: Gap[];
  outliers: Outlier[];
  reconciliation: Reconciliation;
  /** Newest first. */
  history: ImportQuality[];
}
