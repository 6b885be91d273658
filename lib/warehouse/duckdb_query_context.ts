import { identifier } from "@/lib/duckdb/duckdb.ts";
import type { Grain } from "@/lib/model/mod.ts";
import type { FactQuery } from "./mod.ts";
import type { KnownFacts } from "./known_facts.ts";
import type { StatementParams } from "./duckdb_query_params.ts";

/** What the compiler has to know about a dataset's tables. */
export interface QueryContext extends KnownFacts {
  /** The workspace's schema, `ws_default`. */
  schema: string;
  /** Name columns of which every visible row carries the latest name of its id: nothing has to be looked up. */
  settledLabels?: ReadonlySet<string>;
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
