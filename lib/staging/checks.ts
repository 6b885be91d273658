/** A dataset's rules as conditions over typed rows. Pure: SQL text. */
import { identifier } from "@/lib/duckdb/duckdb.ts";
import { type Column, type Rule, ruleColumns, rulesOf, ruleTitle, timeColumn } from "@/lib/model/mod.ts";
import type { ColumnReading, StagingPlan } from "./mod.ts";
import { cell, literal } from "./names.ts";
import { isMasked, isNothing } from "./read_cell.ts";

/** A rule about rows: where `broken` holds, it is broken. */
export interface Check {
  rule: Rule;
  /** The rule in words. */
  title: string;
  /** The dataset's column that the row's fault is shown at, and the file's header where it stands. */
  column: string;
  header: string | null;
  code: string;
  reason: string;
  broken: string;
  /** Decided for each row by itself: no share of the rows has to be known first. */
  atOnce: boolean;
}

/** Rules that cannot be checked against this file, and why. */
export interface Unchecked {
  rule: Rule;
  title: string;
  why: string;
}

/** Rules about the file as a whole: whoever knows what stood there before checks them. */
const ABOUT_FILES = ["fresh", "usual"];

/** A header's cell as the conditions name it: under a name of its own, since a header may be called as a column is. */
export function rawCell(header: string): string {
  return `⟦${cell(header)}⟧`;
}

/** The dataset's rules about rows for the columns that the file has. */
export function checksOf(plan: StagingPlan, columns: Column[]): { checks: Check[]; unchecked: Unchecked[] } {
  const checks: Check[] = [];
  const unchecked: Unchecked[] = [];
  for (const rule of rulesOf(plan.dataset)) {
    if (ABOUT_FILES.includes(rule.kind)) continue;
    if (!ruleColumns(rule).every((name) => columns.some((c) => c.name === name))) continue;
    const title = ruleTitle(rule, plan.dataset);
    const made = condition(plan, rule, columns);
    if (made === null) continue;
    if ("why" in made) unchecked.push({ rule, title, why: made.why });
    else checks.push({ rule, title, atOnce: rule.action === "reject" && rule.threshold === 0, ...made });
  }
  return { checks, unchecked };
}

type Condition = Pick<Check, "column" | "header" | "code" | "reason" | "broken">;

/** Null: there is nothing to check, as the file itself does not say it. */
function condition(plan: StagingPlan, rule: Rule, columns: Column[]): Condition | { why: string } | null {
  const column = (name: string) => columns.find((c) => c.name === name)!;
  const at = (name: string, code: string, reason: string, broken: string): Condition => {
    const from = plan.columns[name];
    return { column: name, header: from?.from === "header" ? from.header : null, code, reason, broken };
  };
  switch (rule.kind) {
    case "type": {
      const from = plan.columns[rule.column]!;
      return from.from === "header" ? unreadable(plan, column(rule.column), from) : null;
    }
    case "required": {
      const { name, title } = column(rule.column);
      const isMade = plan.columns[name]!.from !== "header";
      return isMade ? null : at(name, "required", `${title} is empty`, `${identifier(name)} is null`);
    }
    case "range": {
      const { name, title } = column(rule.column);
      const below = rule.min === undefined ? [] : [`${identifier(name)} < ${stored(column(name), rule.min)}`];
      const above = rule.max === undefined ? [] : [`${identifier(name)} > ${stored(column(name), rule.max)}`];
      const bounds = rule.min !== undefined && rule.max !== undefined
        ? `not between ${rule.min} and ${rule.max}`
        : rule.min !== undefined
        ? `below ${rule.min}`
        : `above ${rule.max}`;
      return at(name, "out-of-range", `${title} is ${bounds}`, `(${[...below, ...above].join(" or ")})`);
    }
    case "one-of": {
      const { name, title } = column(rule.column);
      const shown = rule.values.slice(0, 20).join(", ") + (rule.values.length > 20 ? " …" : "");
      const values = rule.values.map(literal).join(", ");
      return at(name, "not-one-of", `${title} is none of ${shown}`, `${identifier(name)} not in (${values})`);
    }
    case "pattern": {
      const { name, title } = column(rule.column);
      const broken = `not regexp_full_match(${identifier(name)}, ${literal(rule.pattern)})`;
      return at(name, "not-of-pattern", `${title} does not look like ${rule.pattern}`, broken);
    }
    case "unique": {
      const names = rule.columns.map(identifier);
      const there = names.map((name) => `${name} is not null`).join(" and ");
      const titles = rule.columns.map((name) => column(name).title).join(" and ");
      const many = `count(*) over (partition by _total, ${names.join(", ")}) > 1`;
      return at(rule.columns[0]!, "not-unique", `${titles} stand in another row too`, `(${there} and ${many})`);
    }
    case "sum-of-parts":
      return sumOfParts(rule, column, at);
    case "related": {
      const known = plan.facts?.known?.[rule.id];
      if (!known) return { why: `the values of ${rule.dataset} could not be looked up` };
      const { name, title } = column(rule.column);
      const broken = known.length === 0
        ? `${identifier(name)} is not null`
        : `${identifier(name)} not in (${known.map(literal).join(", ")})`;
      return at(name, "not-related", `${title} is not known in ${rule.dataset}`, broken);
    }
    case "not-future": {
      const today = plan.facts?.today;
      if (!today) return { why: "the day it is was not known" };
      const time = timeColumn(plan.dataset);
      const broken = `${identifier(time.name)} > ${literal(today)}::date`;
      return at(time.name, "in-the-future", `${time.title} lies in the future`, broken);
    }
    case "fresh":
    case "usual":
      throw new TypeError(`Cannot check rule "${rule.id}" row by row: it is about the whole file`);
  }
}

function sumOfParts(
  rule: Rule & { kind: "sum-of-parts" },
  column: (name: string) => Column,
  at: (name: string, code: string, reason: string, broken: string) => Condition,
): Condition {
  const parts = rule.parts.map(column);
  const whole = column(rule.whole);
  const mixed = new Set([...parts, whole].map((c) => c.type)).size > 1;
  // Two columns of one type compare as they are stored, at a fraction of the price of a wider number.
  const plain = parts.length === 1 && !mixed;
  const amount = (c: Column) => {
    const name = identifier(c.name);
    // Whole numbers beside amounts are brought to the same unit.
    return plain ? name : mixed && c.type === "integer" ? `(${name}::hugeint * 1000000)` : `${name}::hugeint`;
  };
  const some = `coalesce(${parts.map((c) => identifier(c.name)).join(", ")}) is not null`;
  const sum = parts.map((c) => `coalesce(${amount(c)}, 0)`).join(" + ");
  const [sign, words] = rule.compare === "equal" ? ["<>", "is not"] : [">", "is more than"];
  // Where nothing is known, nothing is broken.
  const broken = parts.length === 1
    ? `${amount(parts[0]!)} ${sign} ${amount(whole)}`
    : `(${some} and ${sum} ${sign} ${amount(whole)})`;
  const reason = `${parts.map((c) => c.title).join(" + ")} ${words} ${whole.title}`;
  return at(rule.parts[0]!, "parts-do-not-fit", reason, broken);
}

function unreadable(plan: StagingPlan, column: Column, from: ColumnReading & { from: "header" }): Condition | null {
  if (from.as === "text" || from.as === "hour" || (from.as === "number" && from.when)) return null;
  const x = rawCell(from.header);
  const filled = `${identifier(column.name)} is null and ${x} is not null`;
  const nothing = from.cells ? "" : ` and not ${isNothing(x, plan.nullTokens)}`;
  const masked = from.as === "number" && !from.cells ? ` and not ${isMasked(x)}` : "";
  return { column: column.name, header: from.header, ...fault(from, column), broken: filled + nothing + masked };
}

function fault(from: ColumnReading & { from: "header" }, column: Column): { code: string; reason: string } {
  if (from.as === "date") {
    return { code: "not-a-date", reason: `is no date of the form ${from.formats.join(" or ")}` };
  }
  const sign = from.as === "number" ? from.decimal : ".";
  return column.type === "integer"
    ? { code: "not-a-whole-number", reason: `is no whole number (decimal sign "${sign}")` }
    : { code: "not-a-number", reason: `is no number (decimal sign "${sign}")` };
}

function stored(column: Column, value: number): string {
  return String(Math.round(value * (column.type === "decimal" ? 1_000_000 : 1)));
}
