import { ConflictError } from "@/lib/errors.ts";
import type { Services } from "@/lib/services.ts";
import { type AccuracyReport, accuracyReport, accuracyReportsCollection } from "./accuracy_report.ts";
import { forecastsCollection, type StoredForecast } from "./stored_forecast.ts";

/** The newest kept forecasts that a report looks at. */
const MOST_FORECASTS = 3_000;

/** Writes how right a dataset's forecasts were. Of two that write at once either stands: they saw the same. */
export async function writeReport(
  { documents, clock }: Pick<Services, "documents" | "clock">,
  workspace: string,
  dataset: string,
  signal: AbortSignal,
): Promise<AccuracyReport> {
  const docs: StoredForecast[] = [];
  let cursor: string | undefined;
  do {
    signal.throwIfAborted();
    const options = { index: "byMade", equals: [dataset], direction: "descending", limit: 200, cursor } as const;
    const page = await documents.list(forecastsCollection, workspace, options);
    docs.push(...page.items.map(({ doc }) => doc));
    cursor = page.cursor ?? undefined;
  } while (cursor && docs.length < MOST_FORECASTS);
  const report = accuracyReport(dataset, docs, clock.now().toISOString());
  const stored = await documents.get(accuracyReportsCollection, workspace, dataset);
  try {
    if (stored) await documents.put(accuracyReportsCollection, workspace, report, stored.version);
    else await documents.create(accuracyReportsCollection, workspace, report);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
  return report;
}
