import type { FactFormula } from "./mod.ts";

/**
 * Works a formula out from exact sums. Nothing stands for nothing: a part that is null makes the whole null, and so
 * does a division by zero. Stores that sort by a formula divide the same doubles.
 */
export function evaluateFormula(
  formula: FactFormula,
  parts: Readonly<Record<string, bigint | string | null>>,
): number | null {
  if ("number" in formula) return formula.number;
  if ("aggregate" in formula) {
    const part = parts[formula.aggregate];
    return typeof part === "bigint" ? Number(part) / formula.scale : null;
  }
  const left = evaluateFormula(formula.left, parts);
  const right = evaluateFormula(formula.right, parts);
  if (left === null || right === null) return null;
  const value = calculate(formula.op, left, right);
  return value === null || !Number.isFinite(value) ? null : value;
}

function calculate(op: "+" | "-" | "*" | "/", left: number, right: number): number | null {
  switch (op) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? null : left / right;
  }
}
