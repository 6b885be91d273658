/**
 * How a dataset's facts lie in MongoDB: which collections, which fields, and when a document counts.
 *
 * Every change of a dataset is one version, reserved before anything is written and never used again. All documents of a
 * change carry its version in `f`, or in `t` where it ends them; nobody sees them until the head's `version` is raised in
 * one compare-and-set. A publisher that died leaves a version that its successor puts into `aborted`: what carries it in
 * `f` never counts, what carries it in `t` is open again, also when it is written late.
 */

/** `t` of a document that nothing ended: larger than any version, so that one comparison finds what is visible. */
export const OPEN = 2_147_483_647;

/** A version of something: from which dataset version it counts, and from which on no longer. */
export interface Versioned {
  f: number;
  t: number;
}

/** The head of one dataset, `_id` = `<workspace>/<dataset>`: what readers begin with and the only switch there is. */
export interface Head {
  _id: string;
  workspace: string;
  dataset: string;
  /** 0 before anything was published. */
  version: number;
  /** When that version was made, ISO 8601; null at version 0. */
  at: string | null;
  /** The newest version that was ever given out. */
  reserved: number;
  aborted: number[];
  levels: { level: number; name: string; grain: string; columns: string[] }[];
  /** Columns that any import ever had, and how the values of each are stored, in the same order. */
  columns: string[];
  types: ("date" | "text" | "int64")[];
  /** Where provisional rows of daily levels lie at `version`; null where there is none. */
  provisional: { from: string; to: string } | null;
  /** Rollups that may answer: at which version each stands, and its own generations. */
  rollups: RollupHead[];
  /** The newest generation of any rollup that was ever given out, and those that never count. */
  generation: number;
  abortedGenerations: number[];
  /** Versions before this one are past their keeping time: nobody can read them any more. */
  kept: number;
  /** Compactions whose seals hold. */
  compactions: string[];
  /** Who changes the dataset now, until when (by the server's clock), and what it has reserved and not finished. */
  owner: string | null;
  renewedAt: Date | null;
  leaseMs: number;
  /** The first version that is reserved and not switched; those up to `reserved` are pending with it. */
  pendingVersion: number | null;
  pendingGeneration: number | null;
  /**
   * What the head becomes once a switch that other heads wait for, too, is thrown; absent or null otherwise. From then on
   * it counts as done here, whether or not it is written down yet.
   */
  joint?: JointChange | null;
}

/** A head's share of a switch that several heads wait for. */
export interface JointChange {
  /** `_id` of the switch. */
  switch: string;
  set: Partial<Head>;
}

/** The switch of several heads: one document that is changed once, so all of them count at one moment. */
export interface SwitchDocument {
  _id: string;
  w: string;
  /** `open` becomes one of the others, for ever. None is there any more: every head has written down what became of it. */
  state: "open" | "thrown" | "dropped";
  at: Date;
}

/** A rollup as readers see it. Its documents are versioned by generation, as rows are by version. */
export interface RollupHead {
  name: string;
  grain: "day" | "month";
  dimensions: string[];
  /** The dataset version it stands at. */
  version: number;
  generation: number;
  /** The same for all rollups, which share one row of generations. */
  abortedGenerations: number[];
  /** What it was built from, so that a changed definition builds it anew. */
  columns: string;
  /** Left out because it would hold nearly as many rows as there are. */
  left: boolean;
}

/** A stored row version in `<dataset>_rows`; `_id` = `<workspace>/<version>/<key>`. */
export interface RowDocument extends Versioned {
  _id: string;
  w: string;
  /** The key, 32 hex digits. */
  k: string;
  /** The import (by the version that first published it) that brought the values. */
  c: number;
  /** The import whose claim makes this version current. */
  i: number;
  /** Level number. */
  l: number;
  /** Day and month, as text (`2026-01-31`, `2026-01`); `u` is the last day covered. */
  d: string;
  m: string;
  u: string;
  p: boolean;
  /** A hash of the values and the last day that lasts: equal for equal values, whatever columns were added since. */
  h: string;
  /** Platform and account as coverage and labels write them; '' where there is none. */
  o: string;
  a: string;
  /**
   * The row's own columns but the time column, by `fieldOf(name)`; those without a value are left out. Numbers are int64.
   */
  v: Record<string, unknown>;
}

/** A column's field inside `v`: dots, dollars and the escape itself are written as `%XX`. */
export function fieldOf(column: string): string {
  return column.replace(/[%.$\0]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

/** The collections of a dataset; workspaces share them, and every index begins with the workspace. */
export function collectionNames(dataset: string) {
  return {
    heads: "warehouse_heads",
    /** Switches of several heads that are under way. */
    switches: "warehouse_switches",
    rows: `${dataset}_rows`,
    /** Which import says what of which key, a bucket per import, level and day. */
    claims: `${dataset}_claims`,
    /** Which import calls which id what, a few buckets per import and name column. */
    names: `${dataset}_names`,
    /** One document per version: the act, its import, what it did. Counts up to the head's version, unless aborted. */
    versions: `${dataset}_versions`,
    coverage: `${dataset}_coverage`,
    labels: `${dataset}_labels`,
    rollup: (name: string) => `${dataset}_${name}`,
  };
}

/** A coverage document; `_id` begins with workspace and version. */
export interface CoverageDocument extends Versioned {
  _id: string;
  w: string;
  o: string;
  a: string;
  d: string;
  l: number;
  /** The latest import that has a visible row there. */
  i: number;
  rows: number;
  p: boolean;
  /** The last day that any of the rows covers. */
  u: string;
  /** Currencies of the rows. */
  cu: string[];
}

/** Bytes as the driver gives them back. */
export interface PackedBytes {
  readonly buffer: Uint8Array;
}

/** What one import says of the keys of one level and day; `_id` = `<workspace>/<import>/<level>/<day>/<part>`. */
export interface ClaimDocument {
  _id: string;
  w: string;
  /** The import, which is the version that first published it; aborted ones never count. */
  f: number;
  l: number;
  d: string;
  n: number;
  /** `n` keys of 16 bytes each, one after the other. */
  k: PackedBytes;
  /** By key the import that brought its values, 0 where the import removed the row; left out where all are its own. */
  c?: PackedBytes;
}

/** What one import calls the ids of one name column; `_id` = `<workspace>/<import>/<column>/<part>`. */
export interface NameDocument {
  _id: string;
  w: string;
  f: number;
  column: string;
  /** Platform, account, id and name. */
  names: [string, string, string, string][];
}

/** One version; `_id` = `<workspace>/<version>`. Counts up to the head's version, unless aborted. */
export interface VersionDocument {
  _id: string;
  w: string;
  v: number;
  at: string;
  import: string;
  action: "publish" | "rollback" | "restore";
  /** The version that first published the import. */
  seq: number;
  level: number;
  provisionalFrom: string | null;
  /** Days of the level on which anything changed. */
  touched: string[];
  /** What it did, as JSON text with sums as text. */
  result: string;
  /** Compactions that dropped what this import (of a publish) hid; those that the head names hold. */
  sealed?: string[];
  /** The last of the versions that this one counts together with, where it is not the last itself. */
  whole?: number;
}

/** The latest name of an id. */
export interface LabelDocument extends Versioned {
  _id: string;
  w: string;
  /** The name column. */
  column: string;
  o: string;
  a: string;
  id: string;
  label: string;
  i: number;
}

/** Pre-added rows; `f` and `t` are generations of the rollup. */
export interface RollupDocument extends Versioned {
  _id: string;
  w: string;
  l: number;
  /** First day of the period. */
  d: string;
  n: number;
  /** Dimensions by `fieldOf(name)`. */
  v: Record<string, unknown>;
  /** Sums and counts of additive measures, int64, by `fieldOf(name)`. */
  s: Record<string, { sum: unknown; n: unknown }>;
}

/** Tells what is visible at a version (or generation). */
export function visibleAt(version: number, aborted: readonly number[]): Record<string, unknown> {
  // Nothing was ever aborted, mostly; the short form is all that an index needs.
  if (aborted.length === 0) return { f: { $lte: version }, t: { $gt: version } };
  return {
    f: { $lte: version, $nin: aborted },
    $or: [{ t: { $gt: version } }, { t: { $in: aborted } }],
  };
}
