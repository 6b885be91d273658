import type { Dataset } from "./dataset.ts";
import type { Rule, RuleAction } from "./rule.ts";

/** A rule as a sentence without its full stop: "Clicks is at most Impressions". */
export function ruleTitle(
  rule: Rule,
  dataset: { columns: Pick<Dataset["columns"][number], "name" | "title" | "type">[] },
): string {
  const title = (name: string) => dataset.columns.find((c) => c.name === name)?.title ?? name;
  const all = (names: string[], between: string) => names.map(title).join(between);
  switch (rule.kind) {
    case "type": {
      const type = dataset.columns.find((c) => c.name === rule.column)?.type;
      return `${title(rule.column)} can be read as a ${type === "date" ? "date" : type === "text" ? "text" : "number"}`;
    }
    case "required":
      return `${title(rule.column)} is there in every row`;
    case "range":
      return `${title(rule.column)} is ${rangeWords(rule.min, rule.max)}`;
    case "pattern":
      return `${title(rule.column)} looks like ${rule.pattern}`;
    case "one-of":
      return `${title(rule.column)} is one of ${shortList(rule.values)}`;
    case "unique":
      return `${all(rule.columns, " and ")} ${rule.columns.length === 1 ? "is" : "are together"} unique in a file`;
    case "sum-of-parts":
      return `${all(rule.parts, " + ")} is ${rule.compare === "equal" ? "exactly" : "at most"} ${title(rule.whole)}`;
    case "related":
      return `${title(rule.column)} is known in ${rule.dataset} as ${rule.other}`;
    case "not-future":
      return "No day lies in the future";
    case "fresh":
      return `The newest day is at most ${rule.days} ${rule.days === 1 ? "day" : "days"} old`;
    case "usual":
      return `${title(rule.column)} per day is at most ${rule.percent} % off the usual`;
  }
}

/** What becomes of rows that break a rule. */
export const ACTION_WORDS: Record<RuleAction, string> = {
  reject: "set the row aside",
  flag: "let it in and list it",
  fail: "refuse the file",
};

function rangeWords(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return `between ${min} and ${max}`;
  if (min !== undefined) return `at least ${min}`;
  return max === undefined ? "any number" : `at most ${max}`;
}

function shortList(values: string[]): string {
  return values.length <= 5 ? values.join(", ") : `${values.slice(0, 4).join(", ")} and ${values.length - 4} more`;
}
