import type { Column, Dataset } from "./dataset.ts";
import type { Rule } from "./rule.ts";

/**
 * Every rule of a dataset that is on: those that its columns imply (a type, `required`, `min`, `max`, `oneOf`), and its
 * own. A rule of its own with the id of an implied one takes that one's place.
 */
export function rulesOf(dataset: Pick<Dataset, "columns" | "rules">): Rule[] {
  const own = new Map(dataset.rules.map((rule) => [rule.id, rule]));
  const implied = dataset.columns.flatMap(impliedRules);
  const places = new Set(implied.map(({ id }) => id));
  return [...implied.map((rule) => own.get(rule.id) ?? rule), ...dataset.rules.filter(({ id }) => !places.has(id))]
    .filter((rule) => !rule.off);
}

/** The rules that a column's definition implies. */
export function impliedRules(column: Column): Rule[] {
  const { name, min, max, oneOf } = column;
  const usual = { action: "reject", threshold: 0, off: false } as const;
  const rules: Rule[] = [];
  if (column.type !== "text") rules.push({ ...usual, kind: "type", id: `type.${name}`, column: name });
  if (column.required || column.role === "time") {
    rules.push({ ...usual, kind: "required", id: `required.${name}`, column: name });
  }
  if (min !== undefined || max !== undefined) {
    rules.push({ ...usual, kind: "range", id: `range.${name}`, column: name, min, max });
  }
  if (oneOf?.length) rules.push({ ...usual, kind: "one-of", id: `one-of.${name}`, column: name, values: oneOf });
  return rules;
}
