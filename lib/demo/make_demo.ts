/** The demo of a first start. */
import { createDashboard, listDashboards } from "@/lib/dashboard/dashboards.ts";
import { createImport, listImports } from "@/lib/ingest/imports.ts";
import type { ImportJob, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { dayNumber, dayOf } from "./days.ts";
import { demoCsv } from "./demo_csv.ts";
import { DEMO_DASHBOARD_ID, demoDashboard } from "./demo_dashboard.ts";

/**
 * Fills an empty workspace: creates the dashboard, and imports two generated years that end yesterday by the door that
 * every file comes in by. Answers the import, which goes on by itself; null where there is anything already. Safe to
 * repeat.
 */
export async function makeDemo(services: Services, viewer: Viewer): Promise<ImportJob | null> {
  const { imports } = await listImports(services, viewer, { limit: 1 });
  const dashboards = await listDashboards(services, viewer);
  // A start that was killed halfway left the dashboard and no import: that is still an empty workspace.
  if (imports.length > 0 || dashboards.some(({ doc }) => doc.id !== DEMO_DASHBOARD_ID)) return null;
  if (dashboards.length === 0) await createDashboard(services, viewer, demoDashboard());
  const today = services.clock.now().toISOString().slice(0, 10);
  const end = dayOf(dayNumber(today) - 1);
  return await createImport(services, viewer, {
    dataset: "ads",
    filename: `demo-to-${end}.csv`,
    body: demoCsv({ end }),
  });
}
