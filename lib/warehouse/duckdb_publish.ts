/** Publishing: one transaction that makes an import's rows visible as the dataset's next version. */
import { type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import { type Change, countMissing, planPublish, type PublishPlan } from "./duckdb_change.ts";
import { refreshCoverage } from "./duckdb_coverage.ts";
import { countDiff, listDays } from "./duckdb_diff.ts";
import { parseLevel } from "@/lib/duckdb/row_keys.ts";
import { publishLabels } from "./duckdb_labels.ts";
import type { StagedImport } from "./duckdb_stage.ts";
import { addColumns, type Tables } from "./duckdb_tables.ts";
import { addVersion, expectVersion, findImport, publishedResult } from "./duckdb_versions.ts";
import type { ImportDiff, PublishOptions, PublishResult } from "./mod.ts";
import { notStaged, publishRolledBack } from "./refusals.ts";

const META = "_key, _content, _level, _import, _from, _to, _until, _provisional";

/** What `publishImport` would do; writes nothing. */
export async function previewImport(
  session: DuckSession,
  tables: Tables,
  staged: StagedImport,
  options: PublishOptions,
): Promise<ImportDiff> {
  await expectVersion(session, tables, options.expectedVersion);
  const { diff } = await workOut(session, tables, staged, options);
  await dropWork(session);
  return diff;
}

/**
 * Publishes. Must run in a transaction. An import that is published answers what it did then; `staged` may be null for it,
 * as its rows may be gone by then.
 */
export async function publishImport(
  session: DuckSession,
  tables: Tables,
  importId: string,
  options: PublishOptions & { now: Date; staged: StagedImport | null },
): Promise<PublishResult> {
  const known = await findImport(session, tables, importId);
  if (known) {
    if (known.state === "rolled-back") throw publishRolledBack(importId);
    return await publishedResult(session, tables, importId);
  }
  const { staged } = options;
  if (!staged) throw notStaged(tables.ref, importId);
  const version = await expectVersion(session, tables, options.expectedVersion) + 1;
  const { diff, change, plan } = await workOut(session, tables, staged, options);
  const result = { ...diff, version };
  await addLevel(session, tables, staged.level, plan.level);
  await session.run(
    `insert into ${tables.imports} values ($1, $2, 'published', $3, $4, $5::date, $6::date, $7::date, $8, $8, false)`,
    [plan.seq, importId, plan.level, plan.mode, plan.provisionalFrom, staged.from, staged.to, version],
  );
  await addColumns(session, tables, staged.columns);
  await addClaims(session, tables, change);
  await writeChange(session, tables, change, result);
  await refreshCoverage(session, tables, change, version);
  await publishLabels(session, tables, staged, plan.seq);
  await addVersion(session, tables, { importId, action: "publish", result, now: options.now });
  await dropWork(session);
  return result;
}

/** Ends the row versions that the change ends, opens the new ones, and notes the days touched. */
export async function writeChange(
  session: DuckSession,
  tables: Tables,
  change: Change,
  result: PublishResult,
): Promise<void> {
  const { version } = result;
  if (!change.fresh) {
    await session.run(
      `update ${tables.rows} set _to = ${version}
       where rowid in (select old from change where not keep and old is not null)`,
    );
  }
  if (change.own) await openOwn(session, tables, change, result, change.own);
  else await openVersions(session, tables, change, version, "not c.keep");
  await session.run(
    `insert into ${tables.touched} select distinct ${version}, ${change.level}, day from day where changed`,
  );
}

/** New values all come from the import itself: they need no look at the change, and where all are new, no filter. */
async function openOwn(
  session: DuckSession,
  tables: Tables,
  change: Change,
  result: PublishResult,
  own: { import: number; provisional: string },
): Promise<void> {
  const opened = result.inserted + result.updated;
  if (opened > 0) {
    const all = result.unchanged === 0;
    await session.run(
      `insert into ${tables.rows} (${META}, ${change.columns.map(identifier).join(", ")})
       select s._key, ${own.import}, ${change.level}, ${own.import}, ${result.version}, null, s._until, ${own.provisional},
         ${change.columns.map((name) => `s.${identifier(name)}`).join(", ")}
       from ${change.source} s
       ${all ? "" : "where s.rowid in (select src from change where src is not null and not same)"}`,
    );
  }
  // The same values, but provisional no longer, or again.
  if (result.unchanged > 0) await openVersions(session, tables, change, result.version, "c.same and not c.keep");
}

async function openVersions(
  session: DuckSession,
  tables: Tables,
  change: Change,
  version: number,
  which: string,
): Promise<void> {
  await session.run(
    `insert into ${tables.rows} (${META}, ${change.columns.map(identifier).join(", ")})
     select s._key, c.content, ${change.level}, c.import, ${version}, null, s._until, c.provisional,
       ${change.columns.map((name) => `s.${identifier(name)}`).join(", ")}
     from change c join ${change.source} s on s.rowid = c.src where ${which}`,
  );
}

/** Drops the temporary tables of a change. */
export async function dropWork(session: DuckSession): Promise<void> {
  await session.run("drop table if exists temp.change");
  await session.run("drop table if exists temp.day");
}

async function workOut(
  session: DuckSession,
  tables: Tables,
  staged: StagedImport,
  options: PublishOptions,
): Promise<{ diff: ImportDiff; change: Change; plan: PublishPlan }> {
  const [next] = await session.rows(
    `select (select coalesce(max(seq), 0) + 1 from ${tables.imports}) as seq,
       coalesce((select level from ${tables.levels} where name = $1),
         (select coalesce(max(level), 0) + 1 from ${tables.levels})) as level`,
    [staged.level],
  );
  const plan: PublishPlan = {
    seq: Number(next!.seq),
    level: Number(next!.level),
    mode: options.mode,
    provisionalFrom: options.provisionalFrom,
  };
  const change = await planPublish(session, tables, staged, plan);
  await listDays(session, tables, change);
  const diff = await countDiff(session, tables, change);
  const missing = plan.mode === "replace" ? diff.removed : await countMissing(session, tables, staged, change);
  return { diff: { ...diff, missing }, change, plan };
}

/** Every row leaves a claim, unchanged ones too, and so does every row that a replacing import removes. */
async function addClaims(session: DuckSession, tables: Tables, change: Change): Promise<void> {
  await session.run(
    change.fresh
      ? `insert into ${tables.claims} select _key, ${change.own?.import}, ${change.own?.import} from ${change.source}`
      : `insert into ${tables.claims} select _key, import, content from change`,
  );
}

async function addLevel(session: DuckSession, tables: Tables, name: string, level: number): Promise<void> {
  const { grain, columns } = parseLevel(name);
  await session.run(
    `insert into ${tables.levels} select $1, $2, $3, coalesce(string_split(nullif($4, ''), '+'), []::varchar[])
     where not exists (select 1 from ${tables.levels} where name = $2)`,
    [level, name, grain, columns.join("+")],
  );
}
