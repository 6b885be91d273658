/**
 * What an act (publish, rollback, restore) changes, worked out before anything is written: one temporary table with one
 * line per row concerned. Preview and publish read the same table, so they cannot tell different things.
 */
import type { DuckSession } from "@/lib/duckdb/duckdb.ts";
import { accountExpression, contentExpression, platformExpression } from "@/lib/duckdb/row_keys.ts";
import type { StagedImport } from "./duckdb_stage.ts";
import { literal, type Tables } from "./duckdb_tables.ts";

/**
 * A worked-out change. The table `change` has: `_key`; `src`, the rowid of the new values in `source` (null: the row
 * ends); `old`, the rowid of the open row version (null: there is none); `same`, both have the same values; `keep`, the
 * open version stays as it is; `content` and `import` of the new version; `provisional`.
 */
export interface Change {
  /** Where new values stand: the staged table or the rows. */
  source: string;
  /** The dataset's columns that the source has. */
  columns: string[];
  level: number;
  /** All source rows are new and nothing ends, so there is no `change` table: everything is read from the source. */
  fresh: boolean;
  /** On a publish: the import's number, and the expression over the source that tells which rows are provisional. */
  own: { import: number; provisional: string } | null;
}

/** How a publish is worked out. */
export interface PublishPlan {
  seq: number;
  level: number;
  mode: "merge" | "replace";
  provisionalFrom: string | null;
}

/** Works out what publishing would do. */
export async function planPublish(
  session: DuckSession,
  tables: Tables,
  staged: StagedImport,
  plan: PublishPlan,
): Promise<Change> {
  const { seq, level } = plan;
  const provisional = plan.provisionalFrom ? `_until >= ${literal(plan.provisionalFrom)}::date` : "false";
  const change: Change = {
    source: staged.table,
    columns: staged.columns,
    level,
    fresh: false,
    own: { import: seq, provisional },
  };
  const inScope = await scopeOf(session, tables, staged, level);
  const [present] = await session.rows(`select count(*) as n from ${tables.rows} where ${inScope}`);
  if (present!.n === 0n) return { ...change, fresh: true };

  const { dataset } = tables.ref;
  const hash = (columns: string[]) => `hash(${contentExpression(dataset, columns)}, _until)`;
  await session.run(`
    create or replace temp table change as
    select s._key, s.src, r.old, coalesce(s.h = r.h, false) as same, coalesce(s.h = r.h and s.p = r.p, false) as keep,
      case when s.h = r.h then r._content else ${seq} end::integer as content, ${seq}::integer as import, s.p as provisional
    from (select rowid as src, _key, ${hash(staged.columns)} as h, ${provisional} as p from ${staged.table}) s
    left join (
      select rowid as old, _key, _content, _provisional as p, ${hash(tables.stored)} as h
      from ${tables.rows} where _to is null and ${inScope}
    ) r on r._key = s._key`);
  if (plan.mode === "replace") await planAbsent(session, tables, staged, plan, inScope);
  return change;
}

/**
 * A replacing import removes every row of its platforms, accounts, level and range that it does not have. A row that is
 * not visible now (its import is rolled back) is removed too, or restoring that import would bring it back.
 */
async function planAbsent(
  session: DuckSession,
  tables: Tables,
  staged: StagedImport,
  plan: PublishPlan,
  inScope: string,
): Promise<void> {
  await session.run(`
    insert into change
    select _key, null, max(case when _to is null then rowid end), false, bool_and(_to is not null), 0, ${plan.seq}, false
    from ${tables.rows}
    where ${inScope} and ${spokenFor(tables, staged)} and _key not in (select _key from ${staged.table})
    group by _key`);
}

/** How many rows that stand a merging import speaks for and lacks. Needs the change that `planPublish` worked out. */
export async function countMissing(
  session: DuckSession,
  tables: Tables,
  staged: StagedImport,
  change: Change,
): Promise<number> {
  if (change.fresh) return 0;
  const inScope = await scopeOf(session, tables, staged, change.level);
  const [row] = await session.rows(
    `select count(*) as n from ${tables.rows} where _to is null and ${inScope} and ${spokenFor(tables, staged)}
       and rowid not in (select old from change where old is not null)`,
  );
  return Number(row!.n);
}

/** Rows of the platforms and accounts of an import, up to where it reaches. */
function spokenFor(tables: Tables, staged: StagedImport): string {
  const to = staged.to ? `_until <= ${literal(staged.to)}::date and ` : "";
  const [standing, own] = [owner(tables, tables.stored), owner(tables, staged.columns)];
  return `${to}(${standing}) in (select distinct ${own} from ${staged.table})`;
}

/** Rows of a level from the first day of an import to its last. */
async function scopeOf(session: DuckSession, tables: Tables, staged: StagedImport, level: number): Promise<string> {
  const scope = await stagedScope(session, tables, staged);
  return scope === null ? "false" : `_level = ${level} and ${tables.time} between ${scope.from} and ${scope.to}`;
}

/** Works out what counting an import's claims no longer, or again, does. Its state in `imports` is the new one already. */
export async function planTurn(
  session: DuckSession,
  tables: Tables,
  turned: { seq: number; level: number },
): Promise<Change> {
  const columns = tables.stored;
  const hash = `hash(${contentExpression(tables.ref.dataset, columns)}, _until)`;
  await session.run(`
    create or replace temp table change as
    with concerned as (select _key from ${tables.claims} where _import = ${turned.seq}),
    winner as (
      select c._key, max(c._import) as import, arg_max(c._content, c._import) as content
      from ${tables.claims} c join ${tables.imports} i on i.seq = c._import
      where i.state = 'published' and c._key in (select _key from concerned)
      group by c._key
    ),
    stored as (
      select rowid as id, _key, _content, _to, _until, _provisional, ${hash} as h
      from ${tables.rows} where _level = ${turned.level} and _key in (select _key from concerned)
    ),
    source as (
      select w._key, w.import, w.content, min(s.id) as src, any_value(s.h) as h,
        coalesce(any_value(s._until) >= any_value(i.provisional_from), false) as p
      from winner w join stored s on s._key = w._key and s._content = w.content
        join ${tables.imports} i on i.seq = w.import
      group by w._key, w.import, w.content
    ),
    open as (select id as old, _key, _content, _provisional as p, h from stored where _to is null)
    select c._key, s.src, o.old, coalesce(s.h = o.h, false) as same,
      coalesce(s.h = o.h and s.p = o.p, s.src is null and o.old is null) as keep,
      coalesce(s.content, 0)::integer as content, coalesce(s.import, 0)::integer as import, coalesce(s.p, false) as provisional
    from concerned c left join source s on s._key = c._key left join open o on o._key = c._key`);
  return { source: tables.rows, columns, level: turned.level, fresh: false, own: null };
}

async function stagedScope(session: DuckSession, tables: Tables, staged: StagedImport) {
  const [row] = await session.rows(
    `select min(${tables.time})::varchar as first, max(${tables.time})::varchar as last from ${staged.table}`,
  );
  if (row!.first === null) return null;
  const days = [row!.first, row!.last, staged.from, staged.to].filter((day) => day !== null).map(String).sort();
  return { from: `${literal(days[0]!)}::date`, to: `${literal(days.at(-1)!)}::date` };
}

function owner(tables: Tables, columns: string[]): string {
  const { dataset } = tables.ref;
  return `${platformExpression(dataset, columns)}, ${accountExpression(dataset, columns)}`;
}
