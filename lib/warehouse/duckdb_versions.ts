/** Versions: each act makes the next one. Reads and writes the list of them, and finds the one that stood at a moment. */
import type { DuckSession } from "@/lib/duckdb/duckdb.ts";
import { NO_VERSION, parseAsOf } from "./as_of.ts";
import type { Tables } from "./duckdb_tables.ts";
import type { PublishResult } from "./mod.ts";
import { unknownAsOf, versionConflict } from "./refusals.ts";
import { readResult, writeResult } from "./result_text.ts";

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
  throw versionConflict(tables.ref, expected, version);
}

/** Writes the next version with what it did. Its time is never before the one of the version before it. */
export async function addVersion(
  session: DuckSession,
  tables: Tables,
  act: { importId: string; action: "publish" | "rollback" | "restore"; result: PublishResult; now: Date },
): Promise<void> {
  await session.run(
    `insert into ${tables.versions}
     select $1, greatest($2, (select max("at") from ${tables.versions})), $3, $4, $5, false, null`,
    [act.result.version, act.now.toISOString(), act.importId, act.action, writeResult(act.result)],
  );
}

/**
 * What came after a version counts only together: each version notes the last of them. Nobody has seen one without the
 * others, so nobody is answered as of one of them alone.
 */
export async function joinVersions(session: DuckSession, tables: Tables, after: number): Promise<void> {
  const last = await currentVersion(session, tables);
  if (last <= after + 1) return;
  await session.run(`update ${tables.versions} set whole = ${last} where version > ${after} and version < ${last}`);
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
  const named = await findVersion(session, tables, asOf);
  const [joined] = await session.rows(`select whole from ${tables.versions} where version = ${named}`);
  const version = Number(joined?.whole ?? named);
  const [row] = await session.rows(
    `select case when bool_or(compacted) then min(version) filter (not compacted) else 0 end as kept
     from ${tables.versions}`,
  );
  // Numbers may be missing between versions, so one is told by its place, not by its own line.
  if (version === 0 || version >= Number(row!.kept)) return version;
  throw unknownAsOf(tables.ref, asOf, `version ${version} is past its keeping time`);
}

async function findVersion(session: Pick<DuckSession, "rows">, tables: Tables, asOf: string): Promise<number> {
  const parsed = parseAsOf(asOf);
  if ("version" in parsed) {
    const current = await currentVersion(session, tables);
    if (parsed.version > current) throw unknownAsOf(tables.ref, asOf, `its newest version is ${current}`);
    return parsed.version;
  }
  const [found] = await session.rows(`select version from ${tables.imports} where id = $1`, [asOf]);
  if (found) return Number(found.version);
  if (parsed.moment === null) throw unknownAsOf(tables.ref, asOf, NO_VERSION);
  const [stood] = await session.rows(
    `select coalesce(max(version), 0) as version from ${tables.versions} where "at" <= $1`,
    [parsed.moment],
  );
  return Number(stood!.version);
}
