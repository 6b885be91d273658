/** Dashboards: documents with versions; a change names the version it started from. */
import { z } from "zod";
import type { Collection, Stored } from "@/lib/documents/mod.ts";
import { ConflictError, InputError, NotFoundError, TesseraError } from "@/lib/errors.ts";
import { type Dashboard, dashboardSchema, newId, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { forgetVersions, keepVersion } from "./kept_versions.ts";

/** Dashboards by title. */
export const dashboardsCollection: Collection<Dashboard> = {
  name: "dashboards",
  schema: dashboardSchema,
  indexes: { byTitle: { fields: ["title"] } },
};

/** What these use cases need of the outside world. */
type Outside = Pick<Services, "documents" | "events">;

/** Every dashboard, by title; at most 1,000. */
export async function listDashboards(
  services: Pick<Services, "documents">,
  viewer: Viewer,
): Promise<Stored<Dashboard>[]> {
  const page = await services.documents.list(dashboardsCollection, viewer.workspace, {
    index: "byTitle",
    limit: 1_000,
  });
  return page.items;
}

/** One dashboard. Throws `NotFoundError`. */
export async function getDashboard(services: Outside, viewer: Viewer, id: string): Promise<Stored<Dashboard>> {
  const stored = await services.documents.get(dashboardsCollection, viewer.workspace, id);
  if (!stored) throw new NotFoundError(`There is no dashboard "${id}"`);
  return stored;
}

/** Creates a dashboard; the id is made unless the input brings one. Throws `InputError`, `ConflictError`. */
export async function createDashboard(services: Outside, viewer: Viewer, input: unknown): Promise<Stored<Dashboard>> {
  const withId = typeof input === "object" && input !== null && !("id" in input) ? { ...input, id: newId() } : input;
  const dashboard = await withSaved(services, viewer, parseDashboard(withId), "");
  return await services.documents.create(dashboardsCollection, viewer.workspace, dashboard);
}

/**
 * Saves a whole dashboard over the version it started from. Throws `TesseraError` 428 where that is not said, and
 * throws `ConflictError` with both versions (`extra.current`, `extra.yours`) where somebody else saved first. What stood
 * before is kept as a version, before it is saved over: a crash in between leaves one version twice, and loses none.
 */
export async function putDashboard(
  services: Outside,
  viewer: Viewer,
  id: string,
  input: unknown,
  expectedVersion: number | undefined,
  note = "",
): Promise<Stored<Dashboard>> {
  if (expectedVersion === undefined) {
    throw new TesseraError(
      "version-missing",
      `Cannot save the dashboard "${id}": say which version you started from, as If-Match or as the field version`,
      428,
    );
  }
  const parsed = parseDashboard(typeof input === "object" && input !== null ? { ...input, id } : input);
  const dashboard = await withSaved(services, viewer, parsed, note);
  const before = await getDashboard(services, viewer, id);
  if (before.version !== expectedVersion) throw conflict(before, dashboard, expectedVersion);
  await keepVersion(services, viewer, before);
  try {
    const stored = await services.documents.put(dashboardsCollection, viewer.workspace, dashboard, expectedVersion);
    await services.events.publish(viewer.workspace, { type: "dashboard", id, version: stored.version });
    return stored;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    throw conflict(await getDashboard(services, viewer, id), dashboard, expectedVersion);
  }
}

/** Deletes a dashboard at the version the caller saw. Throws `NotFoundError`, `ConflictError`. */
export async function deleteDashboard(
  services: Outside,
  viewer: Viewer,
  id: string,
  expectedVersion?: number,
): Promise<void> {
  const deleted = await services.documents.delete(dashboardsCollection, viewer.workspace, id, expectedVersion);
  if (!deleted) throw new NotFoundError(`There is no dashboard "${id}"`);
  await forgetVersions(services, viewer, id);
}

async function withSaved(services: Outside, viewer: Viewer, dashboard: Dashboard, note: string): Promise<Dashboard> {
  const at = new Date(await services.documents.now()).toISOString();
  return { ...dashboard, saved: { author: viewer.actor, at, note } };
}

function conflict(current: Stored<Dashboard>, yours: Dashboard, expected: number): ConflictError {
  return new ConflictError(
    `Cannot save the dashboard "${yours.id}": version ${expected} was changed, version ${current.version} stands now; merge and save over that`,
    { current: { ...current.doc, version: current.version }, yours },
  );
}

function parseDashboard(input: unknown): Dashboard {
  const parsed = dashboardSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InputError("bad-dashboard", `Cannot save the dashboard: ${z.prettifyError(parsed.error)}`, {
    errors: parsed.error.issues.map((i) => ({ field: i.path.join("."), message: i.message })),
  }, 400);
}
