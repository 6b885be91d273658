import type { Dataset, MetricFormat } from "@/lib/model/mod.ts";
import type { FactFormula } from "@/lib/warehouse/mod.ts";
import type { ResolvedFormula } from "./formula/mod.ts";

/** How the values of a formula that does not say so are written: amounts per count are amounts, the rest is decimal. */
export function formatOf({ formula, aggregates }: ResolvedFormula, dataset: Dataset): MetricFormat {
  const unit = (part: FactFormula): MetricFormat | "number" => {
    if ("number" in part) return "number";
    if ("aggregate" in part) {
      const aggregate = aggregates.find(({ id }) => id === part.aggregate);
      if (!aggregate || aggregate.fn.startsWith("count")) return "integer";
      const column = dataset.columns.find(({ name }) => name === aggregate.column);
      if (column?.unit === undefined || column.unit === "count") {
        return column?.type === "integer" ? "integer" : "decimal";
      }
      return column.unit;
    }
    const [left, right] = [unit(part.left), unit(part.right)];
    if (part.op === "/") return left === "currency" && right !== "currency" ? "currency" : "decimal";
    if (left === right) return part.op === "*" && left !== "integer" && left !== "number" ? "decimal" : left;
    if (part.op === "*") return left === "currency" || right === "currency" ? "currency" : "decimal";
    // 0 - spend and spend - 10 are amounts still.
    if (left === "number" && right === "currency") return "currency";
    return left === "currency" && right === "number" ? "currency" : "decimal";
  };
  const found = unit(formula);
  return found === "number" ? "decimal" : found;
}
