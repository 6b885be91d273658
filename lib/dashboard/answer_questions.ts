/** A tile's questions: with what the page adds to them, and answered, each by the part that knows its kind. */
import { answerForecastTile, type ForecastServices } from "@/lib/forecast/answer_forecast.ts";
import { readAccuracy } from "@/lib/forecast/read_accuracy.ts";
import type { AccuracyReport, Dashboard, ForecastAnswer, MetricResult, PageFilters, Viewer } from "@/lib/model/mod.ts";
import { runMetricQuery } from "@/lib/query/run_metric_query.ts";
import type { WidgetQuestion } from "@/lib/widget/mod.ts";
import { type AskingTile, withPageFilters } from "./with_page_filters.ts";

/** Answers by question name. */
export interface TileAnswers {
  results: Record<string, MetricResult>;
  /** Absent where nothing is asked about what is to come. */
  forecasts?: Record<string, ForecastAnswer>;
  /** Absent where nothing is asked about kept forecasts. */
  accuracy?: Record<string, AccuracyReport | null>;
}

/** Asks every question side by side. */
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
      report: kind === "accuracy" ? await readAccuracy(services, viewer, query.dataset) : undefined,
    })),
  );
  for (const { name, result, forecast, report } of asked) {
    if (result) answers.results[name] = result;
    if (forecast) (answers.forecasts ??= {})[name] = forecast;
    if (report !== undefined) (answers.accuracy ??= {})[name] = report;
  }
  return answers;
}

/**
 * A question with what the page adds. What is to come takes the page's filters and neither its range nor its
 * comparison: models learn from everything there is. How right forecasts were is told of all that are kept.
 */
export function mergedQuestion(
  question: WidgetQuestion,
  dashboard: Pick<Dashboard, "filters">,
  filters: PageFilters,
  tile: AskingTile,
): WidgetQuestion {
  if (question.kind === "accuracy") return question;
  if (question.kind === "metric") {
    return { kind: "metric", query: withPageFilters(question.query, dashboard, filters, tile) };
  }
  const { horizon: _horizon, total: _total, ...query } = question.query;
  const merged = withPageFilters(query, dashboard, filters, tile);
  return { kind: "forecast", query: { ...question.query, filters: merged.filters, asOf: merged.asOf } };
}
