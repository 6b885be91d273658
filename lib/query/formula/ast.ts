/** A formula as read: every node knows where it stands in the text. It does not know columns or metrics. */
export type FormulaNode =
  | { kind: "number"; value: number; at: number }
  /** `dataset` where the name says so: `orders.revenue`. */
  | { kind: "metric"; dataset: string | null; name: string; at: number }
  | { kind: "call"; fn: FormulaFunction; column: string | null; columnAt: number; at: number }
  | { kind: "negate"; operand: FormulaNode; at: number }
  | { kind: "binary"; op: "+" | "-" | "*" | "/"; left: FormulaNode; right: FormulaNode; at: number };

/** The functions over columns. `only`: the value where exactly one stored row stands behind the cell. */
export const FORMULA_FUNCTIONS = ["sum", "avg", "min", "max", "count", "count_distinct", "only"] as const;
/** A function over a column. */
export type FormulaFunction = typeof FORMULA_FUNCTIONS[number];

/** What is wrong with a formula, and where (0-based character of its text). */
export interface FormulaProblem {
  message: string;
  at: number;
  /** The name that was probably meant. */
  nearest?: string;
}

/** A value, or what is wrong: people write formulas, so a mistake is no exception. */
export type FormulaOutcome<T> = { ok: true; value: T } | { ok: false; problem: FormulaProblem };

/** Formulas longer than this are refused. */
export const MAX_FORMULA_LENGTH = 2_000;
/** Parentheses and signs nested deeper than this are refused. */
export const MAX_FORMULA_DEPTH = 100;
