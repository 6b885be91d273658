/** What the editor needs besides its code: the document with its version, the widgets, the data they can ask. */
import type { FormDataset } from "@/components/form/json_schema.ts";
import type { Dashboard } from "@/lib/model/mod.ts";
import type { WidgetManifest } from "@/lib/widget/mod.ts";
import { claimDraft, type DraftSlot } from "./draft.ts";

/** What `loadEditor` answers. */
export interface EditorData {
  dashboard: Dashboard;
  version: number;
  manifests: WidgetManifest[];
  datasets: FormDataset[];
  slot: DraftSlot;
}

/** Asks for all of it at once. Throws `Error` with the server's words. */
export async function loadEditor(id: string): Promise<EditorData> {
  const [document, { widgets }, { datasets }] = await Promise.all([
    ask<Dashboard & { version: number }>(`/api/dashboards/${encodeURIComponent(id)}`),
    ask<{ widgets: WidgetManifest[] }>("/api/widgets"),
    ask<{ datasets: FormDataset[] }>("/api/datasets"),
  ]);
  const { version, saved: _saved, ...dashboard } = document;
  const slot = await claimDraft(id);
  return { dashboard: dashboard as Dashboard, version, manifests: widgets, datasets, slot };
}

/** The data that widgets can ask, as it is now. Throws `Error` with the server's words. */
export async function loadDatasets(): Promise<FormDataset[]> {
  return (await ask<{ datasets: FormDataset[] }>("/api/datasets")).datasets;
}

async function ask<Answer>(path: string): Promise<Answer> {
  const response = await fetch(path);
  const answer = await response.json() as Answer & { detail?: string };
  if (!response.ok) throw new Error(answer.detail ?? `the server answered ${response.status}`);
  return answer;
}
