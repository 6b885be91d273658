/** Answers a question about what is to come: the forecast, the numbers before it, and what was said a month ago. */
import { createHash } from "node:crypto";
import { InputError } from "@/lib/errors.ts";
import { addDays } from "@/lib/model/calendar.ts";
import type { Forecast, ForecastAnswer, ForecastQuery, ForecastResult, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { forecastMetric } from "./forecast_metric.ts";
import { parseForecastQuery } from "./parse_forecast_query.ts";
import { type MetricSeries, readSeries, type SeriesServices } from "./read_series.ts";
import { forecastsCollection, seriesKey } from "./stored_forecast.ts";

/** What forecasting takes of the outside. */
export type ForecastServices = SeriesServices & Pick<Services, "forecasts">;

/** Raise it when the same series would be forecast otherwise: cached answers end with it. */
const MODELS = 3;
/** How long ago the forecast was made that today is held against. */
const EARLIER_DAYS = 30;

/** Answers a question. Throws `InputError` for one that cannot be answered: `too-short` says how much is missing. */
export async function answerForecast(
  services: ForecastServices,
  viewer: Viewer,
  input: unknown,
): Promise<ForecastResult> {
  const query = parseForecastQuery(input);
  const series = await readSeries(services, viewer, query);
  const forecast = await forecastOf(services, viewer, series);
  return {
    ...forecast,
    state: "ready",
    actuals: series.actuals,
    earlier: await earlierOf(services, viewer, query, series),
  };
}

/** As `answerForecast`, for a tile: what cannot be forecast is an answer that says why, and how much data is missing. */
export async function answerForecastTile(
  services: ForecastServices,
  viewer: Viewer,
  input: unknown,
): Promise<ForecastAnswer> {
  try {
    return await answerForecast(services, viewer, input);
  } catch (error) {
    if (!(error instanceof InputError) || !REFUSALS.has(error.code)) throw error;
    const { have, need } = error.extra;
    const counts = typeof have === "number" && typeof need === "number" ? { have, need } : {};
    return { state: "refused", code: error.code, message: error.message, ...counts };
  }
}

/** Refusals that lie in the data, not in the question. */
const REFUSALS = new Set(["too-short", "too-sparse", "too-far", "several-currencies", "not-a-sum"]);

/** The forecast of a series; kept in the cache by what the models see, so nothing stale is served. */
export async function forecastOf(
  services: Pick<Services, "cache" | "forecasts">,
  { workspace }: Pick<Viewer, "workspace">,
  series: MetricSeries,
): Promise<Forecast> {
  const { actuals: _actuals, metric, ...seen } = series;
  const hash = createHash("sha256").update(JSON.stringify([MODELS, metric.name, metric.title, seen])).digest("hex");
  const key = `forecast:${workspace}:${series.query.dataset}:${hash}`;
  const { value } = await services.cache.through(key, async () => {
    return JSON.stringify(await forecastMetric(services.forecasts, series));
  });
  return JSON.parse(value);
}

/** The latest stored forecast that stood a month before the last day there is. */
async function earlierOf(
  { documents }: Pick<Services, "documents">,
  { workspace }: Viewer,
  query: ForecastQuery,
  { complete, definition, periods, maturityDays }: MetricSeries,
): Promise<ForecastResult["earlier"]> {
  if (periods.length === 0) return null;
  const page = await documents.list(forecastsCollection, workspace, {
    index: "bySeries",
    equals: [seriesKey(query)],
    // What was learned a month ago ended as many days earlier as numbers take to be final.
    to: addDays(complete, -EARLIER_DAYS - maturityDays),
    direction: "descending",
    limit: 20,
  });
  const found = page.items.find(({ doc }) => doc.state !== "outdated" && doc.forecast.definition === definition);
  return found ? { made: found.doc.made, to: found.doc.trainedTo, points: found.doc.forecast.points } : null;
}
