/**
 * The formula language of metrics: `spend / impressions * 1000`, `sum(spend)`, `count_distinct(campaign)`.
 * Text → tokens → tree → aggregates a store answers exactly, plus arithmetic over them. Mistakes are values.
 *
 * It does not hold: SQL (the stores write their own), formats, or names of other datasets' metrics.
 */
export { FORMULA_FUNCTIONS, type FormulaNode, type FormulaOutcome, type FormulaProblem } from "./ast.ts";
export { evaluateFormula } from "@/lib/warehouse/mod.ts";
export { parseFormula } from "./parse.ts";
export { type FormulaScope, MICROS, type ResolvedFormula, resolveFormula, resolveMetric } from "./resolve.ts";
