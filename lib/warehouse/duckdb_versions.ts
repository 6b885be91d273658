/** Versions: each act makes the next one. Reads and writes the list of them, and finds the one that stood at a moment. */
import type { DuckSession } from "@/lib/duckdb/duckdb.ts";
import { ConflictError, InputError } from "@/lib/errors.ts";
import type { Tables } from "./duckdb_tables.ts";
import type { ImportDiff, PublishResult } from "./mod.ts";

/** An import as the warehouse remembers it. */
export interface ImportRow {
  seq: number;
  id: string;
  state: "published" | "rolled-back";
  level: number;
  /** Values beneath its own were dropped by `compact`, so it can be turned no longer. */
  sealed: boolean;
}

/** The current version; 0 before anything was published. */
export async function currentVersion(session: Pick<DuckSession, "rows">, tables: Tables): Promise<number> {
  const [row] = await session.rows(`select coalesce(max(version), 0) as version from ${tables.versions}`);
  return Number(row!.version);
}

/** Throws `ConflictError` where the dataset stands at another version than the caller saw. */
export async function expectVersion(session: DuckSession, tables: Tables, expected: number): Promise<number> {
  const version = await currentVersion(session, tables);
  if (version === expected) return version;
  throw new ConflictError(
    `Cannot change dataset "${tables.ref.dataset.id}": it stands at version ${version}, not at ${expected}; ` +
      "look at what changed and try again",
    { expectedVersion: expected, version },
    "version-conflict",
  );
}

/** Writes the next version with what it did. Its time is never before the one of the version before it. */
export async function addVersion(
  session: DuckSession,
  tables: Tables,
  act: { importId: string; action: "publish" | "rollback" | "restore"; result: PublishResult; now: Date },
): Promise<void> {
  await session.run(
    `insert into ${tables.versions}
     select $1, greatest($2, (select max("at") from ${tables.versions})), $3, $4, $5, false`,
    [act.result.version, act.now.toISOString(), act.importId, act.action, writeResult(act.result)],
  );
}

/** The import of that id, or null where it was never published. */
export async function findImport(session: DuckSession, tables: Tables, id: string): Promise<ImportRow | null> {
  const [row] = await session.rows(`select seq, id, state, level, sealed from ${tables.imports} where id = $1`, [id]);
  if (!row) return null;
  return {
    seq: Number(row.seq),
    id: String(row.id),
    state: row.state as ImportRow["state"],
    level: Number(row.level),
    sealed: row.sealed === true,
  };
}

/** What publishing an import did. */
export async function publishedResult(session: DuckSession, tables: Tables, id: string): Promise<PublishResult> {
  const [row] = await session.rows(
    `select result::varchar as result from ${tables.versions} where import = $1 and action = 'publish'`,
    [id],
  );
  return readResult(String(row!.result));
}

/** The version that a number, an import's id or a moment names. Throws `InputError` `unknown-as-of`. */
export async function versionAsOf(session: Pick<DuckSession, "rows">, tables: Tables, asOf: string): Promise<number> {
  const version = await findVersion(session, tables, asOf);
  const [row] = await session.rows(
    `select coalesce(bool_or(compacted), false) as gone from ${tables.versions} where version = $1`,
    [version],
  );
  if (!row!.gone) return version;
  throw new InputError(
    "unknown-as-of",
    `Cannot read dataset "${tables.ref.dataset.id}" as of "${asOf}": version ${version} is past its keeping time`,
    { asOf },
  );
}

async function findVersion(session: Pick<DuckSession, "rows">, tables: Tables, asOf: string): Promise<number> {
  const refuse = (reason: string) =>
    new InputError(
      "unknown-as-of",
      `Cannot read dataset "${tables.ref.dataset.id}" as of "${asOf}": ${reason}`,
      { asOf },
    );
  if (/^\d{1,9}$/.test(asOf)) {
    const current = await currentVersion(session, tables);
    if (Number(asOf) > current) throw refuse(`its newest version is ${current}`);
    return Number(asOf);
  }
  const [found] = await session.rows(`select version from ${tables.imports} where id = $1`, [asOf]);
  if (found) return Number(found.version);
  const moment = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.test(asOf) ? Date.parse(asOf) : NaN;
  if (Number.isNaN(moment)) throw refuse("it is neither a version, nor an import's id, nor a moment (ISO 8601)");
  const [stood] = await session.rows(
    `select coalesce(max(version), 0) as version from ${tables.versions} where "at" <= $1`,
    [new Date(moment).toISOString()],
  );
  return Number(stood!.version);
}

function writeResult(result: PublishResult): string {
  return JSON.stringify(result, (_key, value) => typeof value === "bigint" ? String(value) : value);
}

function readResult(text: string): PublishResult {
  const stored = JSON.parse(text) as PublishResult & {
    perMeasure: Record<string, { before: string | null; after: string | null }>;
  };
  const exact = (value: string | null) => value === null ? null : BigInt(value);
  const perMeasure: ImportDiff["perMeasure"] = Object.fromEntries(
    Object.entries(stored.perMeasure).map(([name, sums]) => [
      name,
      { before: exact(sums.before), after: exact(sums.after) },
    ]),
  );
  return { ...stored, perMeasure };
}
