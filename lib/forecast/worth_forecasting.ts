/** Which series of a dataset are forecast by themselves: those that the most money or the most traffic stands behind. */
import { InputError } from "@/lib/errors.ts";
import { addDays } from "@/lib/model/calendar.ts";
import {
  type Condition,
  type Dataset,
  type Filter,
  type ForecastQuery,
  forecastQuerySchema,
  type Viewer,
} from "@/lib/model/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { DatasetState } from "@/lib/warehouse/mod.ts";
import type { SeriesServices } from "./read_series.ts";

/** Metrics that matter, the weightiest first; a dataset has some of them. */
const HEADLINES = ["spend", "revenue", "conversion_value", "conversions", "orders", "sessions", "clicks", "roas"];
/** How many of them: of the whole, of each platform, of each campaign. */
const METRICS = { whole: 5, platform: 3, campaign: 2 };
const MOST = { platform: 6, campaign: 12, currency: 3 };
/** Days whose sums say what is valuable now. */
const RECENT_DAYS = 90;
/** Facts that nothing is expected of: exchange rates, and what people set themselves. */
const NOT_EXPECTED = new Set(["rates", "targets"]);
/** How far is forecast by night: two months of days hold any month's end. */
const HORIZON_DAYS = 60;

/** The questions, the most valuable series first. */
export async function worthForecasting(
  services: SeriesServices,
  viewer: Viewer,
  dataset: Dataset,
  state: DatasetState,
): Promise<ForecastQuery[]> {
  if (NOT_EXPECTED.has(dataset.id) || !state.range) return [];
  const metrics = HEADLINES.filter((name) => dataset.metrics.some((metric) => metric.name === name));
  const [size] = metrics;
  if (size === undefined) return [];
  const question = (metric: string, filters?: Filter) =>
    perCurrency(dataset, state, metric, filters).map((filters) =>
      forecastQuerySchema.parse({ dataset: dataset.id, metrics: [metric], filters, horizon: HORIZON_DAYS })
    );
  const questions = metrics.slice(0, METRICS.whole).flatMap((metric) => question(metric));
  for (const dimension of ["platform", "campaign"] as const) {
    const values = await largest(services, viewer, { dataset, state, dimension, size });
    for (const value of dimension === "platform" && values.length < 2 ? [] : values) {
      const filter: Condition = { field: dimension, op: "equals", value };
      questions.push(...metrics.slice(0, METRICS[dimension]).flatMap((metric) => question(metric, filter)));
    }
  }
  return questions;
}

/** Amounts in several currencies never add up: each has a series of its own. */
function perCurrency(
  dataset: Dataset,
  { currencies }: DatasetState,
  metric: string,
  filters: Filter | undefined,
): (Filter | undefined)[] {
  const isAmount = dataset.metrics.some(({ name, format }) => name === metric && format === "currency");
  if (!isAmount || currencies.length < 2) return [filters];
  return currencies.slice(0, MOST.currency).map((currency) => {
    const own: Condition = { field: "currency", op: "equals", value: currency };
    return filters ? { and: [filters, own] } : own;
  });
}

/** The values of a dimension that recently came to most; none where the dataset has no such dimension. */
async function largest(
  services: SeriesServices,
  viewer: Viewer,
  { dataset, state, dimension, size }: {
    dataset: Dataset;
    state: DatasetState;
    dimension: "platform" | "campaign";
    size: string;
  },
): Promise<string[]> {
  if (!state.range || !dataset.columns.some(({ name }) => name === dimension)) return [];
  const { to } = state.range;
  try {
    const { rows } = await runMetricQuery(services, viewer, {
      dataset: dataset.id,
      metrics: [size],
      dimensions: [dimension],
      range: { from: addDays(to, 1 - RECENT_DAYS), to },
      order: [{ by: size, direction: "desc" }],
      limit: MOST[dimension],
    });
    const named = rows.filter((row) => typeof row[size] === "number" && row[size] > 0);
    return [...new Set(named.flatMap((row) => typeof row[dimension] === "string" ? row[dimension] : []))];
  } catch (error) {
    // A dataset of one's own may hold a headline metric that cannot be split.
    if (error instanceof InputError) return [];
    throw error;
  }
}
