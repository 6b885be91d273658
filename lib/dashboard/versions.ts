/** Versions of a dashboard: every save is one, with who saved it, when and why; any can be named and restored. */
import type { Stored } from "@/lib/documents/mod.ts";
import { NotFoundError } from "@/lib/errors.ts";
import type { Dashboard, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { getDashboard, putDashboard } from "./dashboards.ts";
import { keepVersion, keptVersion, keptVersionsCollection } from "./kept_versions.ts";

/** A version in the list, without its document. */
export interface VersionSummary {
  number: number;
  /** Empty while nobody named it. */
  name: string;
  author: string;
  /** When it was saved; null where that was not written down. */
  at: string | null;
  note: string;
  tiles: number;
  /** Whether it is the one that stands. */
  current: boolean;
}

type Outside = Pick<Services, "documents" | "events">;

/** The versions of a dashboard, newest first, at most 1,000. Throws `NotFoundError`. */
export async function listVersions(services: Outside, viewer: Viewer, id: string): Promise<VersionSummary[]> {
  const current = await getDashboard(services, viewer, id);
  const { items } = await services.documents.list(keptVersionsCollection, viewer.workspace, {
    index: "byDashboard",
    equals: [id],
    direction: "descending",
    limit: 1_000,
  });
  const named = items.find(({ doc }) => doc.number === current.version)?.doc.name ?? "";
  return [
    summary(current.doc, current.version, named, true),
    ...items.filter(({ doc }) => doc.number < current.version)
      .map(({ doc }) => summary(doc.doc, doc.number, doc.name, false)),
  ];
}

/** A version with its document. Throws `NotFoundError`. */
export async function getVersion(
  services: Outside,
  viewer: Viewer,
  id: string,
  number: number,
): Promise<VersionSummary & { dashboard: Dashboard }> {
  const current = await getDashboard(services, viewer, id);
  const kept = await keptVersion(services, viewer, id, number);
  const isCurrent = current.version === number;
  const doc = isCurrent ? current.doc : kept?.doc.doc;
  if (!doc || number > current.version) throw new NotFoundError(`The dashboard "${id}" has no version ${number}`);
  return { ...summary(doc, number, kept?.doc.name ?? "", isCurrent), dashboard: doc };
}

/** Gives a version a name; an empty one takes it away. Throws `NotFoundError`. */
export async function nameVersion(
  services: Outside,
  viewer: Viewer,
  id: string,
  number: number,
  name: string,
): Promise<VersionSummary> {
  const current = await getDashboard(services, viewer, id);
  if (current.version === number) await keepVersion(services, viewer, current);
  const kept = await keptVersion(services, viewer, id, number);
  if (!kept) throw new NotFoundError(`The dashboard "${id}" has no version ${number}`);
  const { doc } = await services.documents.put(
    keptVersionsCollection,
    viewer.workspace,
    { ...kept.doc, name },
    kept.version,
  );
  return summary(doc.doc, number, name, current.version === number);
}

/**
 * Makes an older version the newest, as a save of its own: nothing between them is lost. Throws `NotFoundError`, and
 * what `putDashboard` throws.
 */
export async function restoreVersion(
  services: Outside,
  viewer: Viewer,
  id: string,
  number: number,
  expectedVersion: number | undefined,
): Promise<Stored<Dashboard>> {
  const { dashboard } = await getVersion(services, viewer, id, number);
  return await putDashboard(services, viewer, id, dashboard, expectedVersion, `Version ${number} restored`);
}

function summary(doc: Dashboard, number: number, name: string, current: boolean): VersionSummary {
  const { author = "", at = null, note = "" } = doc.saved ?? {};
  return { number, name, author, at, note, tiles: doc.placements.length, current };
}
