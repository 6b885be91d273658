/** What the calendar unit that is under way comes to: its final days, and the sum that is expected of the others. */
import { InputError } from "@/lib/errors.ts";
import { addDays, daysBetween, endOf, startOf } from "@/lib/model/calendar.ts";
import type { ForecastTotal, ForecastUnit } from "@/lib/model/mod.ts";
import type { ForecastSums } from "./models/mod.ts";
import type { MetricSeries } from "./read_series.ts";

/** A unit and where its expected days lie in the path. */
export interface UnitUnderWay {
  unit: ForecastUnit;
  from: string;
  to: string;
  /** Places in the path, `to` left out. */
  sums: { from: number; to: number };
}

/**
 * The unit of the day after the last one that was over, so that on its first morning it is the new one. Throws
 * `InputError` `not-a-sum` for a metric whose days do not add up.
 */
export function unitUnderWay({ metric, addsUp, complete, periods }: MetricSeries, unit: ForecastUnit): UnitUnderWay {
  if (!addsUp) {
    const message = `Cannot say what "${metric.name}" comes to by the end of the ${unit}: its days do not add up; ` +
      "choose what does, such as an amount or a count";
    throw new InputError("not-a-sum", message, { metric: metric.name });
  }
  const next = addDays(complete, 1);
  const [from, to] = [startOf(next, unit), endOf(next, unit)];
  const last = periods.at(-1) ?? complete;
  return {
    unit,
    from,
    to,
    sums: { from: Math.max(0, daysBetween(last, from) - 1), to: daysBetween(last, to) },
  };
}

/** The unit's total: days whose numbers are missing count as what they were filled with. */
export function totalOf(
  { periods, values, actuals, complete }: MetricSeries,
  { unit, from, to, sums }: UnitUnderWay,
  { path, bands80, bands95 }: ForecastSums,
): ForecastTotal {
  const last = periods.at(-1) ?? complete;
  const learned = new Map(periods.map((period, at) => [period, values[0]?.[at] ?? 0]));
  const came = new Map(actuals.map(({ period, value }) => [period, value]));
  const course: ForecastTotal["course"] = [];
  let [settled, sum] = [0, 0];
  for (let day = from; day <= complete; day = addDays(day, 1)) {
    sum += learned.get(day) ?? came.get(day) ?? 0;
    course.push({ period: day, value: sum });
    if (day <= last) settled = sum;
  }
  return {
    unit,
    from,
    to,
    settled,
    course,
    points: path.map((sum, at) => ({
      period: addDays(last, sums.from + at + 1),
      value: settled + sum,
      lower80: settled + bands80.lower[at]!,
      upper80: settled + bands80.upper[at]!,
      lower95: settled + bands95.lower[at]!,
      upper95: settled + bands95.upper[at]!,
    })),
  };
}
