import type { FormulaNode } from "./ast.ts";
import { parseFormula } from "./parse.ts";

/** A metric that a formula names; `dataset` is null for one of its own. */
export interface NamedMetric {
  dataset: string | null;
  name: string;
}

/** The metrics that a formula names; none where it cannot be read: whoever resolves it says why. */
export function namedMetrics(text: string): NamedMetric[] {
  const parsed = parseFormula(text);
  const found: NamedMetric[] = [];
  const visit = (node: FormulaNode): void => {
    if (node.kind === "metric") found.push({ dataset: node.dataset, name: node.name });
    if (node.kind === "negate") visit(node.operand);
    if (node.kind === "binary") {
      visit(node.left);
      visit(node.right);
    }
  };
  if (parsed.ok) visit(parsed.value);
  return found;
}
