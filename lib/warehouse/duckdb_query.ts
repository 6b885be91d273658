/**
 * Questions to the embedded warehouse: `compileFactQuery` writes the SQL (pure), `runFactQuery` asks it.
 * Values are parameters with casts, names pass `identifier()`; nothing that a person typed becomes text of a statement.
 * It does not read formulas, currencies or comparisons: `lib/query` takes those apart first.
 */
import { type DuckRow, type DuckSession } from "@/lib/duckdb/duckdb.ts";
import { timeColumn } from "@/lib/model/mod.ts";
import type { FactAggregate, FactFormula, FactGroup, FactQuery, FactRows } from "./mod.ts";
import { isSingleLevel, neededColumns, type QueryContext } from "./duckdb_query_context.ts";
import { isDaily, levelHolds, type LevelInfo, NOT_BROKEN_DOWN } from "./duckdb_query_levels.ts";
import { StatementParams } from "./duckdb_query_params.ts";
import { compileLeftOut } from "./duckdb_query_pick.ts";
import { chooseRollup } from "./duckdb_query_rollup.ts";
import { compileSource, type Source } from "./duckdb_query_source.ts";

export { type QueryContext, type RollupInfo } from "./duckdb_query_context.ts";
export { type LevelInfo, NOT_BROKEN_DOWN } from "./duckdb_query_levels.ts";

/** A statement with its values. */
export interface Statement {
  sql: string;
  params: StatementParams["values"];
}

/** A question as SQL. The statement itself answers rows, totals and count at once. */
export interface CompiledFactQuery extends Statement {
  /** Which levels answered and which days were provisional: `level, day, until`. */
  provenance: Statement;
  /** What the choice of levels left out: `kind, platform, n`; null where nothing can be. */
  leftOut: Statement | null;
  /** The rollup that answers, or null where the rows do. */
  rollup: string | null;
}

/** Writes the SQL of a question. */
export function compileFactQuery(context: QueryContext, query: FactQuery): CompiledFactQuery {
  const params = new StatementParams();
  const rollup = chooseRollup(context, query);
  const source = compileSource(context, query, params, rollup);
  const sql = compileMain(query, source, params);
  const leftOutParams = new StatementParams();
  const leftOut = isSingleLevel(context) ? null : compileLeftOut(context, query, leftOutParams);
  return {
    sql,
    params: params.values,
    provenance: compileProvenance(context, query),
    leftOut: leftOut === null ? null : { sql: leftOut, params: leftOutParams.values },
    rollup: rollup?.name ?? null,
  };
}

/** Asks a question. Reads one version, so its statements agree with one another whatever is published meanwhile. */
export async function runFactQuery(
  session: Pick<DuckSession, "rows">,
  context: QueryContext,
  query: FactQuery,
): Promise<FactRows> {
  const compiled = compileFactQuery(context, query);
  const found = await session.rows(compiled.sql, compiled.params);
  const provenance = await session.rows(compiled.provenance.sql, compiled.provenance.params);
  const leftOut = compiled.leftOut ? await session.rows(compiled.leftOut.sql, compiled.leftOut.params) : [];

  const rows = found.filter((row) => row._part !== 0);
  const summary = found.find((row) => row._part === 0);
  const answered = isSingleLevel(context)
    ? context.levels
    : context.levels.filter(({ level }) => provenance.some((row) => row.level === level));
  return {
    rows: rows.map((row) => readRow(row, query.groups, query.aggregates)),
    totals: query.totals ? readRow(summary ?? rows[0] ?? {}, [], query.aggregates) : null,
    count: summary ? Number(summary._count) : rows.length,
    levels: answered.map(({ name }) => name),
    provisional: provisionalDays(provenance, query),
    notices: [
      ...notAdditive(found, query.aggregates),
      ...notBrokenDown(context, query, answered),
      ...leftOutNotices(context, query, leftOut),
    ],
  };
}

/** How one aggregate is worked out per group (`inner`), over groups (`outer`), and shown. */
interface Part {
  aggregate: FactAggregate;
  alias: string;
  inner: string;
  /** Null where only the rows themselves can tell. */
  outer: string | null;
}

function compileMain(query: FactQuery, source: Source, params: StatementParams): string {
  const groups = query.groups.map((group, i) => ({ alias: `g${i}`, sql: compileGroup(group, source) }));
  const parts = query.aggregates.map((aggregate, i) => compilePart(aggregate, `a${i}`, source));
  const hasOnly = query.aggregates.some(({ fn }) => fn === "only");
  const inner = [
    ...groups.map(({ alias, sql }) => `${sql} as ${alias}`),
    ...parts.map(({ alias, inner }) => `${inner} as ${alias}`),
    ...parts.filter(({ aggregate }) => aggregate.fn === "only")
      .map(({ alias, aggregate }) => `${source.count(aggregate.column ?? "")} as ${alias}n`),
    ...(hasOnly ? ["count(*) as n"] : []),
    // A statement without any column is none; a question always has at least one metric, but be sure.
    ...(groups.length + parts.length === 0 ? ["count(*) as n"] : []),
  ];
  const groupBy = groups.length ? ` group by ${groups.map((_, i) => i + 1).join(", ")}` : "";
  const body = `from ${source.from} where ${source.where}`;
  const grouped = `select ${inner.join(", ")} ${body}${groupBy}`;
  const order = compileOrder(query, parts, params);
  const shown = [...groups.map(({ alias }) => `${alias}::varchar as ${alias}`), ...parts.flatMap(showPart)];

  const sliced = query.limit !== null || query.offset > 0;
  const summary = sliced || (query.totals && groups.length > 0);
  if (!summary) {
    return `with ${[...source.ctes, `g as (${grouped})`].join(", ")} ` +
      `select ${shown.join(", ")} from g${order ? ` order by ${order}` : ""}`;
  }
  const slice = [
    query.limit === null ? "" : ` limit ${wholeNumber(query.limit)}`,
    query.offset > 0 ? ` offset ${wholeNumber(query.offset)}` : "",
  ].join("");
  const totals = parts.map(({ alias, outer, inner }) => `${outer ?? `(select ${inner} ${body})`} as ${alias}`);
  for (const { alias, aggregate } of parts) if (aggregate.fn === "only") totals.push(`sum(${alias}n) as ${alias}n`);
  if (hasOnly) totals.push("sum(n) as n");
  const ctes = [
    ...source.ctes,
    `g as materialized (${grouped})`,
    `t as (select count(*) as groups${totals.map((sql) => `, ${sql}`).join("")} from g)`,
    `s as (select * from g${order ? ` order by ${order}` : ""}${slice})`,
  ];
  const place = order ? `row_number() over (order by ${order})` : "row_number() over ()";
  const none = groups.map(({ alias }) => `null::varchar as ${alias}`);
  const totalsShown = [...none, ...parts.flatMap(showPart)];
  return `with ${ctes.join(", ")} ` +
    `select 0 as _part, groups as _count, 0 as _place${totalsShown.map((sql) => `, ${sql}`).join("")} from t ` +
    `union all select 1, 0, ${place}${shown.map((sql) => `, ${sql}`).join("")} from s order by 1, 3`;
}

function compileGroup(group: FactGroup, source: Source): string {
  return group.grain ? source.period(group.grain) : source.column(group.column);
}

function compilePart(aggregate: FactAggregate, alias: string, source: Source): Part {
  const part = (inner: string, outer: string | null) => ({ aggregate, alias, inner, outer });
  if (aggregate.fn === "count_rows") return part(source.countRows, `coalesce(sum(${alias}), 0)`);
  if (aggregate.column === undefined) throw new TypeError(`Cannot compile ${aggregate.fn}: it needs a column`);
  switch (aggregate.fn) {
    case "sum":
      return part(`sum(${source.column(aggregate.column)})`, `sum(${alias})`);
    case "count":
      return part(source.count(aggregate.column), `coalesce(sum(${alias}), 0)`);
    case "count_distinct":
      return part(`count(distinct ${source.column(aggregate.column)})`, null);
    case "min":
      return part(`min(${source.column(aggregate.column)})`, `min(${alias})`);
    case "max":
    case "only":
      return part(`max(${source.column(aggregate.column)})`, `max(${alias})`);
  }
}

/** The columns of an aggregate in the answer; `x` tells that a value was held back because several rows stand behind. */
function showPart({ aggregate, alias }: Part): string[] {
  if (aggregate.fn !== "only") return [alias];
  return [`case when n = 1 then ${alias} end as ${alias}`, `(n > 1 and ${alias}n > 0) as ${alias}x`];
}

function compileOrder(query: FactQuery, parts: Part[], params: StatementParams): string {
  const keys = query.order.map(({ by, direction }) => {
    const way = direction === "desc" ? "desc" : "asc";
    if ("formula" in by) return `${compileFormula(by.formula, parts, params)} ${way} nulls last`;
    const index = query.groups.findIndex((group) => group.id === by.group);
    if (index < 0) throw new TypeError(`Cannot order by "${by.group}": the question has no such group`);
    return `g${index} ${way} nulls last`;
  });
  return [...keys, ...query.groups.map((_, i) => `g${i} asc nulls last`)].join(", ");
}

/** The same numbers divided as TypeScript divides them: doubles of exact sums. */
function compileFormula(formula: FactFormula, parts: Part[], params: StatementParams): string {
  if ("number" in formula) return params.add(formula.number, "double");
  if ("aggregate" in formula) {
    const part = parts.find(({ aggregate }) => aggregate.id === formula.aggregate);
    if (!part) {
      throw new TypeError(`Cannot order by aggregate "${formula.aggregate}": the question has none of that id`);
    }
    const value = part.aggregate.fn === "only" ? `case when n = 1 then ${part.alias} end` : part.alias;
    const double = `(${value})::double`;
    return formula.scale === 1 ? double : `(${double} / ${params.add(formula.scale, "double")})`;
  }
  const left = compileFormula(formula.left, parts, params);
  const right = compileFormula(formula.right, parts, params);
  if (formula.op === "/") return `(${left} / nullif(${right}, 0))`;
  if (!["+", "-", "*"].includes(formula.op)) throw new TypeError(`Cannot compile the operator "${formula.op}"`);
  return `(${left} ${formula.op} ${right})`;
}

/** Always from the rows: a rollup does not know which days were provisional. Row groups without any are skipped. */
function compileProvenance(context: QueryContext, query: FactQuery): Statement {
  const params = new StatementParams();
  const source = compileSource(context, query, params);
  const day = source.period("day");
  const head = source.ctes.length ? `with ${source.ctes.join(", ")} ` : "";
  if (isSingleLevel(context)) {
    return {
      sql: `${head}select ${day}::varchar as day, ${day}::varchar as until from ${source.from} ` +
        `where ${source.where} and r._provisional group by 1 order by 1`,
      params: params.values,
    };
  }
  return {
    sql: `${head}select r._level as level, case when r._provisional then ${day} end::varchar as day, ` +
      `case when r._provisional then r._until end::varchar as until from ${source.from} where ${source.where} ` +
      `group by 1, 2, 3 order by 1, 2, 3`,
    params: params.values,
  };
}

function wholeNumber(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Cannot use "${value}" as a number of rows`);
  return String(value);
}

function readRow(
  row: DuckRow,
  groups: FactGroup[],
  aggregates: FactAggregate[],
): Record<string, string | bigint | null> {
  const read: Record<string, string | bigint | null> = {};
  groups.forEach((group, i) => read[group.id] = textCell(row[`g${i}`]));
  aggregates.forEach((aggregate, i) => {
    const value = row[`a${i}`];
    const counts = aggregate.fn === "count" || aggregate.fn === "count_rows" || aggregate.fn === "count_distinct";
    if (typeof value === "number") read[aggregate.id] = BigInt(value);
    else if (typeof value === "bigint" || typeof value === "string") read[aggregate.id] = value;
    else read[aggregate.id] = counts ? 0n : null;
  });
  return read;
}

function textCell(value: DuckRow[string] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function provisionalDays(provenance: DuckRow[], query: FactQuery): string[] {
  const days = new Set<string>();
  for (const { day, until } of provenance) {
    if (typeof day !== "string" || typeof until !== "string") continue;
    const last = Date.parse(`${query.to !== null && query.to < until ? query.to : until}T00:00:00Z`);
    for (let time = Date.parse(`${day}T00:00:00Z`); time <= last; time += 86_400_000) {
      days.add(new Date(time).toISOString().slice(0, 10));
    }
  }
  return [...days].sort();
}

function notAdditive(rows: DuckRow[], aggregates: FactAggregate[]): FactRows["notices"] {
  return aggregates.flatMap((aggregate, i) =>
    aggregate.fn === "only" && rows.some((row) => row[`a${i}x`] === true)
      ? [{
        code: "not-additive",
        message: `"${aggregate.column}" cannot be summed: it is shown only where one stored row stands behind a value`,
        column: aggregate.column,
      }]
      : []
  );
}

function notBrokenDown(context: QueryContext, query: FactQuery, answered: LevelInfo[]): FactRows["notices"] {
  const { asked } = neededColumns(query);
  return asked.flatMap((name) => {
    const lacking = answered.filter((level) => !levelHolds(context.dataset, level, name));
    if (lacking.length === 0) return [];
    const levels = lacking.map((level) => `"${level.name}"`).join(", ");
    const message = `Some rows are not broken down by "${name}" (level ${levels}): they stand as "${NOT_BROKEN_DOWN}"`;
    return [{ code: "not-broken-down", message, column: name }];
  });
}

function leftOutNotices(context: QueryContext, query: FactQuery, leftOut: DuckRow[]): FactRows["notices"] {
  const notices: FactRows["notices"] = [];
  const { filtered } = neededColumns(query);
  if (isSingleLevel(context)) {
    const [level] = context.levels;
    const lacking = filtered.filter((name) => level && !levelHolds(context.dataset, level, name));
    return lacking.map((column) => ({
      code: "filter-left-out",
      message: `No row has "${column}", which the filter asks for: nothing is counted`,
      column,
    }));
  }
  const list = (kind: string) =>
    leftOut.filter((row) => row.kind === kind).map((row) => `${row.platform || "(no platform)"}: ${row.n}`).join(", ");
  const days = list("filter");
  if (days) {
    const column = filtered.find((name) =>
      context.levels.some((level) => isDaily(level) && !levelHolds(context.dataset, level, name))
    );
    const message = `Days without "${column}", which the filter asks for, are left out (days by platform: ${days})`;
    notices.push({ code: "filter-left-out", message, column });
  }
  const spans = list("span");
  if (spans) {
    const column = timeColumn(context.dataset).name;
    const message = `Rows that stand for a whole period are left out where the period does not fit the question ` +
      `(periods by platform: ${spans}); a coarser grain or a range of whole periods shows them`;
    notices.push({ code: "period-left-out", message, column });
  }
  return notices;
}
