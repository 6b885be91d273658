/** What a filter says of values that are at hand, in the very meaning that stores give it. */
import type { FactFilter } from "./mod.ts";
import { textMatches } from "./text_match.ts";

/** A condition on one column. */
export type FilterLeaf = Extract<FactFilter, { column: string }>;

/** Whether a text (null: an empty cell) fulfils a condition. An empty cell fulfils `is-empty` and nothing else. */
export function textFulfils(leaf: FilterLeaf, text: string | null): boolean {
  if (leaf.op === "is-empty") return text === null || text === "";
  if (text === null) return false;
  switch (leaf.op) {
    case "in":
      return leaf.values.includes(text);
    case "contains":
    case "starts-with":
    case "ends-with":
      return textMatches(leaf.op, text, leaf.value);
    default:
      throw new TypeError(`Cannot compare "${leaf.column}" with "${leaf.op}": it is text and has no order`);
  }
}

/**
 * Whether rows of a platform ('' where there is none) may fulfil a filter: only what it says of the platform is looked
 * at, every other condition may hold, and so may its opposite.
 */
export function mayMatchPlatform(filter: FactFilter | null, platform: string, negated = false): boolean {
  if (filter === null) return true;
  if ("all" in filter) return filter.all.every((part) => mayMatchPlatform(part, platform, negated));
  if ("any" in filter) return filter.any.some((part) => mayMatchPlatform(part, platform, negated));
  if ("not" in filter) return !mayMatchPlatform(filter.not, platform, !negated);
  if (filter.column !== "platform") return !negated;
  return textFulfils(filter, platform === "" ? null : platform);
}
