/** Facts in an embedded store as it lays them out, made by plain SQL: what questions are tested against. */
import { Duck, identifier } from "@/lib/duckdb/duckdb.ts";
import { type Dataset, timeColumn } from "@/lib/model/mod.ts";
import { type QueryContext, runFactQuery } from "@/lib/warehouse/duckdb_query.ts";
import type { LevelInfo } from "@/lib/warehouse/query_levels.ts";
import type { DatasetState, Warehouse } from "@/lib/warehouse/mod.ts";

/** One stored row version. Decimals are stored integers, as in the store. */
export interface FactRow {
  level: number;
  import: number;
  from: number;
  to: number | null;
  /** Last day covered; the row's own day where it is left out. */
  until?: string;
  provisional?: boolean;
  values: Record<string, string | bigint | null>;
}

/** A dataset's rows and levels. */
export interface Facts {
  dataset: Dataset;
  levels: LevelInfo[];
  version: number;
  rows: FactRow[];
  rollups?: QueryContext["rollups"];
}

const TYPES = { date: "date", text: "varchar", integer: "bigint", decimal: "bigint" } as const;
const SCHEMA = "ws_default";

/** Makes the tables of one dataset and answers what the compiler has to know about them. */
export async function createFactTables(duck: Duck, facts: Facts): Promise<QueryContext> {
  const { dataset, levels, version } = facts;
  const table = (suffix: string) => `${SCHEMA}.${identifier(`${dataset.id}_${suffix}`)}`;
  await duck.run(`create schema if not exists ${SCHEMA}`);
  for (const suffix of ["rows", "coverage", "coverage_history", "labels"]) {
    await duck.run(`drop table if exists ${table(suffix)}`);
  }
  const columns = dataset.columns.map(({ name, type }) => `${identifier(name)} ${TYPES[type]}`);
  await duck.run(
    `create table ${table("rows")} (_key hugeint not null, _content hugeint not null, _level smallint not null, ` +
      `_import integer not null, _from integer not null, _to integer, _until date not null, ` +
      `_provisional boolean not null, ${columns.join(", ")})`,
  );
  const time = timeColumn(dataset).name;
  for (let start = 0; start < facts.rows.length; start += 200) {
    const part = facts.rows.slice(start, start + 200);
    const params: (string | bigint | number | boolean | null)[] = [];
    const add = (value: string | bigint | number | boolean | null, type: string) => `$${params.push(value)}::${type}`;
    const rows = part.map((row, i) => {
      const cells = dataset.columns.map(({ name, type }) => add(row.values[name] ?? null, TYPES[type]));
      const own = [
        String(start + i),
        "0",
        add(row.level, "smallint"),
        add(row.import, "integer"),
        add(row.from, "integer"),
        add(row.to, "integer"),
        add(row.until ?? row.values[time] ?? null, "date"),
        add(row.provisional ?? false, "boolean"),
      ];
      return `(${[...own, ...cells].join(", ")})`;
    });
    await duck.run(`insert into ${table("rows")} values ${rows.join(", ")}`, params);
  }
  for (const sql of derivedTables(dataset, table, levels, version)) await duck.run(sql);
  const days = facts.rows
    .filter((row) => row.provisional && row.to === null && row.from <= version && isDaily(levels, row))
    .map((row) => String(row.values[time])).sort();
  const [from = "", to = ""] = [days[0], days.at(-1)];
  const provisional = days.length ? { from, to } : null;
  return { schema: SCHEMA, dataset, levels, rollups: facts.rollups ?? [], currentVersion: version, provisional };
}

function isDaily(levels: LevelInfo[], row: FactRow): boolean {
  return levels.some(({ level, grain }) => level === row.level && grain === "day");
}

function derivedTables(
  dataset: Dataset,
  table: (suffix: string) => string,
  levels: LevelInfo[],
  version: number,
): string[] {
  const has = (name: string) => dataset.columns.some((column) => column.name === name);
  const time = identifier(timeColumn(dataset).name);
  const platform = has("platform") ? "coalesce(platform, '')" : "''";
  const accounts = ["account_id", "account"].filter(has);
  const account = accounts.length ? `coalesce(${accounts.join(", ")}, '')` : "''";
  const daily = levels.filter(({ grain }) => grain === "day").map(({ level }) => level);
  const inDaily = daily.length ? `_level in (${daily.join(", ")})` : "false";
  const labels = dataset.columns.flatMap(({ name, labels }) =>
    labels
      ? [
        `select '${name}' as name_column, ${platform} as platform, ${account} as account, ${labels} as id, ` +
        `arg_max(${name}, row(_import, ${time}, ${name})) as label, max(_import) as import from ${table("rows")} ` +
        `where _to is null and ${labels} is not null and ${name} is not null group by all`,
      ]
      : []
  );
  const none =
    "select '' as name_column, '' as platform, '' as account, '' as id, '' as label, 0 as import where false";
  const coverageAt = (v: number) =>
    `select ${platform} as platform, ${account} as account, ${time} as day, _level as level, max(_import) as import, ` +
    `count(*) as rows, bool_or(_provisional) as provisional, ${v} as _from from ${table("rows")} ` +
    `where _from <= ${v} and (_to is null or _to > ${v}) and ${inDaily} group by all`;
  const older = Array.from(
    { length: Math.max(version - 1, 0) },
    (_, i) => `select *, ${i + 2} as _to from (${coverageAt(i + 1)})`,
  );
  return [
    `create table ${table("coverage")} as ${coverageAt(version)}`,
    `create table ${table("coverage_history")} as ${
      older.join(" union all ") || `select *, 0 as _to from ${table("coverage")} where false`
    }`,
    `create table ${table("labels")} as ${labels.join(" union all ") || none}`,
  ];
}

/** The parts of a warehouse that questions need, over such tables. */
export function factWarehouse(
  duck: Duck,
  contexts: Record<string, QueryContext>,
  versions: Record<string, number> = {},
): Warehouse {
  const contextOf = (id: string): QueryContext => {
    const context = contexts[id];
    if (!context) throw new TypeError(`Cannot find dataset "${id}" in the fixture`);
    return context;
  };
  const parts: Pick<Warehouse, "state" | "query" | "versionAsOf"> = {
    state: ({ dataset }) => readState(duck, contextOf(dataset.id)),
    query: ({ dataset }, query) => runFactQuery(duck, { ...contextOf(dataset.id), dataset }, query),
    versionAsOf: (_ref, asOf) => Promise.resolve(versions[asOf] ?? (/^\d+$/.test(asOf) ? Number(asOf) : 0)),
  };
  return parts as Warehouse;
}

async function readState(duck: Duck, { dataset, currentVersion, levels, schema }: QueryContext): Promise<DatasetState> {
  const rows = `${schema}.${identifier(`${dataset.id}_rows`)}`;
  const time = identifier(timeColumn(dataset).name);
  const [span] = await duck.rows(
    `select min(${time})::varchar as first, max(${time})::varchar as last, count(*) as n from ${rows} where _to is null`,
  );
  const hasCurrency = dataset.columns.some(({ name }) => name === "currency");
  const currencies = hasCurrency
    ? await duck.rows(`select distinct currency from ${rows} where _to is null and currency is not null order by 1`)
    : [];
  const range = typeof span?.first === "string" && typeof span.last === "string"
    ? { from: span.first, to: span.last }
    : null;
  return {
    version: currentVersion,
    asOf: currentVersion ? "2026-03-01T06:00:00.000Z" : null,
    rows: Number(span?.n ?? 0),
    range,
    levels: levels.map(({ name, grain, columns }) => ({ level: name, grain, columns, rows: 0 })),
    accounts: [],
    currencies: currencies.map(({ currency }) => String(currency)),
  };
}
