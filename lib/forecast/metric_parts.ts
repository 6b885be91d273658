import type { FactAggregate, FactFormula } from "@/lib/warehouse/mod.ts";

/** A metric as what is forecast: itself, or the sums that its ratio is made of. */
export interface MetricParts {
  /** Inline formulas, one a part; null where the metric is forecast as it is. */
  formulas: { id: string; formula: string }[] | null;
  /** Measures that the metric is made of. */
  columns: string[];
  /** It only adds up sums and counts, so it is zero where there was nothing. */
  addsUp: boolean;
}

/** Takes a metric apart: what divides or multiplies sums is forecast from the sums, since ratios do not add up. */
export function metricParts(formula: FactFormula, aggregates: readonly FactAggregate[]): MetricParts {
  const isLinear = linear(formula);
  return {
    formulas: isLinear ? null : aggregates.map(({ id, fn, column = "" }) => ({
      id,
      formula: fn === "count_rows" ? "count()" : `${fn}(${column})`,
    })),
    columns: [...new Set(aggregates.flatMap(({ column }) => column ?? []))],
    addsUp: aggregates.every(({ fn }) => fn === "sum" || fn.startsWith("count")),
  };
}

/** Works a formula out from its parts in units; null where a part is or something is divided by zero. */
export function evaluateParts(formula: FactFormula, parts: ReadonlyMap<string, number | null>): number | null {
  if ("number" in formula) return formula.number;
  if ("aggregate" in formula) return parts.get(formula.aggregate) ?? null;
  const left = evaluateParts(formula.left, parts);
  const right = evaluateParts(formula.right, parts);
  if (left === null || right === null) return null;
  const value = formula.op === "+"
    ? left + right
    : formula.op === "-"
    ? left - right
    : formula.op === "*"
    ? left * right
    : left / right;
  return Number.isFinite(value) ? value : null;
}

function linear(formula: FactFormula): boolean {
  if (!("op" in formula)) return true;
  const { op, left, right } = formula;
  if (op === "/" && !constant(right)) return false;
  if (op === "*" && !constant(left) && !constant(right)) return false;
  return linear(left) && linear(right);
}

function constant(formula: FactFormula): boolean {
  if ("op" in formula) return constant(formula.left) && constant(formula.right);
  return "number" in formula;
}
