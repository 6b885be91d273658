/** Short ways to write rules of the built-in datasets. They flag: what is odd is shown, and nothing is lost by it. */
import type { RuleInput } from "../rule.ts";

/** A part is at most the whole it is of. */
export function atMost(part: string, whole: string): RuleInput {
  return { kind: "sum-of-parts", id: `${part}-in-${whole}`, parts: [part], whole };
}

/** A number that is negative only by mistake, or by a refund worth looking at. */
export function notNegative(column: string): RuleInput {
  return { kind: "range", id: `not-negative.${column}`, column, min: 0 };
}

/** Nothing is reported of days to come. */
export const notFuture: RuleInput = { kind: "not-future", id: "not-future" };

/** A day far off its platform's usual: a unit gone wrong, a doubled file. */
export function usual(column: string, percent: number): RuleInput {
  return { kind: "usual", id: `usual.${column}`, column, percent };
}
