import { type Column, timeColumn } from "@/lib/model/mod.ts";
import type { Warehouse } from "@/lib/warehouse/mod.ts";
import { shiftDay } from "./days.ts";
import type { Look } from "./look.ts";
import type { Outlier } from "./quality.ts";

/** Measures that are looked at, in this order of what people watch. */
const MOST_MEASURES = 4;
const WATCHED = ["spend", "revenue", "sessions", "impressions", "sent", "clicks", "conversions", "orders", "opens"];
/** The same weekday of so many weeks before and after is what a day is held against. */
const WEEKS = 6;
const ENOUGH = 6;
/** So many median deviations off is far: about one normal day in ten thousand. */
const FAR = 6;
/** Where days hardly differ, a tenth of the usual is no surprise. */
const LEAST_SPREAD = 0.1;

/** Days that are far off, and how many days were looked at. */
export interface OutlierSearch {
  outliers: Outlier[];
  days: number;
}

/** Looks for days whose sum is far off what the same weekday is around them, by platform. */
export async function findOutliers(warehouse: Warehouse, look: Look): Promise<OutlierSearch> {
  const { ref, version, range } = look;
  const measures = watchedMeasures(ref.dataset.columns);
  if (!range || measures.length === 0) return { outliers: [], days: 0 };
  const { rows } = await warehouse.query(ref, {
    version,
    from: range.from,
    to: range.to,
    groups: [
      ...(look.hasPlatform ? [{ id: "platform", column: "platform" }] : []),
      { id: "day", column: timeColumn(ref.dataset).name, grain: "day" as const },
    ],
    aggregates: measures.map(({ name }) => ({ id: `m_${name}`, fn: "sum" as const, column: name })),
    where: null,
    order: [],
    limit: null,
    offset: 0,
    totals: false,
  });
  const outliers: (Outlier & { far: number })[] = [];
  let days = 0;
  for (const measure of measures) {
    const series = new Map<string, Map<string, number>>();
    for (const row of rows) {
      const sum = row[`m_${measure.name}`];
      if (typeof sum !== "bigint") continue;
      const platform = String(row.platform ?? "");
      const values = series.get(platform) ?? new Map<string, number>();
      values.set(String(row.day), Number(sum) / (measure.type === "decimal" ? 1e6 : 1));
      series.set(platform, values);
    }
    for (const [platform, values] of series) {
      days += values.size;
      outliers.push(
        ...farDays(values, { counts: measure.unit === "count" }).map((found) => ({
          ...found,
          platform,
          column: measure.name,
          title: measure.title,
          unit: measure.unit ?? null,
        })),
      );
    }
  }
  outliers.sort((a, b) => b.far - a.far);
  return { outliers: outliers.map(({ far: _far, ...outlier }) => outlier), days };
}

/**
 * The days of one series that are far off, with what would be usual and how far they are. Pure. `counts`: the values count
 * single events, of which three are as usual as one.
 */
export function farDays(
  values: Map<string, number>,
  { counts = false }: { counts?: boolean } = {},
): { day: string; value: number; usual: number; far: number }[] {
  const level = levels(values);
  return [...values].flatMap(([day, value]) => {
    // Weekdays differ, and seasons do: both are taken out before days are compared.
    const weekday: number[] = [];
    for (let week = 1; week <= WEEKS; week++) {
      for (const at of [shiftDay(day, -7 * week), shiftDay(day, 7 * week)]) {
        const other = values.get(at);
        const around = level.get(at);
        if (other !== undefined && around) weekday.push(other / around);
      }
    }
    const around = level.get(day);
    if (weekday.length < ENOUGH || !around) return [];
    const middle = median(weekday);
    const spread = 1.4826 * median(weekday.map((share) => Math.abs(share - middle)));
    const usual = middle * around;
    // Chance alone moves a count by its square root.
    const chance = counts ? Math.sqrt(Math.max(usual, 1)) / around : 0;
    const far = Math.abs(value / around - middle) / Math.max(spread, Math.abs(middle) * LEAST_SPREAD, chance, 1e-9);
    return far > FAR ? [{ day, value, usual, far }] : [];
  });
}

/** The median of the fortnight around each day: where the series stands, whatever single days do. */
function levels(values: Map<string, number>): Map<string, number> {
  return new Map([...values.keys()].map((day) => {
    const around: number[] = [];
    for (let shift = -10; shift <= 10; shift++) {
      const value = values.get(shiftDay(day, shift));
      if (value !== undefined) around.push(value);
    }
    return [day, median(around)];
  }));
}

function watchedMeasures(columns: Column[]): Column[] {
  const additive = columns.filter((c) => c.role === "measure" && c.additive);
  const watched = WATCHED.flatMap((name) => additive.find((c) => c.name === name) ?? []);
  return (watched.length ? watched : additive).slice(0, MOST_MEASURES);
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
