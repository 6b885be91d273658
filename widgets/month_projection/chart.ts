/** The projection as data: the month so far, what is expected of the rest, the target, and the month before. */
import { courseBefore, courseChart, type CourseLine, daysOf } from "@/components/forecast/course_chart.ts";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { ChartInput } from "@/lib/widget/mod.ts";
import type { MonthProjectionOptions } from "./options.ts";

/** Below so many rows of the grid the number stands alone. */
const LEAST_ROWS = 3;

/** The chart of a projection; null where nothing is forecast, or where there is no room. */
export function monthProjectionChart(
  { options, forecasts, size }: ChartInput<MonthProjectionOptions>,
): ChartSpec | null {
  const forecast = forecasts?.main;
  if (forecast?.state !== "ready" || !forecast.total || size.rows < LEAST_ROWS) return null;
  const { total } = forecast;
  const days = daysOf(total);
  const lines: CourseLine[] = [];
  const { target, before } = options;
  if (target !== undefined) lines.push({ name: "Target", values: days.map(() => target), kind: "goal" });
  const sums = before ? courseBefore(forecast, total) : null;
  if (sums) {
    lines.push({
      name: `The ${total.unit} before`,
      values: days.map((_, at) => sums[at] ?? null),
      kind: "comparison",
    });
  }
  return courseChart(forecast, total, { lines });
}
