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
  /** Other datasets whose metrics may be named, by id. */
  others?: ReadonlyMap<string, Dataset>;
}

/** The dataset that names are read in at the moment, and what its sums are called by. */
interface Place {
  dataset: Dataset;
  metrics: ReadonlyMap<string, string>;
  columns: ReadonlyMap<string, Column>;
  /** "" for the question's own dataset, `orders.` for another one. */
  prefix: string;
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
  if (text === undefined) return { ok: false, problem: unknownMetric(name, 0, scope.dataset, scope.metrics) };
  return new Resolver(scope).run(text, [name]);
}

class Stop extends Error {
  constructor(readonly problem: FormulaProblem) {
    super(problem.message);
  }
}

class Resolver {
  #scope: FormulaScope;
  #places = new Map<string, Place>();
  #aggregates = new Map<string, FactAggregate>();
  #notAdditive = new Set<string>();
  #monetary = false;
  #nodes = 0;

  constructor(scope: FormulaScope) {
    this.#scope = scope;
    const { dataset, metrics } = scope;
    this.#places.set(dataset.id, { dataset, metrics, columns: columnsOf(dataset), prefix: "" });
  }

  run(text: string, path: string[]): FormulaOutcome<ResolvedFormula> {
    try {
      const formula = this.#text(text, path, this.#place(this.#scope.dataset.id, 0, path), 0);
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

  #text(text: string, path: string[], place: Place, depth: number): FactFormula {
    const parsed = parseFormula(text);
    if (!parsed.ok) throw new Stop(inMetric(parsed.problem, path));
    return this.#node(parsed.value, path, place, depth);
  }

  #node(node: FormulaNode, path: string[], place: Place, depth: number): FactFormula {
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
        return { op: "-", left: { number: 0 }, right: this.#node(node.operand, path, place, depth + 1) };
      case "binary": {
        const left = this.#node(node.left, path, place, depth + 1);
        return { op: node.op, left, right: this.#node(node.right, path, place, depth + 1) };
      }
      case "metric":
        return this.#metric(node, path, place, depth);
      case "call":
        return this.#call(node, path, place);
    }
  }

  #metric(
    { dataset, name, at }: Extract<FormulaNode, { kind: "metric" }>,
    path: string[],
    from: Place,
    depth: number,
  ): FactFormula {
    const place = dataset === null ? from : this.#place(dataset, at, path);
    const called = `${place.prefix}${name}`;
    if (path.includes(called)) {
      const cycle = [...path.slice(path.indexOf(called)), called].join(" → ");
      throw new Stop(inMetric({ message: `The formula refers to itself: ${cycle}`, at }, path));
    }
    const text = place.metrics.get(name);
    if (text !== undefined) return this.#text(text, [...path, called], place, depth + 1);
    const column = place.columns.get(name);
    if (column && place.prefix === "") {
      const fn = column.role === "measure" ? (column.additive ? "sum" : "only") : "count_distinct";
      const message = `"${name}" is a column, not a metric: write ${fn}(${name})`;
      throw new Stop(inMetric({ message, at }, path));
    }
    throw new Stop(inMetric(unknownMetric(name, at, place.dataset, place.metrics), path));
  }

  #place(id: string, at: number, path: string[]): Place {
    const known = this.#places.get(id);
    if (known) return known;
    const dataset = this.#scope.others?.get(id);
    if (!dataset) {
      const nearest = nearestName(id, this.#scope.others?.keys() ?? []);
      const message = `There is no dataset "${id}"`;
      throw new Stop(inMetric({ message, at, ...(nearest === null ? {} : { nearest }) }, path));
    }
    const metrics = new Map(dataset.metrics.map(({ name, formula }) => [name, formula]));
    const place = { dataset, metrics, columns: columnsOf(dataset), prefix: `${id}.` };
    this.#places.set(id, place);
    return place;
  }

  #call(node: Extract<FormulaNode, { kind: "call" }>, path: string[], place: Place): FactFormula {
    const { prefix } = place;
    if (node.column === null) return this.#aggregate({ id: `${prefix}count_rows`, fn: "count_rows" }, 1);
    const column = this.#column(node.column, node.fn, node.columnAt, path, place);
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
    const of = (fn: Exclude<typeof node.fn, "avg">, scale: number) =>
      this.#aggregate({ id: `${prefix}${fn}_${name}`, fn, column: `${prefix}${name}` }, scale);
    if (node.fn === "avg") return { op: "/", left: of("sum", scale), right: of("count", 1) };
    if (node.fn === "only") this.#notAdditive.add(`${prefix}${name}`);
    return of(node.fn, counts ? 1 : scale);
  }

  #column(name: string, fn: string, at: number, path: string[], { dataset, metrics, columns }: Place): Column {
    const column = columns.get(name);
    if (column) return column;
    if (metrics.has(name)) {
      throw new Stop(inMetric({ message: `${fn}() needs a column; "${name}" is a metric: write it alone`, at }, path));
    }
    const nearest = nearestName(name, columns.keys());
    const message = `Dataset "${dataset.id}" has no column "${name}"`;
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

function unknownMetric(
  name: string,
  at: number,
  dataset: Dataset,
  metrics: ReadonlyMap<string, string>,
): FormulaProblem {
  const nearest = nearestName(name, metrics.keys());
  const message = `Dataset "${dataset.id}" has no metric "${name}"`;
  return { message, at, ...(nearest === null ? {} : { nearest }) };
}

function columnsOf(dataset: Dataset): ReadonlyMap<string, Column> {
  return new Map(dataset.columns.map((column) => [column.name, column]));
}
