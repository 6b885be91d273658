/** The plan of a budget: as much on each day. Pure. */
import { courseBefore, daysOf } from "@/components/forecast/course_chart.ts";
import { daysLeft, soFar } from "@/components/forecast/unit_words.ts";
import type { ForecastResult, ForecastTotal } from "@/lib/model/mod.ts";

/** Days that say how much is spent a day now. */
const LATELY = 7;

/** A budget and how it is spent. */
export interface Pacing {
  budget: number;
  /** Whether the unit before stands in for a budget that was not named. */
  fromBefore: boolean;
  /** Up to each day, by the plan. */
  plan: number[];
  spent: number;
  /** By the plan, up to the last day that is over. */
  planned: number;
  /** What is left, spread over the days left; null where no day is. */
  needed: number | null;
  /** A day's spend, the mean of the last week. */
  lately: number;
}

/** How a budget is spent; null where there is none, and no unit before that could stand in for it. */
export function pacingOf(forecast: ForecastResult, total: ForecastTotal, named: number | undefined): Pacing | null {
  const budget = named ?? courseBefore(forecast, total)?.at(-1);
  if (budget === undefined || !(budget > 0)) return null;
  const days = daysOf(total);
  const plan = days.map((_, at) => budget * (at + 1) / days.length);
  const left = daysLeft(total);
  const spent = soFar(total);
  const recent = forecast.actuals.slice(-LATELY).flatMap(({ value }) => value ?? []);
  return {
    budget,
    fromBefore: named === undefined,
    plan,
    spent,
    planned: plan[days.length - left - 1] ?? 0,
    needed: left === 0 ? null : Math.max(0, budget - spent) / left,
    lately: recent.reduce((sum, value) => sum + value, 0) / Math.max(1, recent.length),
  };
}
