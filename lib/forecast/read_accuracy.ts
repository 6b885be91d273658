import type { AccuracyReport, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { accuracyReportsCollection } from "./accuracy_report.ts";

/** How right a dataset's kept forecasts were; null where none is kept yet. */
export async function readAccuracy(
  { documents }: Pick<Services, "documents">,
  { workspace }: Pick<Viewer, "workspace">,
  dataset: string,
): Promise<AccuracyReport | null> {
  return (await documents.get(accuracyReportsCollection, workspace, dataset))?.doc ?? null;
}
