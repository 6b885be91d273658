/** A tile's questions: with what the page adds to them, and answered, each by the part that knows its kind. */
import { answerForecastTile, type ForecastServices } from "@/lib/forecast/answer_forecast.ts";
import { readAccuracy } from "@/lib/forecast/read_accuracy.ts";
import { listAnomalies } from "@/lib/forecast/anomalies/list_anomalies.ts";
import type {
  AccuracyReport,
  AnomaliesAnswer,
  Dashboard,
  Filter,
  ForecastAnswer,
  MetricResult,
  PageFilters,
  TiersAnswer,
  Viewer,
} from "@/lib/model/mod.ts";
import { readTiers } from "@/lib/forecast/tiers/read_tiers.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { WidgetQuestion } from "@/lib/widget/mod.ts";
import { type AskingTile, withPageFilters } from "./with_page_filters.ts";

/** Answers by question name. */
export interface TileAnswers {
  results: Record<string, MetricResult>;
  /** Absent where nothing is asked about what is to come. */
  forecasts?: Record<string, ForecastAnswer>;
  /** Where nothing stands in the page's days: the nearest days in which something does. */
  nearest?: { from: string; to: string };
}

/** Answers that are written down already: they may change while the data stays as it is. */
export interface WrittenAnswers {
  /** Absent where nothing is asked about kept forecasts. */
  accuracy?: Record<string, AccuracyReport | null>;
  /** Absent where nothing is asked about what stood out. */
  anomalies?: Record<string, AnomaliesAnswer>;
  /** Absent where nothing is asked about what becomes of campaigns. */
  tiers?: Record<string, TiersAnswer>;
}

/** Asks every question side by side but those that `answerWritten` answers. */
export async function answerQuestions(
  services: ForecastServices,
  viewer: Viewer,
  questions: Record<string, WidgetQuestion>,
): Promise<TileAnswers> {
  const answers: TileAnswers = { results: {} };
  // Names keep their order: the first answer is the one that widgets with one question show.
  const asked = await Promise.all(
    Object.entries(questions).map(async ([name, { kind, query }]) => ({
      name,
      result: kind === "metric" ? await runMetricQuery(services, viewer, query) : undefined,
      forecast: kind === "forecast" ? await answerForecastTile(services, viewer, query) : undefined,
    })),
  );
  for (const { name, result, forecast } of asked) {
    if (result) answers.results[name] = result;
    if (forecast) (answers.forecasts ??= {})[name] = forecast;
  }
  return answers;
}

/** Reads what is written down for the questions that ask for it. */
export async function answerWritten(
  services: Pick<ForecastServices, "documents" | "warehouse">,
  viewer: Viewer,
  questions: Record<string, WidgetQuestion>,
): Promise<WrittenAnswers> {
  const answers: WrittenAnswers = {};
  for (const [name, { kind, query }] of Object.entries(questions)) {
    if (kind === "accuracy") (answers.accuracy ??= {})[name] = await readAccuracy(services, viewer, query.dataset);
    if (kind === "anomalies") (answers.anomalies ??= {})[name] = await listAnomalies(services, viewer, query);
    if (kind === "tiers") (answers.tiers ??= {})[name] = await readTiers(services, viewer, query);
  }
  return answers;
}

/**
 * A question with what the page adds. What is to come takes the page's filters and neither its range nor its
 * comparison: models learn from everything there is. What stood out has its own days, how right forecasts were is told
 * of all that are kept.
 */
export function mergedQuestion(
  question: WidgetQuestion,
  dashboard: Pick<Dashboard, "filters" | "tabs">,
  filters: PageFilters,
  tile: AskingTile,
): WidgetQuestion {
  if (question.kind === "accuracy") return question;
  if (question.kind === "metric") {
    return { kind: "metric", query: withPageFilters(question.query, dashboard, filters, tile) };
  }
  if (question.kind === "anomalies" || question.kind === "tiers") {
    const { dataset, filters: own } = question.query;
    const asked = { dataset, metrics: [], filters: own as Filter };
    const { filters: merged } = withPageFilters(asked, dashboard, filters, tile);
    return { ...question, query: { ...question.query, filters: merged } } as WidgetQuestion;
  }
  const { horizon: _horizon, total: _total, ...query } = question.query;
  const merged = withPageFilters(query, dashboard, filters, tile);
  return {
    kind: "forecast",
    query: { ...question.query, metrics: merged.metrics, filters: merged.filters, asOf: merged.asOf },
  };
}
