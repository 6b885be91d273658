/** How right the kept forecasts of a dataset were: worked out when actuals come, read by its page. Pure but for storing. */
import type { Collection } from "@/lib/documents/mod.ts";
import { valueLabel } from "@/lib/format/mod.ts";
import { startOf, unitsBetween } from "@/lib/model/calendar.ts";
import {
  type AccuracyReport,
  accuracyReportSchema,
  type AccuracyScore,
  type Filter,
  type ForecastMiss,
} from "@/lib/model/mod.ts";
import type { StoredForecast } from "./stored_forecast.ts";

/** One report a dataset; each run of the job writes it anew. */
export const accuracyReportsCollection: Collection<AccuracyReport> = {
  name: "forecast_reports",
  schema: accuracyReportSchema,
  indexes: {},
};

/** The language of what is written down outside pages. */
const LOCALE = "en-GB";

/** A value of a field in people's words. */
export type NameOf = (field: string, value: string | number) => string;

/** Values as they are, but for fixed vocabularies. */
export const plainName: NameOf = (field, value) => {
  return typeof value === "number" ? String(value) : valueLabel(field, value, LOCALE);
};

/** How far ahead, in periods after the first that was forecast. */
const DISTANCES = [
  { title: "1 to 7 ahead", below: 7 },
  { title: "8 to 28 ahead", below: 28 },
  { title: "further", below: Infinity },
];
const MOST_MISSES = 12;
const MOST_WEEKS = 30;

/** One settled period: errors as shares of the mean size of what came in its forecast. */
interface Outcome {
  doc: StoredForecast;
  period: string;
  ahead: number;
  error: number;
  naive: number;
  inside80: boolean;
  inside95: boolean;
}

/** Works the report out from kept forecasts; those that are outdated are counted and take no part. */
export function accuracyReport(
  dataset: string,
  docs: readonly StoredForecast[],
  { made, nameOf = plainName }: { made: string; nameOf?: NameOf },
): AccuracyReport {
  const standing = docs.filter(({ state }) => state !== "outdated");
  const outcomes = standing.flatMap(outcomesOf);
  const grouped = <Key extends string>(key: (outcome: Outcome) => Key) =>
    [...Map.groupBy(outcomes, key)].sort(([a], [b]) => a < b ? -1 : 1);
  return {
    id: dataset,
    made,
    forecasts: docs.length,
    outdated: docs.length - standing.length,
    outdatedBy: countedBy(
      docs.flatMap(({ state, outdated }) => state === "outdated" && outdated ? [outdated.reason] : []),
    ),
    overall: outcomes.length ? scoreOf(outcomes) : null,
    weeks: grouped(({ period }) => startOf(period, "week")).slice(-MOST_WEEKS).map(([week, some]) => ({
      week,
      ...scoreOf(some),
    })),
    models: grouped(({ doc }) => doc.forecast.model).map(([model, some]) => ({
      model,
      forecasts: new Set(some.map(({ doc }) => doc.id)).size,
      ...scoreOf(some),
    })).toSorted((a, b) => b.periods - a.periods),
    distances: DISTANCES.flatMap(({ title, below }, at) => {
      const from = DISTANCES[at - 1]?.below ?? 0;
      const some = outcomes.filter(({ ahead }) => ahead >= from && ahead < below);
      return some.length ? [{ title, ...scoreOf(some) }] : [];
    }),
    misses: missesOf(standing, nameOf),
  };
}

function outcomesOf(doc: StoredForecast): Outcome[] {
  const came = settledOf(doc);
  const scale = came.reduce((sum, { value }) => sum + Math.abs(value), 0) / came.length;
  if (!(scale > 0)) return []; // nothing came at all: shares of nothing say nothing
  return came.map(({ point, value }) => ({
    doc,
    period: point.period,
    ahead: unitsBetween(doc.forecast.points[0]!.period, point.period, doc.forecast.grain),
    error: Math.abs(value - point.value) / scale,
    naive: Math.abs(value - point.naive) / scale,
    inside80: value >= point.lower80 && value <= point.upper80,
    inside95: value >= point.lower95 && value <= point.upper95,
  }));
}

/** Periods with what came of them: the final value, or what stood when the period was over. */
function settledOf({ settled, forecast: { points } }: StoredForecast) {
  const byPeriod = new Map(points.map((point) => [point.period, point]));
  return settled.flatMap(({ period, first, final }) => {
    const point = byPeriod.get(period);
    const value = (final ?? first)?.value;
    return point && value !== undefined ? [{ point, value }] : [];
  });
}

function scoreOf(outcomes: readonly Outcome[]): AccuracyScore {
  const share = (count: number) => count / outcomes.length;
  return {
    periods: outcomes.length,
    error: share(outcomes.reduce((sum, { error }) => sum + error, 0)),
    naive: share(outcomes.reduce((sum, { naive }) => sum + naive, 0)),
    inside80: share(outcomes.filter(({ inside80 }) => inside80).length),
    inside95: share(outcomes.filter(({ inside95 }) => inside95).length),
  };
}

/** The periods farthest outside their bands; of the forecasts of one series and period only the latest. */
function missesOf(docs: readonly StoredForecast[], nameOf: NameOf): ForecastMiss[] {
  const latest = new Map<string, ForecastMiss>();
  for (const doc of docs.toSorted((a, b) => a.trainedTo < b.trainedTo ? -1 : 1)) {
    const { forecast: { metric, currency, grain, model } } = doc;
    for (const { point, value } of settledOf(doc)) {
      const reach = value > point.value ? point.upper95 - point.value : point.value - point.lower95;
      const key = `${doc.series} ${point.period}`;
      latest.delete(key);
      if (!(reach > 0) || Math.abs(value - point.value) <= reach) continue;
      latest.set(key, {
        metric: metric.title,
        format: metric.format,
        currency,
        of: filterText(doc.forecast.filters, nameOf),
        period: point.period,
        grain,
        expected: point.value,
        lower: point.lower95,
        upper: point.upper95,
        came: value,
        times: Math.abs(value - point.value) / reach,
        model,
      });
    }
  }
  return [...latest.values()].sort((a, b) => b.times - a.times).slice(0, MOST_MISSES);
}

/** The values that a filter names. */
function filterText(filter: Filter | null, nameOf: NameOf): string {
  if (!filter) return "";
  const all = (filters: Filter[]) => filters.map((one) => filterText(one, nameOf)).filter(Boolean);
  if ("and" in filter) return all(filter.and).join(", ");
  if ("or" in filter) return all(filter.or).join(" or ");
  const { field, value } = filter;
  const values = value === null || value === undefined ? [] : Array.isArray(value) ? value : [value];
  return values.map((one) => nameOf(field, one)).join(", ");
}

function countedBy(reasons: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(reasons, (one) => one)].map(([reason, all]) => [reason, all.length]));
}
