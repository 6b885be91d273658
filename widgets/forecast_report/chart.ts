import { accuracyChart } from "@/components/forecast/accuracy_chart.ts";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { ChartInput } from "@/lib/widget/mod.ts";
import type { ForecastReportOptions } from "./options.ts";

/** Accuracy by week; null with a week or less, or where it is not to be shown. */
export function forecastReportChart({ options, accuracy }: ChartInput<ForecastReportOptions>): ChartSpec | null {
  const report = accuracy?.main;
  return options.chart && report && report.weeks.length > 1 ? accuracyChart(report) : null;
}
