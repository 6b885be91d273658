import type { Column, Dataset } from "@/lib/model/mod.ts";

/** A level as the warehouse lists it. */
export interface LevelInfo {
  level: number;
  /** `day:campaign_id+device`. */
  name: string;
  grain: string;
  /** The identifying columns besides platform, account and the time column. */
  columns: string[];
}

/** What a dimension shows for rows of a level that does not have it. */
export const NOT_BROKEN_DOWN = "(not broken down)";

const ALWAYS_HELD = new Set(["platform", "account", "account_id", "currency"]);

/** Rows of these grains stand for one day; all others span a period and are never booked on one day. */
export function isDaily(level: Pick<LevelInfo, "grain">): boolean {
  return level.grain === "day" || level.grain === "hour";
}

/** Whether every row of a level can have a value in a column, as far as the level's columns tell. */
export function levelHolds(dataset: Dataset, level: Pick<LevelInfo, "columns">, name: string): boolean {
  const column = dataset.columns.find((c) => c.name === name);
  if (!column) throw new TypeError(`Cannot find column "${name}": dataset "${dataset.id}" has none of that name`);
  if (column.role !== "dimension" || ALWAYS_HELD.has(name) || level.columns.includes(name)) return true;
  // A name is there where its id is.
  if (column.labels && (ALWAYS_HELD.has(column.labels) || level.columns.includes(column.labels))) return true;
  // An attribute separates no rows: any level may carry it.
  return !column.identity && !column.labels;
}

/** Whether a column is an attribute that only some levels may carry; which ones, the rows alone can tell. */
export function isAttribute(column: Column): boolean {
  return column.role === "dimension" && !column.identity && !column.labels && !ALWAYS_HELD.has(column.name);
}

/** Whether rows of a level are named by the id that `name` is the label of. */
export function levelIsById(level: Pick<LevelInfo, "columns">, idColumn: string): boolean {
  return ALWAYS_HELD.has(idColumn) || level.columns.includes(idColumn);
}
