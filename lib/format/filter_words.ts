import type { Filter } from "@/lib/model/mod.ts";
import { valueLabel } from "./labels.ts";

const WORDS: Record<string, string> = {
  "equals": "is",
  "not": "is not",
  "in": "is",
  "not-in": "is not",
  "contains": "contains",
  "not-contains": "does not contain",
  "starts-with": "starts with",
  "ends-with": "ends with",
  "greater": "is above",
  "greater-or-equal": "is at least",
  "less": "is below",
  "less-or-equal": "is at most",
  "between": "is between",
  "is-empty": "is empty",
  "is-not-empty": "is not empty",
};
/** More values are counted. */
const NAMED = 3;

/** A filter as a sentence: "Platform is not TikTok Ads and Campaign contains Brand". `titleOf` names columns. */
export function filterWords(filter: Filter, titleOf: (field: string) => string, locale: string): string {
  if ("and" in filter) return groupWords(filter.and, "and", titleOf, locale);
  if ("or" in filter) return groupWords(filter.or, "or", titleOf, locale);
  const { field, op, value } = filter;
  // A part of a text is no value: it has no label.
  const isPart = /contains|starts|ends/.test(op);
  const words = (one: string | number) =>
    isPart || typeof one === "number" ? String(one) : valueLabel(field, one, locale);
  const values = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  const named = values.slice(0, NAMED).map(words);
  if (values.length > NAMED) named.push(`${values.length - NAMED} more`);
  const list = op === "between" ? named.join(" and ") : joined(named, op === "not-in" ? "nor" : "or");
  return [titleOf(field), WORDS[op] ?? op, list].filter((one) => one !== "").join(" ");
}

function groupWords(filters: Filter[], word: "and" | "or", titleOf: (field: string) => string, locale: string): string {
  const parts = filters.map((one) => {
    const words = filterWords(one, titleOf, locale);
    return word === "and" && "or" in one && one.or.length > 1 ? `(${words})` : words;
  });
  return parts.filter((one) => one !== "").join(` ${word} `);
}

function joined(words: string[], last: string): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
