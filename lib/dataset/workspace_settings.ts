/** Settings of a workspace. */
import { z } from "zod";
import type { Collection } from "@/lib/documents/mod.ts";
import { documentIdSchema, type Viewer, type WorkspaceSettings, workspaceSettingsSchema } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";

const storedSchema = z.looseObject({ id: documentIdSchema, ...workspaceSettingsSchema.shape });

type StoredSettings = z.output<typeof storedSchema>;

/** One document a workspace. */
export const workspaceSettingsCollection: Collection<StoredSettings> = {
  name: "workspace_settings",
  schema: storedSchema,
  indexes: {},
};
const ID = "settings";

/** The settings of a workspace; the defaults where nobody has set any. */
export async function getWorkspaceSettings(
  services: Pick<Services, "documents">,
  workspace: string,
): Promise<WorkspaceSettings> {
  const stored = await services.documents.get(workspaceSettingsCollection, workspace, ID);
  return { currency: stored?.doc.currency ?? null };
}

/** Puts settings in place of those there are. Throws `ConflictError` where somebody else did at the same moment. */
export async function putWorkspaceSettings(
  services: Pick<Services, "documents">,
  { workspace }: Viewer,
  settings: WorkspaceSettings,
): Promise<WorkspaceSettings> {
  const stored = await services.documents.get(workspaceSettingsCollection, workspace, ID);
  const doc = { ...stored?.doc, id: ID, ...settings };
  if (stored) await services.documents.put(workspaceSettingsCollection, workspace, doc, stored.version);
  else await services.documents.create(workspaceSettingsCollection, workspace, doc);
  return settings;
}
