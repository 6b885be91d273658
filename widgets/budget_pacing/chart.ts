/** The pacing as data: what was spent, what is expected on top, and the line of the plan. */
import { courseChart } from "@/components/forecast/course_chart.ts";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { ChartInput } from "@/lib/widget/mod.ts";
import type { BudgetPacingOptions } from "./options.ts";
import { pacingOf } from "./plan.ts";

/** Below so many rows of the grid the figures stand alone. */
const LEAST_ROWS = 4;

/** The chart of a pacing; null where nothing is forecast, or where there is no room. */
export function budgetPacingChart({ options, forecasts, size }: ChartInput<BudgetPacingOptions>): ChartSpec | null {
  const forecast = forecasts?.main;
  if (forecast?.state !== "ready" || !forecast.total || size.rows < LEAST_ROWS) return null;
  const pacing = pacingOf(forecast, forecast.total, options.budget);
  return courseChart(forecast, forecast.total, {
    lines: pacing ? [{ name: "Plan", values: pacing.plan, kind: "goal" }] : [],
    bands: ["80"],
  });
}
