/** The course of a unit as data: what came up to each day, what is expected with its band, and what both are held against. */
import type { ForecastPoint, ForecastResult, ForecastTotal } from "@/lib/model/mod.ts";
import { nextPeriod } from "@/lib/format/mod.ts";
import type { ChartSeries, ChartSpec } from "@/lib/widget/chart_spec.ts";

/** A line that the course is held against, by day of the unit: `null` where it says nothing. */
export interface CourseLine {
  name: string;
  values: (number | null)[];
  /** A goal stands out, a comparison stays back. */
  kind: "goal" | "comparison";
}

/** The days of a unit. */
export function daysOf({ from, to }: Pick<ForecastTotal, "from" | "to">): string[] {
  const days: string[] = [];
  for (let day = from; day <= to && days.length < 100; day = nextPeriod(day, "day")) days.push(day);
  return days;
}

/** The chart of a unit's course. */
export function courseChart(
  { metric, currency, trained }: ForecastResult,
  total: ForecastTotal,
  { lines, bands = ["95", "80"] }: { lines: CourseLine[]; bands?: ("80" | "95")[] },
): ChartSpec {
  const labels = daysOf(total);
  const said = new Map([lastKnown(trained.to, total), ...total.points].map((point) => [point.period, point]));
  const came = new Map(total.course.map(({ period, value }) => [period, value]));
  const line = (name: string, values: (number | null)[], more: Partial<ChartSeries> = {}): ChartSeries => ({
    name,
    kind: "line",
    color: 1,
    format: metric.format,
    values,
    ...more,
  });
  const of = (field: "value" | "lower80" | "upper80" | "lower95" | "upper95") =>
    labels.map((day) => said.get(day)?.[field] ?? null);
  const first = total.points[0]?.period ?? total.to;
  return {
    type: "cartesian",
    labels,
    time: "day",
    series: [
      ...bands.flatMap((share) => [
        line(`${share} % from`, of(`lower${share}`), { band: "lower" }),
        line(`${share} % to`, of(`upper${share}`), { band: "upper" }),
      ]),
      ...total.course.length > 0
        ? [line("So far", labels.map((day) => came.get(day) ?? null), {
          unsettled: labels.flatMap((day, at) => day >= first && came.has(day) ? [at] : []),
        })]
        : [],
      line("Expected", of("value"), { dashed: true }),
      ...lines.map(({ name, values, kind }) =>
        line(name, values, kind === "goal" ? { color: 3, dashed: true } : { color: "compare", comparison: true })
      ),
    ],
    currency,
  };
}

/** The day that what is expected goes on from: it is known, so that its bands have no width. */
function lastKnown(period: string, { settled }: Pick<ForecastTotal, "settled">): Omit<ForecastPoint, "naive"> {
  return { period, value: settled, lower80: settled, upper80: settled, lower95: settled, upper95: settled };
}

/** The unit before, up to each of its days, laid over this one; null where not all of its days are known. */
export function courseBefore(
  { actuals }: Pick<ForecastResult, "actuals">,
  total: Pick<ForecastTotal, "from" | "to" | "unit">,
): number[] | null {
  const start = startBefore(total);
  const known = new Map(actuals.map(({ period, value }) => [period, value]));
  const sums: number[] = [];
  let sum = 0;
  for (let day = start; day < total.from; day = nextPeriod(day, "day")) {
    const value = known.get(day);
    if (value === undefined || value === null) return null;
    sums.push(sum += value);
  }
  return sums;
}

/** The first day of the unit before. */
function startBefore({ from, unit }: Pick<ForecastTotal, "from" | "unit">): string {
  const date = new Date(`${from}T00:00:00Z`);
  if (unit === "week") date.setUTCDate(date.getUTCDate() - 7);
  else date.setUTCMonth(date.getUTCMonth() - (unit === "month" ? 1 : 3));
  return date.toISOString().slice(0, 10);
}
