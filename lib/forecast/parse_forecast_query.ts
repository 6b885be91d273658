import { type ForecastQuery, forecastQuerySchema } from "@/lib/model/mod.ts";
import { parseMetricQuery, queryError } from "@/lib/query/parse_query.ts";

/** Reads a question about what is to come. Throws `InputError` (400) naming the field, as `parseMetricQuery` does. */
export function parseForecastQuery(input: unknown): ForecastQuery {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    const message = `a question is an object such as {"dataset": "ads", "metrics": ["spend"], "horizon": 30}`;
    throw queryError("bad-query", "", message, 400);
  }
  const { horizon, total, ...rest } = input as Record<string, unknown>;
  const query = parseMetricQuery(rest);
  const { metrics, dimensions, grain = "day", compare, dataset, filters, range, asOf, currency } = query;
  if (metrics.length !== 1) {
    throw queryError("bad-query", "metrics", `one metric is forecast at a time, not ${metrics.length}`, 400);
  }
  if (dimensions.length > 0) {
    const message = `one series is forecast at a time; filter "${dimensions[0]}" to one value instead`;
    throw queryError("bad-query", "dimensions", message, 400);
  }
  if (compare) throw queryError("bad-query", "compare", "what is to come is not compared; leave it out", 400);
  if (grain === "quarter" || grain === "year") {
    throw queryError("bad-query", "grain", `must be one of day, week, month, not "${grain}"`, 400);
  }
  if (total !== undefined && grain !== "day") {
    throw queryError("bad-query", "total", `is expected from days; leave the grain "${grain}" out`, 400);
  }
  const asked = { dataset, metrics, filters, range, asOf, currency, grain, horizon, total };
  const parsed = forecastQuerySchema.safeParse(asked);
  if (parsed.success) return parsed.data;
  if (!forecastQuerySchema.shape.total.safeParse(total).success) {
    throw queryError("bad-query", "total", `must be one of week, month, quarter, not ${JSON.stringify(total)}`, 400);
  }
  const said = JSON.stringify(horizon);
  throw queryError("bad-query", "horizon", `must be a whole number from 1 to 366, not ${said}`, 400);
}
