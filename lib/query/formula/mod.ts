/**
 * The formula language of metrics: `spend / impressions * 1000`, `sum(spend)`, `count_distinct(campaign)`.
 * Text → tokens → tree → aggregates a store answers exactly, plus arithmetic over them. Mistakes are values. Metrics of
 * another dataset carry its name: `orders.revenue / ads.spend`.
 *
 * It does not hold: SQL (the stores write their own) or formats.
 */
export { FORMULA_FUNCTIONS, type FormulaNode, type FormulaOutcome, type FormulaProblem } from "./ast.ts";
export { evaluateFormula } from "@/lib/warehouse/mod.ts";
export { type NamedMetric, namedMetrics } from "./named_metrics.ts";
export { parseFormula } from "./parse.ts";
export { type FormulaScope, MICROS, type ResolvedFormula, resolveFormula, resolveMetric } from "./resolve.ts";
