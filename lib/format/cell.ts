/** A result's cell as text, whatever its column is. */
import type { Cell, Grain, ResultColumn } from "@/lib/model/mod.ts";
import { formatPeriod, isDay } from "./dates.ts";
import { valueLabel } from "./labels.ts";
import { formatMetric, NO_VALUE, type NumberOptions } from "./numbers.ts";

/** The cell as text: metrics by their format (exact unless said otherwise), periods by grain, dimensions by their names. */
export function formatCell(
  value: Cell | undefined,
  column: Pick<ResultColumn, "name" | "role" | "format">,
  options: NumberOptions & { grain?: Grain },
): string {
  if (column.role === "metric") {
    return formatMetric(typeof value === "number" ? value : null, column, { exact: true, ...options });
  }
  if (isDay(value) && (column.role === "period" || column.format === "date")) {
    return formatPeriod(value, options.grain ?? "day", { locale: options.locale, year: true });
  }
  if (column.role === "period") return value === null || value === undefined ? NO_VALUE : String(value);
  return valueLabel(column.name, value, options.locale);
}
