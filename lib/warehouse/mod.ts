/**
 * Warehouse: the facts. Append-only versions, levels and claims as the data rules say; nothing here knows files,
 * formulas or HTTP. One contract suite (`tests/contracts/warehouse.ts`) holds for every implementation.
 */
import type { Dataset, Grain, UpkeepStep } from "@/lib/model/mod.ts";
import type { StagedRows } from "@/lib/staging/mod.ts";
import type { FactHistory } from "./history.ts";

export { compareParts } from "./compare_parts.ts";
export { evaluateFormula } from "./evaluate_formula.ts";
export type { FactHistory, HistoryOutline, HistoryPart } from "./history.ts";
export { historyMark } from "./history.ts";

/** A dataset in a workspace: the first argument of everything here. */
export interface DatasetRef {
  workspace: string;
  dataset: Dataset;
}

/** What stands in a dataset now; cheap, kept in memory per version. */
export interface DatasetState {
  /** 0 before anything was published. */
  version: number;
  /** When that version was made, ISO 8601; null at version 0. */
  asOf: string | null;
  rows: number;
  range: { from: string; to: string } | null;
  levels: { level: string; grain: string; columns: string[]; rows: number }[];
  /** Accounts by platform: what a file may mean. `account` is the id where there is one; then `name` is its latest name. */
  accounts: { platform: string; account: string; name?: string }[];
  currencies: string[];
}

/** What publishing did or would do; of a rollback or restore, what it brought back or took away. */
export interface ImportDiff {
  /** Rows whose key was not visible before. */
  inserted: number;
  /** Rows that have other values now. */
  updated: number;
  /** Rows that say what stood there already; each still leaves a claim. */
  unchanged: number;
  /** Rows that are not visible any more. */
  removed: number;
  /**
   * On a publish: rows of its platforms, accounts, level and range that stand and that the import lacks. With `merge` they
   * stay, with `replace` they are those removed.
   */
  missing: number;
  /** Days on which anything changed; that a day is settled (provisional no longer) counts too. */
  days: number;
  /**
   * Sums of each additive measure before and after, exact stored integers, null where nothing has a value: over this
   * level's rows of the platforms, accounts and days that are concerned.
   */
  perMeasure: Record<string, { before: bigint | null; after: bigint | null }>;
}

/** What publishing did. */
export interface PublishResult extends ImportDiff {
  version: number;
}

/** How to publish. */
export interface PublishOptions {
  /** The dataset version the caller saw; another one throws `ConflictError` with code `version-conflict`. */
  expectedVersion: number;
  /**
   * `merge`: rows that the import lacks stay. `replace`: those of its platforms, accounts, level and range end, also for
   * imports that are restored later.
   */
  mode: "merge" | "replace";
  /** Days from this one on were not over when the file was made: their rows are provisional. */
  provisionalFrom: string | null;
}

/** One of several acts that count together. */
export type Act =
  & {
    ref: DatasetRef;
    /** The import that it is about. */
    import: string;
    /** The version that the caller saw before the first of the acts on this dataset. */
    expectedVersion: number;
  }
  & (
    | { act: "publish"; mode: PublishOptions["mode"]; provisionalFrom: string | null }
    | { act: "rollback" | "restore" }
  );

/** An aggregate over stored rows. `only`: the value where exactly one row stands behind the cell, else null. */
export interface FactAggregate {
  id: string;
  fn: "sum" | "min" | "max" | "count" | "count_rows" | "count_distinct" | "only";
  /** Absent for `count_rows`. */
  column?: string;
}

/** A value of a dimension, and in how many stored rows it stands. */
export interface ValueCount {
  value: string;
  rows: number;
}

/** A group: a dimension's values, or the time column cut to a grain. */
export type FactGroup = { id: string; column: string; grain?: Grain };

/** A condition over stored columns; amounts of decimal columns are stored integers (micros). Compiled to parameters. */
export type FactFilter =
  | { all: FactFilter[] }
  | { any: FactFilter[] }
  | { not: FactFilter }
  | { column: string; op: "in"; values: (string | bigint)[] }
  | { column: string; op: "contains" | "starts-with" | "ends-with"; value: string }
  | { column: string; op: "greater" | "greater-or-equal" | "less" | "less-or-equal"; value: string | bigint }
  | { column: string; op: "is-empty" };

/** Arithmetic over aggregates by id, for ordering inside the store; division by zero is null. */
export type FactFormula =
  | { aggregate: string; /** Stored integers per unit: 1, or 1e6 for micros. */ scale: number }
  | { number: number }
  | { op: "+" | "-" | "*" | "/"; left: FactFormula; right: FactFormula };

/** A store-neutral question: names are checked, dates resolved, formulas taken apart. */
export interface FactQuery {
  /** The version to read at. */
  version: number;
  from: string | null;
  to: string | null;
  groups: FactGroup[];
  aggregates: FactAggregate[];
  where: FactFilter | null;
  /** Ties are broken by the groups in order, so every answer has one order. Nulls last. */
  order: { by: { group: string } | { formula: FactFormula }; direction: "asc" | "desc" }[];
  limit: number | null;
  offset: number;
  /** Answer also one row over all rows (and its count of groups). */
  totals: boolean;
}

/** The answer: cells by group id (text or null) and aggregate id (exact integer, text for min/max of text, or null). */
export interface FactRows {
  rows: Record<string, string | bigint | null>[];
  /** One row without groups; null unless asked for. */
  totals: Record<string, bigint | string | null> | null;
  /** Groups before limit and offset. */
  count: number;
  levels: string[];
  /** Days in range that a provisional row stands behind. */
  provisional: string[];
  notices: FactNotice[];
  /** The rollup that answered; absent where the rows did. */
  rollup?: "day" | "month";
}

/** What could not be answered as asked; whoever asked finds the words. */
export interface FactNotice {
  /**
   * `not-additive`: values of the column that several rows stand behind are held back. `not-broken-down`: rows that lack
   * the column asked for. `filter-left-out`: rows that lack the column filtered by; not there at all without places.
   * `period-left-out`: rows that stand for a period which does not fit the question.
   */
  code: "not-additive" | "not-broken-down" | "filter-left-out" | "period-left-out";
  column: string;
  /** Where: first and last day by platform ('' where there is none). */
  places: { platform: string; from: string; to: string }[];
}

/** Which level covers which day. */
export interface CoverageRow {
  platform: string;
  account: string;
  day: string;
  level: string;
  rows: number;
  provisional: boolean;
}

/**
 * The role. Import order is the order in which imports were first published: the value of a key is that of the latest
 * import that has it and is not rolled back. Any sequence of acts equals publishing the survivors anew in that order.
 */
export interface Warehouse {
  /** Makes the dataset's tables and any new columns exist. Safe to repeat; every other call does it where needed. */
  ensure(ref: DatasetRef): Promise<void>;
  state(ref: DatasetRef): Promise<DatasetState>;
  /**
   * Takes note of typed rows under the import's id; nobody sees them yet. They stay where staging left them, so discard
   * them after publishing, not before; a process that starts anew stages again. Safe to repeat: the last rows count.
   */
  stage(ref: DatasetRef, rows: StagedRows): Promise<void>;
  /** Forgets rows that were staged and will not be published. Safe to repeat. */
  unstage(ref: DatasetRef, importId: string): Promise<void>;
  /** What `publish` with these options would answer now. Writes nothing. Throws as `publish` does. */
  preview(ref: DatasetRef, importId: string, options: PublishOptions): Promise<ImportDiff>;
  /**
   * One atomic switch to the next version. Repeated for an import that is published it answers what it did then, staged
   * or not. Throws `ConflictError` for another version or an import that is rolled back, `NotFoundError` without rows.
   */
  publish(ref: DatasetRef, importId: string, options: PublishOptions): Promise<PublishResult>;
  /**
   * The import's claims count no longer; a new version. Throws `ConflictError` when it is rolled back already, or (code
   * `past-keeping-time`) when `compact` has dropped what it replaced.
   */
  rollback(ref: DatasetRef, importId: string, options: { expectedVersion: number }): Promise<PublishResult>;
  /** Its claims count again, at their old place in the order; a new version. Throws as `rollback` does. */
  restore(ref: DatasetRef, importId: string, options: { expectedVersion: number }): Promise<PublishResult>;
  /**
   * Several acts, on one dataset or many, by one switch: whoever reads sees all of them or none, at every moment, and so
   * does a restart after a crash. Each is worked out on top of those before it and makes a version of its own; a question
   * as of one of a dataset's versions in between is answered as of the last of them. Answers in order, throws as the acts do.
   */
  together(acts: Act[]): Promise<PublishResult[]>;
  /**
   * The version of a number (as text), that an import made when it was published, or that stood at a moment (ISO 8601; 0
   * before the first). Throws `InputError` `unknown-as-of`, also for a version that `compact` dropped.
   */
  versionAsOf(ref: DatasetRef, asOf: string): Promise<number>;
  query(ref: DatasetRef, query: FactQuery): Promise<FactRows>;
  /** Distinct values of a dimension at the current version with how many rows each has, most rows first; for filters. */
  values(ref: DatasetRef, column: string, options: { search?: string; limit: number }): Promise<ValueCount[]>;
  /** By platform, account, day and level; at the current version or an older one that is kept. */
  coverage(ref: DatasetRef, options?: { from?: string; to?: string; version?: number }): Promise<CoverageRow[]>;
  /** Brings every rollup to the current version; only touched periods are rebuilt. Answers how many periods were. */
  refreshRollups(ref: DatasetRef): Promise<{ periods: number }>;
  /** Drops row versions and claims that no moment from `before` (ISO 8601) on can see or a rollback bring back. */
  compact(ref: DatasetRef, options: { before: string }): Promise<{ rows: number }>;
  /**
   * Keeps the store quick: statistics of these datasets' tables made anew, indexes held against the declared ones (what
   * lacks is made), what is written ahead put in its place. Answers what it did. Safe to repeat, and beside readers.
   */
  maintain(refs: DatasetRef[]): Promise<UpkeepStep[]>;
  /** Hands whole histories over to a warehouse on another engine, and takes them over from one. */
  readonly history: FactHistory;
  ping(): Promise<void>;
  close(): Promise<void>;
}
