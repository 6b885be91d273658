import type { z } from "zod";
import type { Column } from "./dataset.ts";
import { impliedRules } from "./rules_of.ts";
import { type Rule, ruleColumns } from "./rule.ts";

type Issue = z.core.$ZodSuperRefineIssue;

/** What is wrong with a dataset's rules, held against its columns. */
export function checkRules(rules: Rule[], columns: Column[]): Issue[] {
  const issues: Issue[] = [];
  const implied = columns.flatMap(impliedRules);
  const ids = new Set<string>();
  rules.forEach((rule, at) => {
    const fault = (message: string) => issues.push({ code: "custom", path: ["rules", at], message });
    if (ids.has(rule.id)) fault(`there are two rules "${rule.id}"; give one another id`);
    ids.add(rule.id);
    const place = implied.find(({ id }) => id === rule.id);
    const kept = place?.kind === rule.kind &&
      (!("column" in place) || "column" in rule && place.column === rule.column);
    if (place && !kept) fault(`the id "${rule.id}" belongs to the rule of a column; choose another`);
    for (const name of ruleColumns(rule)) {
      const column = columns.find((c) => c.name === name);
      if (!column) fault(`the rule "${rule.id}" names "${name}", which is not a column`);
      else if (!suits(rule, column)) fault(`the rule "${rule.id}" cannot be about ${column.title}: ${needs(rule)}`);
    }
    const message = ownFault(rule, columns);
    if (message) fault(message);
  });
  return issues;
}

function suits({ kind }: Rule, column: Column): boolean {
  if (kind === "range" || kind === "sum-of-parts") return column.role === "measure";
  if (kind === "usual") return column.role === "measure" && column.additive;
  if (kind === "pattern" || kind === "one-of" || kind === "related") return column.type === "text";
  return kind !== "type" || column.type !== "text";
}

function needs({ kind }: Rule): string {
  if (kind === "range" || kind === "sum-of-parts") return "it needs numbers";
  return kind === "usual" ? "it needs numbers that add up" : kind === "type" ? "any text is one" : "it needs a text";
}

function ownFault(rule: Rule, columns: Column[]): string | null {
  const time = columns.find((c) => c.role === "time")?.name;
  if ((rule.kind === "type" || rule.kind === "required") && rule.column === time) {
    if (rule.off || rule.action === "flag" || rule.threshold > 0) {
      return `a row without a day has no place: the rule "${rule.id}" must set it aside or refuse the file, each time`;
    }
  }
  if (rule.kind === "range") {
    if (rule.min === undefined && rule.max === undefined) {
      return `the rule "${rule.id}" needs a bound: min, max or both`;
    }
    if (rule.min !== undefined && rule.max !== undefined && rule.min > rule.max) {
      return `the rule "${rule.id}" fits no number: ${rule.min} is above ${rule.max}`;
    }
  }
  if (rule.kind === "fresh" && rule.action === "reject") {
    return `the rule "${rule.id}" is about the whole file: let it flag or fail`;
  }
  return null;
}
