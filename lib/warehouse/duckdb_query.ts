/**
 * Questions to the embedded warehouse: `compileFactQuery` writes the SQL (pure), `runFactQuery` asks it.
 * Values are parameters with casts, names pass `identifier()`; nothing that a person typed becomes text of a statement.
 * It does not read formulas, currencies or comparisons: `lib/query` takes those apart first.
 */
import { type DuckSession, identifier } from "@/lib/duckdb/duckdb.ts";
import type { FactAggregate, FactFormula, FactGroup, FactQuery, FactRows } from "./mod.ts";
import { readAnswered, readLeftOut, readProvisional, readRow } from "./duckdb_query_answer.ts";
import { ownerColumns, type QueryContext } from "./duckdb_query_context.ts";
import { isSingleLevel, mayBeProvisional, type RollupInfo } from "./known_facts.ts";
import { findSettledLabels } from "./duckdb_query_labels.ts";
import { answeredLevels, leftOutNotices, notAdditive, notBrokenDown, provisionalDays } from "./query_notices.ts";
import { StatementParams } from "./duckdb_query_params.ts";
import { compileLeftOut } from "./duckdb_query_pick.ts";
import { chooseRollup } from "./choose_rollup.ts";
import { compileSource, type Source } from "./duckdb_query_source.ts";
import { addUp, canAddUp } from "./query_totals.ts";

export { type QueryContext } from "./duckdb_query_context.ts";

/** A statement with its values. */
export interface Statement {
  sql: string;
  params: StatementParams["values"];
}

/** A question as SQL. The statement itself answers rows, totals and count at once. */
export interface CompiledFactQuery extends Statement {
  /** Which levels answered and which days were provisional: `level, day, until`; null where that is known already. */
  provenance: Statement | null;
  /** What the choice of levels left out: `kind, platform, first, last`; null where nothing can be. */
  leftOut: Statement | null;
  /** The rollup that answers, or null where the rows do. */
  rollup: RollupInfo | null;
}

/** A limit from here on is a guard, which few answers reach: the groups are counted only when one does. */
const GUARD = 10_000;

/** Writes the SQL of a question. `summed: false` leaves out totals and the count of groups: whoever asks adds them up. */
export function compileFactQuery(
  context: QueryContext,
  query: FactQuery,
  { summed = true }: { summed?: boolean } = {},
): CompiledFactQuery {
  const params = new StatementParams();
  const rollup = chooseRollup(context, query);
  const source = compileSource(context, query, params, rollup);
  const sql = compileMain(query, source, params, summed);
  const leftOutParams = new StatementParams();
  const leftOut = isSingleLevel(context) ? null : compileLeftOut(context, query, leftOutParams);
  return {
    sql,
    params: params.values,
    provenance: isSingleLevel(context) && !mayBeProvisional(context, query) ? null : compileProvenance(context, query),
    leftOut: leftOut === null ? null : { sql: leftOut, params: leftOutParams.values },
    rollup,
  };
}

/** Asks a question. Its statements agree with one another only where nothing is published meanwhile: see to that. */
export async function runFactQuery(
  session: Pick<DuckSession, "rows">,
  context: QueryContext,
  query: FactQuery,
): Promise<FactRows> {
  const settledLabels = await findSettledLabels(session, context, query);
  const ask = (statement: Statement) => session.rows(statement.sql, statement.params);
  const known = { ...context, settledLabels };
  // A shorter statement is quicker than the time it takes to add up here, and mostly all groups are in the answer.
  let isWhole = query.offset === 0 && (query.limit === null || query.limit >= GUARD) &&
    (!query.totals || canAddUp(query));
  const compiled = compileFactQuery(known, query, { summed: !isWhole });
  let found = await ask(compiled);
  if (isWhole && found.length === query.limit) {
    isWhole = false;
    found = await ask(compileFactQuery(known, query));
  }
  const provenance = compiled.provenance ? await ask(compiled.provenance) : [];
  const leftOut = compiled.leftOut ? await ask(compiled.leftOut) : [];

  const rows = found.filter((row) => row._part !== 0).map((row) => readRow(row, query.groups, query.aggregates));
  const summary = found.find((row) => row._part === 0);
  const counted = summary ?? found[0];
  /** Totals stand in a row of their own, in the only row there is, or beside each row. */
  const suffix = !summary && counted?._count !== undefined ? "t" : "";
  const answered = readAnswered(provenance);
  const levels = isSingleLevel(context) ? context.levels : answeredLevels(context, answered);
  // Sums over all groups are worked out for the count of groups too; they hold nothing back unless totals are asked for.
  const shown = query.totals ? found : found.filter((row) => row._part !== 0);
  return {
    rows,
    totals: !query.totals
      ? null
      : isWhole
      ? addUp(rows, query.aggregates)
      : readRow(counted ?? {}, [], query.aggregates, suffix),
    count: Number(counted?._count ?? rows.length),
    levels: levels.map(({ name }) => name),
    provisional: provisionalDays(readProvisional(provenance), query),
    notices: [
      ...notAdditive(query.aggregates, (i) => shown.some((row) => row[`a${i}x`] === true)),
      ...notBrokenDown(context, query, answered),
      ...leftOutNotices(context, query, readLeftOut(leftOut)),
    ],
    ...compiled.rollup ? { rollup: compiled.rollup.grain } : {},
  };
}

/** How one aggregate is worked out per group (`inner`), over groups (`outer`), and shown. */
interface Part {
  aggregate: FactAggregate;
  alias: string;
  inner: string;
  /** Null where only the rows themselves can tell. */
  outer: ((alias: string) => string) | null;
}

function compileMain(query: FactQuery, source: Source, params: StatementParams, summed: boolean): string {
  const parts = query.aggregates.map((aggregate, i) => compilePart(aggregate, `a${i}`, source));
  const hasOnly = query.aggregates.some(({ fn }) => fn === "only");
  const aliases = query.groups.map((_, i) => `g${i}`);
  const grouped = compileGrouped(query, source, parts, hasOnly);
  const order = compileOrder(query, parts, params);
  const shown = [...aliases.map((alias) => `${alias}::varchar as ${alias}`), ...parts.flatMap(showPart)];

  const sliced = query.limit !== null || query.offset > 0;
  const summary = summed && (sliced || (query.totals && aliases.length > 0));
  const slice = [
    query.limit === null ? "" : ` limit ${wholeNumber(query.limit)}`,
    query.offset > 0 ? ` offset ${wholeNumber(query.offset)}` : "",
  ].join("");
  if (!summary) {
    return `with ${[...source.ctes, ...grouped.ctes, `g as (${grouped.sql})`].join(", ")} ` +
      `select ${shown.join(", ") || "1"} from g${order ? ` order by ${order}` : ""}${slice}`;
  }
  if (query.offset === 0 && (!query.totals || canAddUp(query))) {
    // Beside the first groups: cheaper than groups that are kept to be read twice.
    const sums = query.totals ? parts.map(({ alias }) => `sum(${alias}) over () as ${alias}t`) : [];
    const whole = ["count(*) over () as _count", ...sums];
    return `with ${[...source.ctes, ...grouped.ctes, `g as (${grouped.sql})`].join(", ")} ` +
      `select ${[...shown, ...whole].join(", ")} from g${order ? ` order by ${order}` : ""}${slice}`;
  }
  const totals = parts.map(({ alias, outer, inner }) =>
    `${outer?.(alias) ?? `(select ${inner} from ${source.from} where ${source.where})`} as ${alias}`
  );
  totals.push(...hidden(parts, hasOnly, (_, alias) => `sum(${alias})`));
  const ctes = [
    ...source.ctes,
    ...grouped.ctes,
    `g as materialized (${grouped.sql})`,
    `t as (select count(*) as groups${totals.map((sql) => `, ${sql}`).join("")} from g)`,
    `s as (select * from g${order ? ` order by ${order}` : ""}${slice})`,
  ];
  const place = order ? `row_number() over (order by ${order})` : "row_number() over ()";
  const none = aliases.map((alias) => `null::varchar as ${alias}`);
  const totalsShown = [...none, ...parts.flatMap(showPart)];
  return `with ${ctes.join(", ")} ` +
    `select 0 as _part, groups as _count, 0 as _place${totalsShown.map((sql) => `, ${sql}`).join("")} from t ` +
    `union all select 1, 0, ${place}${shown.map((sql) => `, ${sql}`).join("")} from s order by 1, 3`;
}

/** Groups and their parts: in one step, or by stored columns first where names are looked up per group, not per row. */
function compileGrouped(
  query: FactQuery,
  source: Source,
  parts: Part[],
  hasOnly: boolean,
): { ctes: string[]; sql: string } {
  const keys = query.groups.map((group, i) => `${compileGroup(group, source)} as g${i}`);
  const by = keys.length ? ` group by ${keys.map((_, i) => i + 1).join(", ")}` : "";
  const values = [
    ...parts.map(({ alias, inner }) => `${inner} as ${alias}`),
    ...hidden(parts, hasOnly, (part) => part ? source.count(part.aggregate.column ?? "") : source.countRows),
  ];
  const isLater = source.labels !== "" && !source.filtersLabels &&
    parts.every(({ outer, aggregate: { column } }) => outer !== null && !(column && source.looksUp(column)));
  if (!isLater) {
    const columns = [...keys, ...values].join(", ") || "count(*) as n";
    return { ctes: [], sql: `select ${columns} from ${source.from} where ${source.where}${by}` };
  }
  const raw = new Map<string, string>();
  const outerKeys = query.groups.map((group, i) => {
    if (group.grain || !source.looksUp(group.column)) {
      raw.set(`_g${i}`, compileGroup(group, source));
      return `r._g${i} as g${i}`;
    }
    for (const name of source.reads(group.column)) raw.set(name, `r.${identifier(name)}`);
    return keys[i] ?? "";
  });
  const inner = [...[...raw].map(([name, sql]) => `${sql} as ${identifier(name)}`), ...values].join(", ");
  const outer = [
    ...outerKeys,
    ...parts.map(({ alias, outer }) => `${outer?.(`r.${alias}`)} as ${alias}`),
    ...hidden(parts, hasOnly, (_, alias) => `sum(r.${alias})`),
  ];
  const innerBy = [...raw].map((_, i) => i + 1).join(", ");
  return {
    ctes: [`h as (select ${inner} from ${source.rows} where ${source.where} group by ${innerBy})`],
    sql: `select ${outer.join(", ")} from h r ${source.labels}${by}`,
  };
}

/** The counts that tell whether one stored row stands behind a value: of rows (`n`), and of values per `only`. */
function hidden(parts: Part[], hasOnly: boolean, sql: (part: Part | null, alias: string) => string): string[] {
  if (!hasOnly) return [];
  const counts = parts.filter(({ aggregate }) => aggregate.fn === "only")
    .map((part) => `${sql(part, `${part.alias}n`)} as ${part.alias}n`);
  return [...counts, `${sql(null, "n")} as n`];
}

function compileGroup(group: FactGroup, source: Source): string {
  return group.grain ? source.period(group.grain) : source.column(group.column);
}

function compilePart(aggregate: FactAggregate, alias: string, source: Source): Part {
  const { fn, column } = aggregate;
  const part = (inner: string, outer: Part["outer"]) => ({ aggregate, alias, inner, outer });
  const added = (name: string) => `coalesce(sum(${name}), 0)`;
  if (fn === "count_rows") return part(source.countRows, added);
  if (column === undefined) throw new TypeError(`Cannot compile ${fn}: it needs a column`);
  switch (fn) {
    case "sum":
      return part(`sum(${source.value(column)})`, (name) => `sum(${name})`);
    case "count":
      return part(source.count(column), added);
    case "count_distinct":
      return part(`count(distinct ${source.value(column)})`, null);
    case "min":
      return part(`min(${source.cell(column)})`, (name) => `min(${name})`);
    case "max":
    case "only":
      return part(`max(${source.cell(column)})`, (name) => `max(${name})`);
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

/** Always from the rows: a rollup does not know which days were provisional. With several levels also who answered. */
function compileProvenance(context: QueryContext, query: FactQuery): Statement {
  const params = new StatementParams();
  const source = compileSource(context, query, params);
  const day = source.period("day");
  const head = source.ctes.length ? `with ${source.ctes.join(", ")} ` : "";
  const columns = isSingleLevel(context)
    ? `${day}::varchar as day, ${day}::varchar as until from ${source.from} where ${source.where} and r._provisional`
    : `r._level as level, ${ownerColumns(context, "r").platform} as platform, ` +
      `case when r._provisional then ${day} end::varchar as day, ` +
      `case when r._provisional then r._until end::varchar as until, ` +
      `min(${day})::varchar as first, max(r._until)::varchar as last from ${source.from} where ${source.where}`;
  return { sql: `${head}select ${columns} group by all order by all`, params: params.values };
}

function wholeNumber(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Cannot use "${value}" as a number of rows`);
  return String(value);
}
