import { identifier } from "@/lib/duckdb/duckdb.ts";
import { type Grain, timeColumn } from "@/lib/model/mod.ts";
import type { FactQuery } from "./mod.ts";
import { levelNumber, ownerColumns, type QueryContext, tableOf, truncate, visible } from "./duckdb_query_context.ts";
import { isSingleLevel, neededColumns, type RollupInfo } from "./known_facts.ts";
import { compileFilter } from "./duckdb_query_filter.ts";
import { levelHolds, levelIsById, NOT_BROKEN_DOWN } from "./query_levels.ts";
import type { StatementParams } from "./duckdb_query_params.ts";
import { compileLabels } from "./duckdb_query_labels.ts";
import { compilePick } from "./duckdb_query_pick.ts";

/** The rows of a question: common table expressions, from, where, and how each column is written over them. */
export interface Source {
  ctes: string[];
  /** Rows with the labels that the columns need: `rows` and `labels` together. */
  from: string;
  rows: string;
  labels: string;
  where: string;
  /** Whether a condition looks at a label, so that labels cannot be looked up after grouping. */
  filtersLabels: boolean;
  /** Whether a column is a name that is looked up by its id. */
  looksUp(name: string): boolean;
  /** The stored columns that `column(name)` reads. */
  reads(name: string): string[];
  /** The SQL of a dataset column, labels looked up. */
  value(name: string): string;
  /** The same as an answer carries it: days as text, in the same order. */
  cell(name: string): string;
  /** The same as a group shows it: rows of a level without the column say so. */
  column(name: string): string;
  /** The SQL of the first day of each unit. */
  period(grain: Grain): string;
  /** How many stored rows, and how many of them with a value in the column, stand behind a group. */
  countRows: string;
  count(name: string): string;
}

/** The stored rows that answer a question, each fact once; or those of a rollup that was found to fit. */
export function compileSource(
  context: QueryContext,
  query: FactQuery,
  params: StatementParams,
  rollup: RollupInfo | null = null,
): Source {
  const { dataset } = context;
  const time = rollup ? "r.period" : `r.${identifier(timeColumn(dataset).name)}`;
  const table = tableOf(context, rollup ? `rollup_${rollup.grain}` : "rows");
  const ctes: string[] = [];
  const joins: string[] = [];
  const labels: string[] = [];
  const conditions = [rollup ? "true" : visible(context, query, "r", params)];
  if (query.from !== null) conditions.push(`${time} >= ${params.add(query.from, "date")}`);
  if (query.to !== null) conditions.push(`${time} <= ${params.add(query.to, "date")}`);
  const owner = ownerColumns(context, "r");

  if (isSingleLevel(context)) {
    const [level] = context.levels;
    if (level && neededColumns(query).filtered.some((name) => !levelHolds(dataset, level, name))) {
      conditions.push("false");
    }
  } else {
    ctes.push(...compilePick(context, query, params));
    joins.push(
      `join pick p on p.platform = ${owner.platform} and p.account = ${owner.account} and p.day = ${time} ` +
        `and p.until = r._until and p.level = r._level`,
    );
  }

  const definitionOf = (name: string) => {
    const definition = dataset.columns.find((c) => c.name === name);
    if (!definition) throw new TypeError(`Cannot read column "${name}": dataset "${dataset.id}" has no such column`);
    return definition;
  };
  /** Whether the latest name of an id has to be looked up: not where every row carries it already. */
  const looksUp = (name: string): boolean => {
    const idColumn = definitionOf(name).labels;
    return idColumn !== undefined && !context.settledLabels?.has(name) &&
      context.levels.some((level) => levelIsById(level, idColumn));
  };
  const lackingLevels = (name: string) => context.levels.filter((level) => !levelHolds(dataset, level, name));
  const values = new Map<string, string>();
  const value = (name: string): string => {
    const known = values.get(name);
    if (known) return known;
    const sql = compileValue(name);
    values.set(name, sql);
    return sql;
  };
  const compileValue = (name: string): string => {
    const definition = definitionOf(name);
    if (definition.role === "time") return time;
    const stored = `r.${identifier(name)}`;
    const idColumn = definition.labels;
    if (!idColumn || !looksUp(name)) return stored;
    const label = `l${labels.length}`;
    const id = `r.${identifier(idColumn)}`;
    ctes.push(`${label} as (${compileLabels(context, query, params, name, idColumn)})`);
    labels.push(
      `left join ${label} on ${label}.platform = ${owner.platform} and ${label}.account = ${owner.account} ` +
        `and ${label}.id = ${id}`,
    );
    // An id without any name is shown itself: merging all of them into one empty cell would hide them.
    return `coalesce(${label}.label, ${stored}, ${id})`;
  };
  const column = (name: string): string => {
    const lacking = lackingLevels(name);
    if (lacking.length === 0) return value(name);
    if (lacking.length === context.levels.length) return `'${NOT_BROKEN_DOWN}'`;
    const numbers = lacking.map(({ level }) => levelNumber(level)).join(", ");
    return `case when r._level in (${numbers}) then '${NOT_BROKEN_DOWN}' else ${value(name)} end`;
  };

  if (query.where) {
    conditions.push(compileFilter({ dataset, params, expression: value }, query.where));
  }
  const filtersLabels = labels.length > 0;
  const rows = [`${table} r`, ...joins].join(" ");
  return {
    ctes,
    rows,
    get labels() {
      return labels.join(" ");
    },
    get from() {
      return [rows, ...labels].join(" ");
    },
    where: conditions.join(" and "),
    filtersLabels,
    column,
    value,
    cell: (name) => definitionOf(name).type === "date" ? `(${value(name)})::varchar` : value(name),
    looksUp,
    reads: (name) => {
      const idColumn = definitionOf(name).labels;
      const read = [name, ...(lackingLevels(name).length ? ["_level"] : [])];
      if (!idColumn || !looksUp(name)) return read;
      const owners = ["platform", "account_id", "account"].filter((n) => dataset.columns.some((c) => c.name === n));
      return [...read, idColumn, ...owners];
    },
    period: (grain) => truncate(time, grain),
    countRows: rollup ? "coalesce(sum(r._n), 0)" : "count(*)",
    count: (name) => rollup ? `coalesce(sum(r.${identifier(`${name}__n`)}), 0)` : `count(${value(name)})`,
  };
}
