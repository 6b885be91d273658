/**
 * A dataset's whole history in no engine's own form: what a warehouse hands over and another one, on another engine, takes
 * over, so that every version, claim and name is there as before. Nothing is worked out anew: what compaction dropped
 * stays dropped, and what it sealed stays sealed.
 */
import { createHash } from "node:crypto";
import type { DatasetRef } from "./mod.ts";

/** What happened, without the facts themselves. Equal for equal histories, whichever engine holds them. */
export interface HistoryOutline {
  /** 0 where nothing was ever published. */
  version: number;
  /** Versions before this one are past their keeping time; 0: there is none. */
  kept: number;
  levels: { level: number; name: string; grain: string; columns: string[] }[];
  /** Columns that any import ever had, by name. */
  columns: { name: string; type: "date" | "text" | "int64" }[];
  /** Every version in order. Numbers may be missing between them. */
  acts: HistoryAct[];
}

/** One version. */
export interface HistoryAct {
  version: number;
  /** ISO 8601. */
  at: string;
  action: "publish" | "rollback" | "restore";
  import: string;
  /** The version that first published the import: what stands for it wherever a number names an import. */
  first: number;
  level: number;
  provisionalFrom: string | null;
  /** Days of the level on which anything changed, in order. */
  touched: string[];
  /** What it did, as `writeResult` writes it. */
  result: string;
  /** Set on the publish of an import that can be turned no longer. */
  sealed: boolean;
  /** The version that this one counts together with; absent where it is its own. */
  whole?: number;
}

/** Some of the facts: whole days of one level, or names. */
export interface HistoryPart {
  /** From 0; the same history is cut the same way each time it is read from the same engine. */
  index: number;
  level: number;
  rows: HistoryRow[];
  claims: HistoryClaim[];
  coverage: HistoryCoverage[];
  names: HistoryName[];
  labels: HistoryName[];
}

/** A row version. */
export interface HistoryRow {
  /** 32 hex digits. */
  key: string;
  /** The import that brought the values, and the one whose claim makes the version current. */
  content: number;
  import: number;
  from: number;
  /** Null while it stands. */
  to: number | null;
  day: string;
  until: string;
  provisional: boolean;
  platform: string;
  account: string;
  /** By column, without the time column and without nulls. */
  values: Record<string, string | bigint>;
}

/** What an import says of a key; `content` 0: it removed the row. */
export interface HistoryClaim {
  key: string;
  day: string;
  import: number;
  content: number;
}

/** Rows of a platform and account on a day of the level. */
export interface HistoryCoverage {
  platform: string;
  account: string;
  day: string;
  import: number;
  rows: number;
  provisional: boolean;
  from: number;
  /** Null while it stands. */
  to: number | null;
}

/** What an import calls an id of a name column. */
export interface HistoryName {
  column: string;
  import: number;
  platform: string;
  account: string;
  id: string;
  name: string;
}

/** The part of a warehouse that hands a history over and takes one over. */
export interface FactHistory {
  outline(ref: DatasetRef): Promise<HistoryOutline>;
  /** The facts, from a part on. Nobody may change the dataset meanwhile: compare the outlines before and after. */
  parts(ref: DatasetRef, outline: HistoryOutline, from: number): AsyncIterable<HistoryPart>;
  /**
   * Begins to take a history over, or goes on with it; nobody may be served from the dataset before `end`. Answers how
   * many of its parts are there, or that all of it is. What was taken of another history is dropped. Throws
   * `ConflictError` where the dataset has a history of its own; with `replace` that one is dropped, too.
   */
  begin(
    ref: DatasetRef,
    outline: HistoryOutline,
    options?: { replace?: boolean },
  ): Promise<{ parts: number } | "there">;
  /** Takes the next part over; acknowledged means durable. Safe to repeat. */
  take(ref: DatasetRef, outline: HistoryOutline, part: HistoryPart): Promise<void>;
  /** Makes all of it count, in one write. */
  end(ref: DatasetRef, outline: HistoryOutline): Promise<void>;
}

/** A part without anything in it. */
export function emptyPart(index: number, level = 0): HistoryPart {
  return { index, level, rows: [], claims: [], coverage: [], names: [], labels: [] };
}

/** Tells histories apart. */
export function historyMark({ version, kept, levels, columns, acts }: HistoryOutline): string {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([
    version,
    kept,
    levels.map(({ level, name }) => [level, name]),
    columns.map(({ name, type }) => [name, type]),
  ]));
  for (const act of acts) {
    const { at, action, first, level, provisionalFrom, touched, result, sealed, whole } = act;
    const told = [act.version, at, action, act.import, first, level, provisionalFrom, touched, result, sealed];
    hash.update(JSON.stringify(whole === undefined ? told : [...told, whole]));
  }
  return hash.digest("hex");
}

/** The version from which on versions are kept, as an outline tells it: 0 where none is past its time. */
export function keptFrom(floor: number, versions: number[]): number {
  return versions.some((version) => version < floor) ? floor : 0;
}

/** Runs of neighbours that come to about so much together; what is larger alone stays whole. */
export function runsOf<T>(things: T[], sizeOf: (thing: T) => number, room: number): T[][] {
  const runs: T[][] = [];
  let left = 0;
  for (const thing of things) {
    if (runs.length === 0 || sizeOf(thing) > left) {
      runs.push([]);
      left = room;
    }
    runs.at(-1)!.push(thing);
    left -= sizeOf(thing);
  }
  return runs;
}
