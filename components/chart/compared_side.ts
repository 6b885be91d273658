import type { MetricResult } from "@/lib/model/mod.ts";

/** What changes are worked out from: the answer, without the days that take no part in its comparison. */
export function comparedSide(result: MetricResult): Pick<MetricResult, "rows" | "totals" | "totalsByCurrency"> {
  return result.comparison?.current ?? result;
}
