/** The demo of a first start. */
import { createDashboard } from "@/lib/dashboard/dashboards.ts";
import { ConflictError } from "@/lib/errors.ts";
import { createImport } from "@/lib/ingest/imports.ts";
import type { ImportJob, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { dayNumber, dayOf } from "./days.ts";
import { demoCsv } from "./demo_csv.ts";
import { demoDashboard } from "./demo_dashboard.ts";

/**
 * Fills an empty workspace: creates the dashboard, unless it is there, and imports two generated years that end yesterday
 * by the door that every file comes in by. Answers the import, which goes on by itself. Safe to repeat.
 */
export async function makeDemo(services: Services, viewer: Viewer): Promise<ImportJob> {
  // The dashboard first: a start that is killed in between leaves no import, and so an empty workspace to fill again.
  try {
    await createDashboard(services, viewer, demoDashboard());
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
  const today = services.clock.now().toISOString().slice(0, 10);
  const end = dayOf(dayNumber(today) - 1);
  return await createImport(services, viewer, {
    dataset: "ads",
    filename: `demo-to-${end}.csv`,
    body: demoCsv({ end }),
  });
}
