import { getDataset } from "@/lib/dataset/datasets.ts";
import { InputError } from "@/lib/errors.ts";
import { parseForecastQuery } from "@/lib/forecast/parse_forecast_query.ts";
import type { ForecastQuery, Placement, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { WidgetQuestion } from "@/lib/widget/mod.ts";
import { mergedQuestion } from "./answer_questions.ts";
import { listDashboards } from "./dashboards.ts";

type Outside = Pick<Services, "documents" | "events" | "widgets">;

/** What dashboards ask of a dataset about what is to come, unfiltered by visitors: worth keeping, to look back at. */
export async function shownForecasts(services: Outside, viewer: Viewer, datasetId: string): Promise<ForecastQuery[]> {
  const dataset = await getDataset(services, viewer.workspace, datasetId);
  const found: ForecastQuery[] = [];
  for (const { doc: dashboard } of await listDashboards(services, viewer)) {
    for (const placement of dashboard.placements) {
      for (const question of await questionsOf(services, placement)) {
        if (question.kind !== "forecast" || question.query.dataset !== datasetId) continue;
        const asking = { dataset, tile: placement.id, trail: [], own: placement };
        const query = parsed(mergedQuestion(question, dashboard, { values: {}, tab: placement.tab }, asking));
        if (query) found.push(query);
      }
    }
  }
  return found;
}

/** None of a widget that is not installed, or whose options do not fit. */
async function questionsOf({ widgets }: Outside, placement: Placement): Promise<WidgetQuestion[]> {
  const widget = await widgets.load(placement.widget);
  const options = widget?.parse(placement.options, placement.widgetVersion);
  return widget && options?.ok ? Object.values(widget.queries(options.options)) : [];
}

/** Null for a question that its tile cannot be answered either. */
function parsed({ query }: WidgetQuestion): ForecastQuery | null {
  try {
    return parseForecastQuery(query);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
