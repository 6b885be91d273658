/** How demand, prices and tracking of the demo's shop move with the calendar. Everything hangs on the day alone. */
import type { Day } from "@/lib/model/mod.ts";
import { blackFriday, dayNumber, dayOf, weekday } from "./days.ts";
import { randomOf } from "./random.ts";

/** Demand over the year as month/day → factor; straight lines between. A shop for the home, in central Europe. */
const YEAR: [number, number][] = [
  [1, 1.02],
  [25, 0.94],
  [80, 1.0],
  [120, 1.06],
  [165, 0.96],
  [215, 0.82],
  [245, 0.95],
  [290, 1.06],
  [320, 1.15],
  [345, 1.36],
  [353, 1.22],
  [359, 0.62],
  [362, 0.86],
  [367, 1.02],
];

/** Monday to Sunday. People shop at the end of the weekend; offices buy on workdays. */
const SHOPPERS = [1.06, 0.99, 0.97, 0.96, 0.91, 0.97, 1.14];
const OFFICES = [1.2, 1.28, 1.3, 1.24, 1.06, 0.45, 0.47];

/** What a day is like, against an average one. */
export interface DayMood {
  date: Day;
  /** How much people look for things to buy, by audience. */
  demand: { shoppers: number; offices: number };
  /** What a click costs: rivals bid more when demand is high. */
  clickPrice: number;
  /** How readily a visitor buys. */
  readiness: number;
  /** The share of conversions that tracking catches. */
  tracking: number;
}

/** The mood of a day. Worked out once a day: every row of it asks. */
export function moodOf(day: number, seed: number): DayMood {
  const date = dayOf(day);
  const year = Number(date.slice(0, 4));
  const base = yearly(day - dayNumber(`${year}-01-01`) + 1);
  const rush = base * saleRush(day - blackFriday(year));
  return {
    date,
    demand: {
      shoppers: (SHOPPERS[weekday(day)] ?? 1) * rush,
      offices: (OFFICES[weekday(day)] ?? 1) * (0.6 + 0.4 * base),
    },
    clickPrice: 1 + 0.35 * (rush - 1),
    readiness: 1 + 0.45 * (rush - 1),
    tracking: tracking(day, trackingOutage(year, seed)),
  };
}

const START = dayNumber("2025-01-01");

/** Growth since 2025 at a yearly rate; it levels off after a decade, so that far-away years stay plausible. */
export function growth(day: number, yearlyRate: number): number {
  const years = (day - START) / 365.25;
  return Math.exp(Math.log(1 + yearlyRate) * 10 * Math.tanh(years / 10));
}

/**
 * The first day of a year's outage, or null. In every odd year the tag breaks once, on three days between March and
 * October, so that any two years show it.
 */
export function trackingOutage(year: number, seed: number): number | null {
  if (year % 2 === 0) return null;
  return dayNumber(`${year}-03-05`) + Math.floor(randomOf(seed, "outage", year).uniform() * 230);
}

/** The day of the product launch in the even year at or before `day`. */
export function lastLaunch(day: Day): Day {
  const year = Number(day.slice(0, 4));
  const even = year - year % 2;
  return day >= `${even}-09-15` ? `${even}-09-15` : `${even - 2}-09-15`;
}

function tracking(day: number, outage: number | null): number {
  if (outage === null || day < outage || day > outage + 2) return 1;
  return day === outage + 1 ? 0.04 : 0.3;
}

/** Demand by the day of the year, from 1. */
function yearly(place: number): number {
  const after = YEAR.findIndex(([at]) => at > place);
  const [x1, y1] = YEAR[after - 1] ?? [1, 1];
  const [x2, y2] = YEAR[after] ?? [367, 1];
  return y1 + (y2 - y1) * (place - x1) / (x2 - x1);
}

/** Black Week by days from its Friday: a ramp of four days, a peak, an echo on Monday. */
function saleRush(distance: number): number {
  const rush: Record<number, number> = {
    "-4": 1.12,
    "-3": 1.16,
    "-2": 1.22,
    "-1": 1.35,
    0: 1.95,
    1: 1.5,
    2: 1.4,
    3: 1.6,
  };
  return rush[distance] ?? 1;
}
