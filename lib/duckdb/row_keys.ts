/**
 * How a row is told from others, as SQL text: its level, its key and a hash of its contents. Pure; staging and the
 * warehouse build the same expressions from here.
 */
import { createHash } from "node:crypto";
import type { Dataset } from "@/lib/model/mod.ts";
import { identifier } from "./duckdb.ts";

/** A level taken apart: `day:campaign_id+device` is `{ grain: "day", columns: ["campaign_id", "device"] }`. */
export interface Level {
  grain: string;
  columns: string[];
}

/** Columns that stand in every key, so never in a level's name. */
const SCOPE_COLUMNS = ["platform", "account_id", "account"];
const SEPARATOR = "chr(31)";

/** Reads a level's name. Throws for a text that is none. */
export function parseLevel(name: string): Level {
  const match = /^([a-z]+):([a-z0-9_+]*)$/.exec(name);
  if (!match) throw new TypeError(`Cannot read the level "${name}": write it as grain:column+column`);
  return { grain: match[1]!, columns: match[2] ? match[2].split("+") : [] };
}

/** Writes a level's name; the order of the columns does not matter. */
export function levelName(grain: string, columns: string[]): string {
  return `${grain}:${[...columns].sort().join("+")}`;
}

/**
 * The columns that make the level of rows with these columns: identity columns, without platform, account and time.
 * An entity whose id is there is named by the id; its name is then an attribute.
 */
export function levelColumns(dataset: Dataset, columns: string[]): string[] {
  return dataset.columns.filter((column) =>
    column.role === "dimension" && column.identity && columns.includes(column.name) &&
    !SCOPE_COLUMNS.includes(column.name) && !(column.labels && columns.includes(column.labels))
  ).map((column) => column.name).sort();
}

/** The platform of a row as never-null text; '' for a dataset or a file without one. */
export function platformExpression(dataset: Dataset, columns: string[], alias = ""): string {
  return firstText(dataset, columns, ["platform"], alias);
}

/** The account of a row as never-null text: its id, else its name, else ''. */
export function accountExpression(dataset: Dataset, columns: string[], alias = ""): string {
  return firstText(dataset, columns, ["account_id", "account"], alias);
}

/**
 * The key of a row: an md5 number over level, day, platform, account and the level's columns. It is stored, so it must
 * never change: not with the engine's version, not with the order of a definition. A null and an empty text are alike.
 *
 * `columns` are those that the relation has; the others of the level count as null. md5 over one joined text took 125 ms
 * per million rows on two cores; the engine's own `hash()` takes 36, but has 64 bits and changes with its version.
 */
export function keyExpression(dataset: Dataset, level: string, columns: string[], alias = ""): string {
  const parsed = parseLevel(level);
  const cells = [platformExpression(dataset, columns, alias), accountExpression(dataset, columns, alias)];
  const texts = [...cells];
  for (const name of [...parsed.columns].sort()) {
    const column = dataset.columns.find((c) => c.name === name);
    if (!column) {
      throw new TypeError(`Cannot make the key of level "${level}": dataset "${dataset.id}" has no "${name}"`);
    }
    const cell = columns.includes(name) ? qualified(name, alias) : "null";
    cells.push(cell);
    if (column.type === "text" && cell !== "null") texts.push(cell);
  }
  // A short text keeps most keys within one block of md5: the level by 48 bits of its hash, the day as a number.
  const prefix = createHash("md5").update(level).digest("base64url").slice(0, 8);
  const start = [`'${prefix}'`, `(${qualified(timeName(dataset), alias)} - date '1970-01-01')`];
  const plain = [...start, ...cells.flatMap((cell) => [SEPARATOR, cell])];
  // Only where a value holds the separator itself, lengths keep ('a|', 'b') and ('a', '|b') apart.
  const exact = [...start, ...cells.flatMap((cell) => [SEPARATOR, cell, SEPARATOR, `strlen((${cell})::varchar)`])];
  const ambiguous = texts.filter((text) => text !== "''").map((text) => `contains(${text}, ${SEPARATOR})`);
  const md5 = (parts: string[]) => `md5_number(concat(${parts.join(", ")}))`;
  return ambiguous.length === 0
    ? md5(plain)
    : `case when ${ambiguous.join(" or ")} then ${md5(exact)} else ${md5(plain)} end`;
}

/**
 * A 64-bit hash of all values that a row has. For comparing rows *within one statement*: it differs between versions of
 * the engine and is never stored. Columns that the relation lacks count as null, so both sides of a comparison agree.
 */
export function contentExpression(dataset: Dataset, columns: string[], alias = ""): string {
  const cells = dataset.columns.map((column) => {
    const type = sqlType(column.type);
    return columns.includes(column.name) ? `${qualified(column.name, alias)}::${type}` : `null::${type}`;
  });
  return `hash(${cells.join(", ")})`;
}

/** How a column's type is stored. */
export function sqlType(type: Dataset["columns"][number]["type"]): string {
  return type === "date" ? "DATE" : type === "text" ? "VARCHAR" : "BIGINT";
}

function timeName(dataset: Dataset): string {
  const column = dataset.columns.find((c) => c.role === "time");
  if (!column) throw new TypeError(`Cannot make keys: dataset "${dataset.id}" has no time column`);
  return column.name;
}

function qualified(name: string, alias: string): string {
  return alias ? `${alias}.${identifier(name)}` : identifier(name);
}

function firstText(dataset: Dataset, columns: string[], names: string[], alias: string): string {
  const there = names.filter((name) =>
    columns.includes(name) && dataset.columns.some((c) => c.name === name && c.type === "text")
  );
  return there.length ? `coalesce(${there.map((name) => qualified(name, alias)).join(", ")}, '')` : "''";
}
