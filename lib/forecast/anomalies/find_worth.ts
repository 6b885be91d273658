/** What a difference is worth in money: itself, or what the usual unit of it costs or brings. */
import { InputError } from "@/lib/errors.ts";
import { addDays } from "@/lib/model/calendar.ts";
import type { AnomalyWorth, MetricResult, Viewer } from "@/lib/model/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { FactFormula } from "@/lib/warehouse/mod.ts";
import { evaluateParts } from "../metric_parts.ts";
import type { SeriesServices } from "../read_series.ts";
import type { Verdict, WatchedSeries } from "./watch_series.ts";

/** What a unit of each count is usually paid or brings, the first that the dataset has. */
const PRICED_BY: Record<string, readonly string[]> = {
  conversions: ["conversion_value", "revenue", "spend"],
  orders: ["revenue"],
  sessions: ["revenue", "spend"],
  clicks: ["spend"],
  impressions: ["spend"],
};
/** Days before the anomaly that say what is usual. */
const USUAL_DAYS = 28;

/** What the difference is worth; null where the metric has no price. */
export async function findWorth(
  services: SeriesServices,
  viewer: Viewer,
  watched: WatchedSeries,
  { kind, day, actual, expected }: Verdict,
): Promise<AnomalyWorth | null> {
  const { series: { metric, parts, currency } } = watched;
  const difference = actual - expected;
  if (!parts) {
    if (metric.format === "currency") return { amount: difference, currency, each: null };
    return await priced(services, viewer, watched, { name: metric.name, units: difference, day });
  }
  const { formula } = metric;
  // The level of a ratio has no one day whose divisor would say how much money that is.
  if (kind === "level" || !("op" in formula) || formula.op !== "/") return null;
  const divisor = partOn(watched, formula.right, day);
  if (divisor === null) return null;
  const units = difference * divisor;
  const name = nameOf(watched, formula.left);
  if (isAmount(watched, formula.left)) {
    return { amount: units, currency: await currencyOf(services, viewer, watched, { name, day }), each: null };
  }
  return name ? await priced(services, viewer, watched, { name, units, day }) : null;
}

/** Units of a count at what a unit was usually worth in the weeks before. */
async function priced(
  services: SeriesServices,
  viewer: Viewer,
  { question }: WatchedSeries,
  { name, units, day }: { name: string; units: number; day: string },
): Promise<AnomalyWorth | null> {
  for (const money of PRICED_BY[name] ?? []) {
    const result = await totalsOf(services, viewer, {
      dataset: question.dataset,
      metrics: [money, name],
      filters: question.filters,
      range: { from: addDays(day, -USUAL_DAYS), to: addDays(day, -1) },
    });
    const [sum, count] = [result?.totals?.[money], result?.totals?.[name]];
    if (!result || typeof sum !== "number" || typeof count !== "number" || !(sum > 0) || !(count > 0)) continue;
    const column = result.columns.find((one) => one.name === money);
    const each = { amount: sum / count, metric: column?.title ?? money };
    return { amount: units * each.amount, currency: result.meta.currency, each };
  }
  return null;
}

/** Null where the dataset lacks one of the metrics. */
async function totalsOf(
  services: SeriesServices,
  viewer: Viewer,
  query: object,
): Promise<MetricResult | null> {
  try {
    return await runMetricQuery(services, viewer, { ...query, totals: true, limit: 1 });
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

async function currencyOf(
  services: SeriesServices,
  viewer: Viewer,
  { question: { dataset, filters }, series }: WatchedSeries,
  { name, day }: { name: string | null; day: string },
): Promise<string | null> {
  if (series.currency || !name) return series.currency;
  const asked = { dataset, metrics: [name], filters, range: { from: day, to: day } };
  return (await totalsOf(services, viewer, asked))?.meta.currency ?? null;
}

/** The value of a part of a ratio on a day. */
function partOn(
  { series: { parts, values, periods } }: WatchedSeries,
  formula: FactFormula,
  day: string,
): number | null {
  const at = periods.indexOf(day);
  return evaluateParts(formula, new Map((parts ?? []).map((id, part) => [id, values[part]?.[at] ?? null])));
}

function isAmount({ series: { metric, amounts } }: WatchedSeries, formula: FactFormula): boolean {
  if (!("aggregate" in formula)) return false;
  const column = metric.aggregates.find(({ id }) => id === formula.aggregate)?.column;
  return column !== undefined && amounts.includes(column);
}

/** The count that a part of a ratio is, by the name of its column. */
function nameOf({ series: { metric } }: WatchedSeries, formula: FactFormula): string | null {
  if (!("aggregate" in formula)) return null;
  return metric.aggregates.find(({ id }) => id === formula.aggregate)?.column ?? null;
}
