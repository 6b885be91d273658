/** Versions of dashboards that were saved over: kept whole, since they are small and wanted whole. */
import { z } from "zod";
import type { Collection, Stored } from "@/lib/documents/mod.ts";
import { ConflictError } from "@/lib/errors.ts";
import { type Dashboard, dashboardSchema, documentIdSchema, newId, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";

/** A version of a dashboard that was kept, perhaps under a name. */
export const keptVersionSchema = z.looseObject({
  id: documentIdSchema,
  dashboard: documentIdSchema,
  number: z.int().min(1),
  name: z.string().max(200).default(""),
  doc: dashboardSchema,
});
/** A version of a dashboard that was kept. */
export type KeptVersion = z.output<typeof keptVersionSchema>;

/** Versions by their dashboard and number. */
export const keptVersionsCollection: Collection<KeptVersion> = {
  name: "dashboard_versions",
  schema: keptVersionSchema,
  indexes: { byDashboard: { fields: ["dashboard", "number"], unique: true } },
};

type Outside = Pick<Services, "documents">;

/** Keeps what stands as a version; kept already, it stays as it is. */
export async function keepVersion(services: Outside, viewer: Viewer, stored: Stored<Dashboard>): Promise<void> {
  const { doc, version: number } = stored;
  if (await keptVersion(services, viewer, doc.id, number)) return;
  const kept = { id: newId(), dashboard: doc.id, number, name: "", doc };
  try {
    await services.documents.create(keptVersionsCollection, viewer.workspace, kept);
  } catch (error) {
    // Two who save at once both keep what stood before: it is the same document, and once is enough.
    if (!(error instanceof ConflictError)) throw error;
  }
}

/** One kept version, or null. */
export async function keptVersion(
  services: Outside,
  viewer: Viewer,
  dashboard: string,
  number: number,
): Promise<Stored<KeptVersion> | null> {
  const { items } = await services.documents.list(keptVersionsCollection, viewer.workspace, {
    index: "byDashboard",
    equals: [dashboard, number],
    limit: 1,
  });
  return items[0] ?? null;
}

/** Deletes the versions of a dashboard that is gone, so that a new one of its id begins its own. */
export async function forgetVersions(services: Outside, viewer: Viewer, dashboard: string): Promise<void> {
  for (;;) {
    const { items } = await services.documents.list(keptVersionsCollection, viewer.workspace, {
      index: "byDashboard",
      equals: [dashboard],
      limit: 500,
    });
    for (const { doc } of items) {
      await services.documents.delete(keptVersionsCollection, viewer.workspace, doc.id);
    }
    if (items.length < 500) return;
  }
}
