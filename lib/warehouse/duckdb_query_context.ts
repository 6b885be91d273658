import { identifier } from "@/lib/duckdb/duckdb.ts";
import type { Dataset, Grain } from "@/lib/model/mod.ts";
import type { FactQuery } from "./mod.ts";
import { filterColumns } from "./duckdb_query_filter.ts";
import { isAttribute, isDaily, type LevelInfo } from "./duckdb_query_levels.ts";
import type { StatementParams } from "./duckdb_query_params.ts";

/** A table of pre-added rows and the version it stands at. */
export interface RollupInfo {
  name: string;
  grain: "day" | "month";
  dimensions: string[];
  version: number;
}

/** What the compiler has to know about a dataset's tables. */
export interface QueryContext {
  /** The workspace's schema, `ws_default`. */
  schema: string;
  dataset: Dataset;
  levels: LevelInfo[];
  rollups: RollupInfo[];
  currentVersion: number;
  /** Name columns of which every visible row carries the latest name of its id: nothing has to be looked up. */
  settledLabels?: ReadonlySet<string>;
  /** Where provisional days of daily levels lie at the current version; null where there is none. */
  provisional: { from: string; to: string } | null;
  /** Lives as long as the version, for what is worked out once of it; without it that is not done. */
  memory?: Map<string, boolean>;
}

/** Names of the tables, each quoted. */
export function tableOf(context: QueryContext, suffix: string): string {
  return `${identifier(context.schema)}.${identifier(`${context.dataset.id}_${suffix}`)}`;
}

/** Platform and account of a row as coverage and labels write them; '' where the dataset has no such column. */
export function ownerColumns(context: QueryContext, alias: string): { platform: string; account: string } {
  const has = (name: string) => context.dataset.columns.some((c) => c.name === name);
  const accounts = ["account_id", "account"].filter(has).map((name) => `${alias}.${identifier(name)}`);
  return {
    platform: has("platform") ? `coalesce(${alias}."platform", '')` : "''",
    account: accounts.length ? `coalesce(${accounts.join(", ")}, '')` : "''",
  };
}

/** The condition under which a row version is visible at the query's version. */
export function visible(context: QueryContext, query: FactQuery, alias: string, params: StatementParams): string {
  if (query.version >= context.currentVersion) return `${alias}._to is null`;
  const version = params.add(BigInt(query.version), "bigint");
  return `${alias}._from <= ${version} and (${alias}._to is null or ${alias}._to > ${version})`;
}

/** The dimensions a level must have: those asked for (also counted ones) and those filtered by. */
export function neededColumns(query: FactQuery): { asked: string[]; filtered: string[] } {
  const asked = [...query.groups.map((g) => g.column), ...query.aggregates.flatMap((a) => a.column ?? [])];
  return { asked: [...new Set(asked)], filtered: filterColumns(query.where) };
}

/** Cuts a date to the first day of its unit; ISO weeks begin on Monday. */
export function truncate(expression: string, grain: Grain): string {
  if (grain === "day") return expression;
  const units: Record<Grain, string> = { day: "day", week: "week", month: "month", quarter: "quarter", year: "year" };
  return `date_trunc('${units[grain]}', ${expression})::date`;
}

/** A level's number as SQL; it comes from a table, and still only a number gets through. */
export function levelNumber(level: number): string {
  if (!Number.isSafeInteger(level)) throw new TypeError(`Cannot use "${level}" as a level number`);
  return String(level);
}

/** The attributes among the needed columns: any level may carry them, so levels that do are preferred. */
export function neededAttributes(context: QueryContext, query: FactQuery): string[] {
  const { asked, filtered } = neededColumns(query);
  return [...new Set([...asked, ...filtered])].filter((name) => {
    const definition = context.dataset.columns.find((c) => c.name === name);
    return definition !== undefined && isAttribute(definition);
  });
}

/** Whether a provisional row may stand behind an answer; if not, nobody has to look for one. */
export function mayBeProvisional({ currentVersion, provisional }: QueryContext, query: FactQuery): boolean {
  if (query.version < currentVersion) return true;
  return provisional !== null && (query.from === null || query.from <= provisional.to) &&
    (query.to === null || query.to >= provisional.from);
}

/** Whether one daily level is all there is, so that no level has to be chosen. */
export function isSingleLevel(context: QueryContext): boolean {
  return context.levels.length <= 1 && context.levels.every(isDaily);
}
