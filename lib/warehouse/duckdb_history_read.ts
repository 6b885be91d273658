/** Hands over what DuckDB holds of a dataset's history. Imports are told by the version that first published them. */
import { type DuckRow, type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import { accountExpression, platformExpression } from "@/lib/duckdb/row_keys.ts";
import { columnsOf, type Tables } from "./duckdb_tables.ts";
import { emptyPart, type HistoryAct, type HistoryOutline, type HistoryPart, keptFrom, runsOf } from "./history.ts";
import { labelPairs } from "./label_pairs.ts";

type Reader = Pick<DuckSession, "rows">;

/** Row versions and claims of a part. */
const PART_ROWS = 20_000;
/** Names are looked for in the rows, so it pays to look for those of many imports at a time. */
const NAMED_CLAIMS = 200_000;

const KEY = "lpad(lower(hex(_key)), 32, '0')";
const TYPES: Record<string, HistoryOutline["columns"][number]["type"]> = {
  DATE: "date",
  VARCHAR: "text",
  BIGINT: "int64",
};

/** What happened. */
export async function readDuckOutline(session: Reader, tables: Tables): Promise<HistoryOutline> {
  const acts = await readActs(session, tables);
  const [floor] = await session.rows(
    `select coalesce(min(version) filter (not compacted), 0) as kept from ${tables.versions}`,
  );
  const levels = await session.rows(`select level, name, grain, columns from ${tables.levels} order by level`);
  const columns = [...await columnsOf(session, tables.rows)].filter(([name]) => !name.startsWith("_"));
  return {
    version: acts.at(-1)?.version ?? 0,
    kept: keptFrom(Number(floor!.kept), acts.map(({ version }) => version)),
    levels: levels.map((row) => ({
      level: Number(row.level),
      name: String(row.name),
      grain: String(row.grain),
      columns: (row.columns as string[]).map(String),
    })),
    columns: acts.length === 0
      ? []
      : columns.map(([name, type]) => ({ name, type: TYPES[type]! })).sort((a, b) => a.name < b.name ? -1 : 1),
    acts,
  };
}

async function readActs(session: Reader, tables: Tables): Promise<HistoryAct[]> {
  const rows = await session.rows(
    `select v.version, v."at" as moment, v.import, v.action, v.result::varchar as result, i.version as first, i.level, v.whole,
       i.provisional_from::varchar as provisional, i.sealed,
       coalesce((select list(t.day::varchar order by t.day) from ${tables.touched} t where t.version = v.version), [])
         as touched
     from ${tables.versions} v join ${tables.imports} i on i.id = v.import order by v.version`,
  );
  return rows.map((row) => ({
    version: Number(row.version),
    at: String(row.moment),
    action: row.action as HistoryAct["action"],
    import: String(row.import),
    first: Number(row.first),
    level: Number(row.level),
    provisionalFrom: row.provisional === null ? null : String(row.provisional),
    touched: (row.touched as string[]).map(String),
    result: String(row.result),
    sealed: row.action === "publish" && row.sealed === true,
    ...row.whole === null ? {} : { whole: Number(row.whole) },
  }));
}

/** The facts, in parts. */
export async function* readDuckParts(
  session: Reader,
  tables: Tables,
  from: number,
): AsyncGenerator<HistoryPart> {
  const firsts = await readFirsts(session, tables);
  const batches = await nameBatches(session, tables);
  const places = await readPlaces(session, tables);
  let index = 0;
  for (const { column, id, imports } of batches) {
    if (index >= from) yield { ...emptyPart(index), names: await readNames(session, tables, { column, id, imports }) };
    index++;
  }
  if (index >= from) yield { ...emptyPart(index), labels: await readLabels(session, tables, firsts) };
  index++;
  for (const place of places) {
    if (index >= from) yield await readPlace(session, tables, firsts, { index, ...place });
    index++;
  }
}

interface Place {
  level: number;
  first: string;
  last: string;
}

/** Days of each level, cut where some thousand row versions and claims have come together. */
async function readPlaces(session: Reader, tables: Tables): Promise<Place[]> {
  const days = await session.rows(
    `with known as (select _level as level, ${tables.time} as day, _key, count(*) as n from ${tables.rows} group by all),
       claim as (select _key, count(*) as n from ${tables.claims} group by all),
       held as (select k.level, k.day, k.n + coalesce(c.n, 0) as n from known k left join claim c on c._key = k._key
         union all select level, day, 0 from ${tables.coverageHistory})
     select level, day::varchar as day, sum(n)::bigint as n from held group by all order by level, day`,
  );
  const byLevel = Map.groupBy(days, (row) => Number(row.level));
  return [...byLevel].flatMap(([level, rows]) =>
    runsOf(rows, (row) => Number(row.n), PART_ROWS).map((run) => ({
      level,
      first: String(run[0]!.day),
      last: String(run.at(-1)!.day),
    }))
  );
}

async function readPlace(
  session: Reader,
  tables: Tables,
  firsts: Map<number, number>,
  { index, level, first, last }: Place & { index: number },
): Promise<HistoryPart> {
  const there = `between '${first}'::date and '${last}'::date`;
  const { dataset } = tables.ref;
  const columns = tables.ref.dataset.columns.filter((c) => tables.stored.includes(c.name) && c.role !== "time");
  const cells = columns.map(({ name, type }, i) =>
    `, ${identifier(name)}${type === "date" ? "::varchar" : ""} as c${i}`
  );
  const rows = await session.rows(
    `select ${KEY} as key, _content, _import, _from, _to, _until::varchar as _until, _provisional,
       ${tables.time}::varchar as day, ${platformExpression(dataset, tables.stored)} as platform,
       ${accountExpression(dataset, tables.stored)} as account ${cells.join("")}
     from ${tables.rows} where _level = ${level} and ${tables.time} ${there}`,
  );
  // A claim that removed a row of which no version is left says nothing to any later act, and so it stays behind.
  const claims = await session.rows(
    `select ${KEY} as key, c._import, c._content, k.day::varchar as day from ${tables.claims} c
     join (select distinct _key as known, ${tables.time} as day from ${tables.rows}
       where _level = ${level} and ${tables.time} ${there}) k on k.known = c._key`,
  );
  const coverage = await session.rows(
    `select platform, account, day::varchar as day, import, rows, provisional, _from, _to from (
       select * exclude (_to), _to from ${tables.coverageHistory}
       union all by name select *, null::integer as _to from ${tables.coverage})
     where level = ${level} and day ${there}`,
  );
  const seq = (cell: unknown) => firsts.get(Number(cell))!;
  return {
    ...emptyPart(index, level),
    rows: rows.map((row) => ({
      key: String(row.key),
      content: seq(row._content),
      import: seq(row._import),
      from: Number(row._from),
      to: endOf(row),
      day: String(row.day),
      until: String(row._until),
      provisional: row._provisional === true,
      platform: String(row.platform),
      account: String(row.account),
      values: valuesOf(columns.map((c) => c.name), row),
    })),
    claims: claims.map((row) => ({
      key: String(row.key),
      day: String(row.day),
      import: seq(row._import),
      content: Number(row._content) === 0 ? 0 : seq(row._content),
    })),
    coverage: coverage.map((row) => ({
      platform: String(row.platform),
      account: String(row.account),
      day: String(row.day),
      import: seq(row.import),
      rows: Number(row.rows),
      provisional: row.provisional === true,
      from: Number(row._from),
      to: endOf(row),
    })),
  };
}

function endOf(row: DuckRow): number | null {
  return row._to === null ? null : Number(row._to);
}

function valuesOf(columns: string[], row: DuckRow): Record<string, string | bigint> {
  const values: Record<string, string | bigint> = {};
  for (const [i, name] of columns.entries()) {
    const value = row[`c${i}`];
    if (value !== null && value !== undefined) values[name] = value as string | bigint;
  }
  return values;
}

/** Import number → the version that first published it. */
async function readFirsts(session: Reader, tables: Tables): Promise<Map<number, number>> {
  const rows = await session.rows(`select seq, version from ${tables.imports}`);
  return new Map(rows.map((row) => [Number(row.seq), Number(row.version)]));
}

interface NameBatch {
  column: string;
  id: string;
  imports: { first: number; last: number };
}

async function nameBatches(session: Reader, tables: Tables): Promise<NameBatch[]> {
  const claims = await session.rows(
    `select _import as seq, count(*) as n from ${tables.claims} group by all order by seq`,
  );
  const runs = runsOf(claims, (row) => Number(row.n), NAMED_CLAIMS);
  return labelPairs(tables.ref.dataset, tables.stored).flatMap(({ id, name }) =>
    runs.map((run) => ({
      column: name,
      id,
      imports: { first: Number(run[0]!.seq), last: Number(run.at(-1)!.seq) },
    }))
  );
}

/** What some imports call the ids of a column: of several names of one import, that of its latest day. */
async function readNames(session: Reader, tables: Tables, { column, id, imports }: NameBatch) {
  const { dataset } = tables.ref;
  const [idCell, nameCell] = [`r.${identifier(id)}`, `r.${identifier(column)}`];
  const rows = await session.rows(
    `select first, platform, account, id, arg_max(name, (day, name)) as name from (
       select i.version as first, ${platformExpression(dataset, tables.stored, "r")} as platform,
         ${accountExpression(dataset, tables.stored, "r")} as account, ${idCell}::varchar as id,
         ${nameCell}::varchar as name, max(r.${tables.time}) as day
       from ${tables.claims} c join ${tables.rows} r on r._key = c._key and r._content = c._content
         join ${tables.imports} i on i.seq = c._import
       where c._import between ${imports.first} and ${imports.last} and ${idCell} is not null and ${nameCell} is not null
       group by all
     ) group by all order by first, platform, account, id`,
  );
  return rows.map((row) => ({
    column,
    import: Number(row.first),
    platform: String(row.platform),
    account: String(row.account),
    id: String(row.id),
    name: String(row.name),
  }));
}

async function readLabels(session: Reader, tables: Tables, firsts: Map<number, number>) {
  const rows = await session.rows(
    `select name_column, platform, account, id, label, import from ${tables.labels}
     order by name_column, platform, account, id`,
  );
  return rows.map((row) => ({
    column: String(row.name_column),
    import: firsts.get(Number(row.import))!,
    platform: String(row.platform),
    account: String(row.account),
    id: String(row.id),
    name: String(row.label),
  }));
}
