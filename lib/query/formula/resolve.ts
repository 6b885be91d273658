import type { Column, Dataset } from "@/lib/model/mod.ts";
import type { FactAggregate, FactFormula } from "@/lib/warehouse/mod.ts";
import { nearestName } from "../nearest_name.ts";
import type { FormulaNode, FormulaOutcome, FormulaProblem } from "./ast.ts";
import { parseFormula } from "./parse.ts";

/** Stored integers per unit of a `decimal` column. */
export const MICROS = 1_000_000;
/** Formulas of formulas may come to this many operations, and this deep. */
const MAX_NODES = 1_000;
const MAX_DEPTH = 300;

/** What names in a formula may mean. */
export interface FormulaScope {
  dataset: Dataset;
  /** Formula text by metric name: the dataset's, and those the question brings along. */
  metrics: ReadonlyMap<string, string>;
}

/** A formula over exact sums that a store can answer. */
export interface ResolvedFormula {
  formula: FactFormula;
  aggregates: FactAggregate[];
  /** Measures that must not be summed and are read by `only`. */
  notAdditive: string[];
  /** Whether an amount in some currency is part of it. */
  monetary: boolean;
}

/** Takes a formula apart into aggregates over columns and arithmetic over those. */
export function resolveFormula(text: string, scope: FormulaScope): FormulaOutcome<ResolvedFormula> {
  return new Resolver(scope).run(text, []);
}

/** Takes the metric of a name apart. */
export function resolveMetric(name: string, scope: FormulaScope): FormulaOutcome<ResolvedFormula> {
  const text = scope.metrics.get(name);
  if (text === undefined) return { ok: false, problem: unknownMetric(name, 0, scope) };
  return new Resolver(scope).run(text, [name]);
}

class Stop extends Error {
  constructor(readonly problem: FormulaProblem) {
    super(problem.message);
  }
}

class Resolver {
  #scope: FormulaScope;
  #columns: Map<string, Column>;
  #aggregates = new Map<string, FactAggregate>();
  #notAdditive = new Set<string>();
  #monetary = false;
  #nodes = 0;

  constructor(scope: FormulaScope) {
    this.#scope = scope;
    this.#columns = new Map(scope.dataset.columns.map((column) => [column.name, column]));
  }

  run(text: string, path: string[]): FormulaOutcome<ResolvedFormula> {
    try {
      const formula = this.#text(text, path, 0);
      return {
        ok: true,
        value: {
          formula,
          aggregates: [...this.#aggregates.values()],
          notAdditive: [...this.#notAdditive],
          monetary: this.#monetary,
        },
      };
    } catch (error) {
      if (error instanceof Stop) return { ok: false, problem: error.problem };
      throw error;
    }
  }

  #text(text: string, path: string[], depth: number): FactFormula {
    const parsed = parseFormula(text);
    if (!parsed.ok) throw new Stop(inMetric(parsed.problem, path));
    return this.#node(parsed.value, path, depth);
  }

  #node(node: FormulaNode, path: string[], depth: number): FactFormula {
    if (++this.#nodes > MAX_NODES || depth > MAX_DEPTH) {
      const message =
        `The formula is too large: with the metrics it names it comes to more than ${MAX_NODES} operations`;
      throw new Stop(inMetric({ message, at: node.at }, path));
    }
    switch (node.kind) {
      case "number":
        return { number: node.value };
      case "negate":
        // 0 - x and not -1 * x, which would answer -0 for 0.
        return { op: "-", left: { number: 0 }, right: this.#node(node.operand, path, depth + 1) };
      case "binary": {
        const left = this.#node(node.left, path, depth + 1);
        return { op: node.op, left, right: this.#node(node.right, path, depth + 1) };
      }
      case "metric":
        return this.#metric(node.name, node.at, path, depth);
      case "call":
        return this.#call(node, path);
    }
  }

  #metric(name: string, at: number, path: string[], depth: number): FactFormula {
    if (path.includes(name)) {
      const cycle = [...path.slice(path.indexOf(name)), name].join(" → ");
      throw new Stop(inMetric({ message: `The formula refers to itself: ${cycle}`, at }, path));
    }
    const text = this.#scope.metrics.get(name);
    if (text !== undefined) return this.#text(text, [...path, name], depth + 1);
    const column = this.#columns.get(name);
    if (column) {
      const fn = column.role === "measure" ? (column.additive ? "sum" : "only") : "count_distinct";
      const message = `"${name}" is a column, not a metric: write ${fn}(${name})`;
      throw new Stop(inMetric({ message, at }, path));
    }
    throw new Stop(inMetric(unknownMetric(name, at, this.#scope), path));
  }

  #call(node: Extract<FormulaNode, { kind: "call" }>, path: string[]): FactFormula {
    if (node.column === null) return this.#aggregate({ id: "count_rows", fn: "count_rows" }, 1);
    const column = this.#column(node.column, node.fn, node.columnAt, path);
    const refuse = (message: string) => {
      throw new Stop(inMetric({ message, at: node.columnAt }, path));
    };
    const { name } = column;
    const counts = node.fn === "count" || node.fn === "count_distinct";
    if (!counts && column.role !== "measure") {
      refuse(
        `${node.fn}() needs a measure; "${name}" is a ${column.role}: use count(${name}) or count_distinct(${name})`,
      );
    }
    if (!column.additive && (node.fn === "sum" || node.fn === "avg")) {
      const verb = node.fn === "sum" ? "summed" : "averaged";
      refuse(`"${name}" cannot be ${verb}, as it counts the same people or shares again: use only(${name})`);
    }
    if (!counts && column.unit === "currency") this.#monetary = true;
    const scale = column.type === "decimal" ? MICROS : 1;
    switch (node.fn) {
      case "avg": {
        const left = this.#aggregate({ id: `sum_${name}`, fn: "sum", column: name }, scale);
        return { op: "/", left, right: this.#aggregate({ id: `count_${name}`, fn: "count", column: name }, 1) };
      }
      case "only":
        this.#notAdditive.add(name);
        return this.#aggregate({ id: `only_${name}`, fn: "only", column: name }, scale);
      default:
        return this.#aggregate({ id: `${node.fn}_${name}`, fn: node.fn, column: name }, counts ? 1 : scale);
    }
  }

  #column(name: string, fn: string, at: number, path: string[]): Column {
    const column = this.#columns.get(name);
    if (column) return column;
    if (this.#scope.metrics.has(name)) {
      throw new Stop(inMetric({ message: `${fn}() needs a column; "${name}" is a metric: write it alone`, at }, path));
    }
    const nearest = nearestName(name, this.#columns.keys());
    const message = `Dataset "${this.#scope.dataset.id}" has no column "${name}"`;
    throw new Stop(inMetric({ message, at, ...(nearest === null ? {} : { nearest }) }, path));
  }

  #aggregate(aggregate: FactAggregate, scale: number): FactFormula {
    this.#aggregates.set(aggregate.id, aggregate);
    return { aggregate: aggregate.id, scale };
  }
}

/** A mistake in a metric that the formula only names is told with that metric's name. */
function inMetric(problem: FormulaProblem, path: string[]): FormulaProblem {
  const metric = path.at(-1);
  return metric === undefined ? problem : { ...problem, message: `In metric "${metric}": ${problem.message}` };
}

function unknownMetric(name: string, at: number, scope: FormulaScope): FormulaProblem {
  const nearest = nearestName(name, scope.metrics.keys());
  const message = `Dataset "${scope.dataset.id}" has no metric "${name}"`;
  return { message, at, ...(nearest === null ? {} : { nearest }) };
}
