import { ConflictError } from "@/lib/errors.ts";
import type { AccuracyReport, Viewer } from "@/lib/model/mod.ts";
import { accuracyReport, accuracyReportsCollection } from "./accuracy_report.ts";
import { namesOf } from "./names_of.ts";
import type { SeriesServices } from "./read_series.ts";
import { forecastsCollection, type StoredForecast } from "./stored_forecast.ts";

/** The newest kept forecasts that a report looks at. */
const MOST_FORECASTS = 3_000;

/** Writes how right a dataset's forecasts were. Of two that write at once either stands: they saw the same. */
export async function writeReport(
  services: SeriesServices,
  viewer: Viewer,
  dataset: string,
  signal: AbortSignal,
): Promise<AccuracyReport> {
  const [{ documents, clock }, { workspace }] = [services, viewer];
  const docs: StoredForecast[] = [];
  let cursor: string | undefined;
  do {
    signal.throwIfAborted();
    const options = { index: "byMade", equals: [dataset], direction: "descending", limit: 200, cursor } as const;
    const page = await documents.list(forecastsCollection, workspace, options);
    docs.push(...page.items.map(({ doc }) => doc));
    cursor = page.cursor ?? undefined;
  } while (cursor && docs.length < MOST_FORECASTS);
  const nameOf = await namesOf(services, viewer, dataset, docs.map(({ forecast }) => forecast.filters));
  const report = accuracyReport(dataset, docs, { made: clock.now().toISOString(), nameOf });
  const stored = await documents.get(accuracyReportsCollection, workspace, dataset);
  try {
    if (stored) await documents.put(accuracyReportsCollection, workspace, report, stored.version);
    else await documents.create(accuracyReportsCollection, workspace, report);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
  return report;
}
