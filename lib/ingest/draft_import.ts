import { type ImportJob, importJobSchema, newId, type Viewer } from "@/lib/model/mod.ts";

/** Where an import stands as long as nobody has said, and nothing has told, which dataset it is for. */
export const UNTOLD_DATASET = "ads";

/** What an import is about before anything is known of its rows. */
export interface ImportDraft {
  /** Where its rows go, chosen by somebody. @default what each table of the file says */
  dataset?: string;
  filename: string;
  /** @default "merge" */
  mode?: "merge" | "replace";
  /** Import even where the same bytes are published and current. @default false */
  again?: boolean;
  /** Answers to its questions that are known beforehand. @default {} */
  answers?: Record<string, string>;
  /** Stop before publishing, in state `ready`. @default false */
  confirm?: boolean;
}

/** The document of a new import, not stored yet. `id` is a new one where none is given. */
export function draftImport(
  viewer: Viewer,
  now: Date,
  draft: ImportDraft,
  more: Pick<ImportJob, "state" | "step" | "bytes" | "sha256"> & { id?: string },
): ImportJob {
  return importJobSchema.parse({
    id: newId(now.getTime()),
    workspace: viewer.workspace,
    dataset: draft.dataset ?? UNTOLD_DATASET,
    chosen: draft.dataset !== undefined,
    filename: draft.filename,
    mode: draft.mode ?? "merge",
    again: draft.again ?? false,
    confirm: draft.confirm ?? false,
    answers: draft.answers ?? {},
    actor: viewer.actor,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    ...more,
  });
}
