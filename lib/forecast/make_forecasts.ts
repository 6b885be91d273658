/** Makes and keeps the forecasts of a dataset; repeated, interrupted or run twice at once, each is made once. */
import type { Log } from "@/lib/log.ts";
import { ConflictError, InputError } from "@/lib/errors.ts";
import { daysBetween } from "@/lib/model/calendar.ts";
import type { Dataset, Forecast, ForecastGrain, ForecastQuery, Viewer } from "@/lib/model/mod.ts";
import type { DatasetState } from "@/lib/warehouse/mod.ts";
import { forecastOf, type ForecastServices } from "./answer_forecast.ts";
import { readSeries, type SeriesServices } from "./read_series.ts";
import { forecastsCollection, seriesKey, type StoredForecast } from "./stored_forecast.ts";
import { worthForecasting } from "./worth_forecasting.ts";

/** Series of one dataset that are forecast by themselves; the others are forecast when somebody asks. */
const MOST_SERIES = 40;
/** No run takes longer; the next one goes on where it ended. */
const MOST_MS = 240_000;
/** With fewer days nothing can be forecast. */
const LEAST_DAYS = 14;

/** Kept forecasts reach so far at least, so that a month later there is something to hold against what came. */
const LEAST_AHEAD: Record<ForecastGrain, number> = { day: 60, week: 13, month: 6 };

/** What a run is told. */
export interface MakingOptions {
  signal: AbortSignal;
  log: Log;
  /** Throws unless this run still holds its job. */
  confirm(): Promise<void>;
  /** Questions that come before the usual ones: what widgets show. */
  asked?: readonly ForecastQuery[];
}

/** What a run did. */
export interface MakingReport {
  made: number;
  /** Series whose newest forecast still stands. */
  standing: number;
  /** Series that cannot be forecast: too short, mostly. */
  refused: number;
  /** Series that were left for the next run. */
  left: number;
}

/** Makes what is missing, the most valuable series first. */
export async function makeForecasts(
  services: ForecastServices,
  viewer: Viewer,
  { dataset, state }: { dataset: Dataset; state: DatasetState },
  { signal, log, confirm, asked = [] }: MakingOptions,
): Promise<MakingReport> {
  const report: MakingReport = { made: 0, standing: 0, refused: 0, left: 0 };
  if (!state.range || daysBetween(state.range.from, state.range.to) + 1 < LEAST_DAYS) return report;
  const questions = await forecastQuestions(services, viewer, { dataset, state }, asked);
  const until = performance.now() + MOST_MS;
  for (const question of questions) {
    signal.throwIfAborted();
    if (performance.now() > until) {
      report.left++;
      continue;
    }
    report[await makeOne(services, viewer, question, { log, confirm })]++;
  }
  return report;
}

/** What is forecast by itself, one question a series, the most valuable first. */
export async function forecastQuestions(
  services: SeriesServices,
  viewer: Viewer,
  { dataset, state }: { dataset: Dataset; state: DatasetState },
  asked: readonly ForecastQuery[],
): Promise<ForecastQuery[]> {
  const shown = asked.map((one) => ({ ...one, horizon: Math.max(one.horizon, LEAST_AHEAD[one.grain]) }));
  const questions = [...shown, ...await worthForecasting(services, viewer, dataset, state)];
  const bySeries = new Map(questions.toReversed().map((one) => [seriesKey(one), one]));
  return [...bySeries.values()].toReversed().slice(0, MOST_SERIES);
}

async function makeOne(
  services: ForecastServices,
  viewer: Viewer,
  question: ForecastQuery,
  { log, confirm }: Pick<MakingOptions, "log" | "confirm">,
): Promise<"made" | "standing" | "refused"> {
  const { workspace } = viewer;
  const series = seriesKey(question);
  try {
    const read = await readSeries(services, viewer, question);
    const trainedTo = read.periods.at(-1);
    if (trainedTo !== undefined && await stands(services, workspace, { series, from: trainedTo, of: read })) {
      return "standing";
    }
    const forecast = await forecastOf(services, viewer, read);
    await confirm();
    const doc = storedOf(forecast, { series, question, made: services.clock.now().toISOString() });
    await services.documents.create(forecastsCollection, workspace, doc);
    return "made";
  } catch (error) {
    if (error instanceof ConflictError) return "standing"; // another run was quicker
    if (!(error instanceof InputError)) throw error;
    log.debug("A series is not forecast", { dataset: question.dataset, reason: error.message });
    return "refused";
  }
}

/** Whether a forecast of a series from the same last day stands, made of the same meaning of the metric. */
async function stands(
  { documents }: Pick<ForecastServices, "documents">,
  workspace: string,
  { series, from, of }: { series: string; from: string; of: { definition: string } },
): Promise<boolean> {
  const options = { index: "bySeries", equals: [series], from, limit: 20 };
  const { items } = await documents.list(forecastsCollection, workspace, options);
  return items.some(({ doc }) => doc.state !== "outdated" && doc.forecast.definition === of.definition);
}

function storedOf(
  forecast: Forecast,
  { series, question, made }: { series: string; question: ForecastQuery; made: string },
): StoredForecast {
  const { trained: { to }, version, dataset, points } = forecast;
  return {
    id: `${series}.${to}.v${version}.${forecast.definition.slice(0, 8)}`,
    dataset,
    series,
    question,
    trainedTo: to,
    made,
    forecast,
    state: "open",
    settled: points.map(({ period }) => ({ period, first: null, final: null })),
    outdated: null,
  };
}
