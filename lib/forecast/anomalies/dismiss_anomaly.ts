/** Puts an anomaly aside with a reason, and brings it back: what a person says of it outlasts every look, import and rollback. */
import type { Stored } from "@/lib/documents/mod.ts";
import { ConflictError, NotFoundError } from "@/lib/errors.ts";
import type { Anomaly, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { event } from "./judge_anomaly.ts";
import { anomaliesCollection } from "./stored_anomalies.ts";

type Outside = Pick<Services, "documents" | "clock" | "events">;

/** Which anomaly, and the version that whoever changes it has seen; without one the newest is taken. */
export interface ChosenAnomaly {
  dataset: string;
  id: string;
  version?: number;
}

/** Puts it aside. Throws `NotFoundError`, and `ConflictError` (`extra.current`) where it changed meanwhile. */
export function dismissAnomaly(
  services: Outside,
  viewer: Viewer,
  chosen: ChosenAnomaly,
  reason: string,
): Promise<Stored<Anomaly>> {
  return change(services, viewer, chosen, (anomaly, at) => {
    const { actor: by } = viewer;
    if (anomaly.dismissed?.reason === reason) return anomaly;
    return event({ ...anomaly, dismissed: { reason, by, at } }, { at, by, what: "dismissed", note: reason });
  });
}

/** Brings it back. Throws as `dismissAnomaly` does. */
export function restoreAnomaly(services: Outside, viewer: Viewer, chosen: ChosenAnomaly): Promise<Stored<Anomaly>> {
  return change(services, viewer, chosen, (anomaly, at) => {
    if (!anomaly.dismissed) return anomaly;
    return event({ ...anomaly, dismissed: null }, { at, by: viewer.actor, what: "restored" });
  });
}

async function change(
  services: Outside,
  { workspace }: Viewer,
  { dataset, id, version }: ChosenAnomaly,
  to: (anomaly: Anomaly, at: string) => Anomaly,
): Promise<Stored<Anomaly>> {
  const stored = await services.documents.get(anomaliesCollection, workspace, id);
  if (!stored || stored.doc.dataset !== dataset) {
    throw new NotFoundError(`There is no anomaly "${id}" in "${dataset}"; it may be too old and forgotten`);
  }
  if (version !== undefined && version !== stored.version) {
    const message = `Cannot change the anomaly "${id}": it was changed since version ${version}; look at it again`;
    throw new ConflictError(message, { current: { ...stored.doc, version: stored.version } });
  }
  const next = to(stored.doc, services.clock.now().toISOString());
  if (next === stored.doc) return stored;
  const written = await services.documents.put(anomaliesCollection, workspace, next, stored.version);
  await services.events.publish(workspace, { type: "anomalies", dataset });
  return written;
}
