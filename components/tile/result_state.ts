/** Whether a result can be shown, and if not, why. */
import { totalRows } from "@/components/chart/total_rows.ts";
import type { MetricResult } from "@/lib/model/mod.ts";

/** What there is to show. */
export type ResultState =
  | { kind: "values" }
  /** The dataset holds nothing at all. */
  | { kind: "no-data" }
  /** It holds something, but not for this range and these filters. */
  | { kind: "none-in-range" }
  /** The metric cannot be added up over what was asked. */
  | { kind: "not-additive"; message: string };

/** The state of a result for some of its metrics; of all when none are named. */
export function resultState(result: MetricResult | undefined, metrics?: readonly string[]): ResultState {
  if (!result) return { kind: "none-in-range" };
  if (result.rows.length === 0) return { kind: result.meta.asOf === null ? "no-data" : "none-in-range" };
  const wanted = metrics ?? result.columns.filter((column) => column.role === "metric").map((column) => column.name);
  const rows = [...result.rows, ...totalRows(result)];
  if (rows.some((row) => wanted.some((metric) => typeof row[metric] === "number"))) return { kind: "values" };
  const notice = result.meta.notices.find((n) => n.code === "not-additive" && (!n.metric || wanted.includes(n.metric)));
  return notice ? { kind: "not-additive", message: notice.message } : { kind: "none-in-range" };
}
