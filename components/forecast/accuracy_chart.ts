import type { AccuracyReport } from "@/lib/model/mod.ts";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";

/** How far off forecasts were by the week they were of, beside repeating the last season. */
export function accuracyChart({ weeks }: Pick<AccuracyReport, "weeks">): ChartSpec {
  const line = { kind: "line", format: "percent" } as const;
  return {
    type: "cartesian",
    labels: weeks.map(({ week }) => week),
    time: "week",
    currency: null,
    series: [
      { ...line, name: "Forecasts off by", values: weeks.map(({ error }) => error), color: 1 },
      {
        ...line,
        name: "Repeating the last season",
        values: weeks.map(({ naive }) => naive),
        color: "compare",
        comparison: true,
      },
    ],
  };
}
