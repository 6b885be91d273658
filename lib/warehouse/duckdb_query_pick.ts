import { identifier } from "@/lib/duckdb/duckdb.ts";
import { timeColumn } from "@/lib/model/mod.ts";
import type { FactQuery } from "./mod.ts";
import { compileFilter } from "./duckdb_query_filter.ts";
import { isDaily, levelHolds, type LevelInfo } from "./query_levels.ts";
import type { StatementParams } from "./duckdb_query_params.ts";
import { levelNumber, ownerColumns, type QueryContext, tableOf, truncate, visible } from "./duckdb_query_context.ts";
import { neededAttributes, neededColumns } from "./known_facts.ts";

/**
 * Which level answers for which platform × account × day: the fewest columns that hold every dimension asked for or
 * filtered by, ties to the latest import; where none holds them the coarsest that can be filtered. Rows that span a
 * period come last: only where the question's unit holds the whole period and no chosen day lies in it.
 * The last of the answered table expressions is `pick(platform, account, day, until, level)`.
 */
export function compilePick(context: QueryContext, query: FactQuery, params: StatementParams): string[] {
  const usable = context.levels.filter((level) => isFilterable(context, query, level));
  const daily = usable.filter(isDaily);
  const spans = usable.filter((level) => !isDaily(level));
  const ctes = [levelTable(context, query, "lv", usable)];
  ctes.push(
    `cell as (${compileCells(context, query, params, daily)})`,
    `day_pick as (select platform, account, day, day as until, level from cell join lv using (level) ` +
      `qualify row_number() over (partition by platform, account, day ` +
      `order by holds desc, attributes desc, width, import desc, level) = 1)`,
  );
  if (spans.length === 0) return [...ctes, `pick as (select * from day_pick)`];
  ctes.push(
    `span as (${compileSpans(context, query, params, spans, "inside")})`,
    `span_fit as (select s.*, row_number() over (order by holds desc, attributes desc, (until - day) desc, width, ` +
      `import desc, level, day, platform, account) as place from span s join lv using (level) ` +
      `where ${oneUnit(context, query, "s")} and not exists (select 1 from day_pick d where d.platform = s.platform ` +
      `and d.account = s.account and d.day between s.day and s.until))`,
    // Two periods that overlap would count days twice: the better placed one stays.
    `span_pick as (select platform, account, day, until, level from span_fit s where not exists (select 1 ` +
      `from span_fit b where b.platform = s.platform and b.account = s.account and b.place < s.place ` +
      `and b.day <= s.until and b.until >= s.day))`,
    `pick as (select * from day_pick union all select * from span_pick)`,
  );
  return ctes;
}

/**
 * What the choice of levels leaves out: `kind` `filter` (days whose levels all lack a filtered dimension) and `span`
 * (periods that do not fit the question), per platform. Null where nothing can be left out.
 */
export function compileLeftOut(context: QueryContext, query: FactQuery, params: StatementParams): string | null {
  const daily = context.levels.filter(isDaily);
  const spans = context.levels.filter((level) => !isDaily(level));
  const blocked = daily.filter((level) => !isFilterable(context, query, level));
  if (blocked.length === 0 && spans.length === 0) return null;
  const ctes = compilePick(context, query, params);
  const parts: string[] = [];
  // Only the platform can be told without looking at rows; every other condition may hold for what is left out.
  const mayMatch = query.where
    ? compileFilter({
      dataset: context.dataset,
      params,
      expression: (name) => name === "platform" ? "nullif(x.platform, '')" : null,
    }, query.where)
    : "true";
  if (blocked.length > 0) {
    ctes.push(`blocked as (${compileCells(context, query, params, blocked)})`);
    parts.push(
      `select 'filter' as kind, x.platform, min(x.day)::varchar as first, max(x.day)::varchar as last from blocked x where ${mayMatch} ` +
        `and not exists (select 1 from pick p where p.platform = x.platform and p.account = x.account ` +
        `and x.day between p.day and p.until) group by 2`,
    );
  }
  if (spans.length > 0) {
    ctes.push(`any_span as (${compileSpans(context, query, params, spans, "touching")})`);
    // Days of the period that something else answers for; a period wholly answered for is not missing.
    parts.push(
      `select 'span' as kind, x.platform, min(x.day)::varchar as first, max(x.until)::varchar as last from any_span x ` +
        `where ${mayMatch} and (select count(*) from generate_series(x.day::timestamp, x.until::timestamp, ` +
        `interval 1 day) t(d) where not exists (select 1 from pick p where p.platform = x.platform ` +
        `and p.account = x.account and t.d::date between p.day and p.until)) > 0 group by 2`,
    );
  }
  return `with ${ctes.join(", ")} ${parts.join(" union all ")} order by 1, 2`;
}

function isFilterable(context: QueryContext, query: FactQuery, level: LevelInfo): boolean {
  return neededColumns(query).filtered.every((name) => levelHolds(context.dataset, level, name));
}

function levelTable(context: QueryContext, query: FactQuery, name: string, levels: LevelInfo[]): string {
  const { asked, filtered } = neededColumns(query);
  const rows = levels.map((level) => {
    const holds = [...asked, ...filtered].every((column) => levelHolds(context.dataset, level, column));
    return `(${levelNumber(level.level)}, ${level.columns.length}, ${holds})`;
  });
  const values = rows.length ? `values ${rows.join(", ")}` : "select 0, 0, false where false";
  return `${name}(level, width, holds) as (${values})`;
}

/** Platform × account × day × level, from the coverage of the version or, where attributes matter, from the rows. */
function compileCells(context: QueryContext, query: FactQuery, params: StatementParams, levels: LevelInfo[]): string {
  const attributes = neededAttributes(context, query);
  const numbers = levels.map(({ level }) => levelNumber(level)).join(", ");
  if (attributes.length === 0) {
    const conditions = [levels.length ? `c.level in (${numbers})` : "false"];
    if (query.from !== null) conditions.push(`c.day >= ${params.add(query.from, "date")}`);
    if (query.to !== null) conditions.push(`c.day <= ${params.add(query.to, "date")}`);
    return `select c.platform, c.account, c.day, c.level, c.import, 0 as attributes ` +
      `from ${coverageAt(context, query, params)} c where ${conditions.join(" and ")}`;
  }
  const day = `r.${identifier(timeColumn(context.dataset).name)}`;
  const conditions = [visible(context, query, "r", params), levels.length ? `r._level in (${numbers})` : "false"];
  if (query.from !== null) conditions.push(`${day} >= ${params.add(query.from, "date")}`);
  if (query.to !== null) conditions.push(`${day} <= ${params.add(query.to, "date")}`);
  return selectCells(context, attributes, day, day, conditions);
}

/** Coverage at the query's version. What ended since lies in the history; both say from when a row of theirs holds. */
function coverageAt(context: QueryContext, query: FactQuery, params: StatementParams): string {
  const coverage = tableOf(context, "coverage");
  if (query.version >= context.currentVersion) return coverage;
  const version = params.add(BigInt(query.version), "bigint");
  const columns = "platform, account, day, level, import";
  return `(select ${columns} from ${coverage} where _from <= ${version} union all select ${columns} ` +
    `from ${tableOf(context, "coverage_history")} where _from <= ${version} and _to > ${version})`;
}

/** Platform × account × period × level of rows that span a period, inside the range or touching it. */
function compileSpans(
  context: QueryContext,
  query: FactQuery,
  params: StatementParams,
  levels: LevelInfo[],
  how: "inside" | "touching",
): string {
  const day = `r.${identifier(timeColumn(context.dataset).name)}`;
  const [first, last] = how === "inside" ? [day, "r._until"] : ["r._until", day];
  const numbers = levels.map(({ level }) => levelNumber(level)).join(", ");
  const conditions = [visible(context, query, "r", params), `r._level in (${numbers})`];
  if (query.from !== null) conditions.push(`${first} >= ${params.add(query.from, "date")}`);
  if (query.to !== null) conditions.push(`${last} <= ${params.add(query.to, "date")}`);
  return selectCells(context, neededAttributes(context, query), day, "r._until", conditions);
}

function selectCells(
  context: QueryContext,
  attributes: string[],
  day: string,
  until: string,
  conditions: string[],
): string {
  const { platform, account } = ownerColumns(context, "r");
  const carried = attributes.map((name) => `(count(r.${identifier(name)}) > 0)::integer`).join(" + ") || "0";
  const last = until === day ? "" : `${until} as until, `;
  return `select ${platform} as platform, ${account} as account, ${day} as day, ${last}r._level as level, ` +
    `max(r._import) as import, ${carried} as attributes from ${tableOf(context, "rows")} r ` +
    `where ${conditions.join(" and ")} group by all`;
}

/** Whether a period lies in one unit of every time group. */
function oneUnit(context: QueryContext, query: FactQuery, alias: string): string {
  const time = timeColumn(context.dataset).name;
  const grains = query.groups.filter((group) => group.column === time).map((group) => group.grain ?? "day");
  return grains.map((grain) => `${truncate(`${alias}.day`, grain)} = ${truncate(`${alias}.until`, grain)}`)
    .join(" and ") || "true";
}
