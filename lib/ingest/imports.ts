/** Use cases about imports: what routes call. */
import { getDataset } from "@/lib/dataset/datasets.ts";
import { ConflictError, InputError } from "@/lib/errors.ts";
import type { FlaggedRow, ImportJob, ImportState, RejectedRow, Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { importsCollection } from "./collections.ts";
import { draftImport, type ImportDraft } from "./draft_import.ts";
import { findDuplicate } from "./find_duplicate.ts";
import { dropUpload } from "./finish_upload.ts";
import { IMPORT_JOB, ROLLUPS_JOB } from "./job_names.ts";
import { changeImport, loadImport } from "./ledger.ts";
import { rowsOfParts } from "./part_ids.ts";
import { turnParts } from "./turn_parts.ts";
import { uploadsCollection } from "./upload_document.ts";
import { beginImport } from "./uploads.ts";

export { importsCollection, mappingsCollection } from "./collections.ts";
export { IMPORT_JOB, ROLLUPS_JOB } from "./job_names.ts";
export { runImport } from "./run_import.ts";

/** A file on its way in. */
export interface CreateImportInput extends ImportDraft {
  body: ReadableStream<Uint8Array>;
}

/** Keeps the file and queues its import. Throws `NotFoundError` for a dataset that is not there. */
export async function createImport(
  services: Pick<Services, "documents" | "files" | "events" | "clock" | "jobs" | "config">,
  viewer: Viewer,
  input: CreateImportInput,
): Promise<ImportJob> {
  const { workspace } = viewer;
  if (input.dataset !== undefined) await getDataset(services, workspace, input.dataset);
  const kept = await services.files.keep(workspace, input.body, { maxBytes: services.config.maxUploadBytes });
  const job = draftImport(viewer, services.clock.now(), input, { ...kept, state: "queued", step: "recognise" });
  const twin = input.again ? null : await findDuplicate(services, workspace, job);
  if (twin) {
    const counts = { ...job.counts, read: twin.counts.read, unchanged: twin.counts.read };
    const duplicate: ImportJob = {
      ...job,
      state: "duplicate",
      step: "done",
      duplicateOf: twin.id,
      counts,
      parts: twin.parts,
    };
    await services.documents.create(importsCollection, workspace, duplicate);
    return duplicate;
  }
  await services.documents.create(importsCollection, workspace, job);
  await services.events.publish(workspace, { type: "import", id: job.id, state: job.state });
  await services.jobs.enqueue(workspace, IMPORT_JOB, job.id, { id: job.id });
  return job;
}

/** One import. Throws `NotFoundError`. */
export async function getImport(
  services: Pick<Services, "documents">,
  viewer: Viewer,
  id: string,
): Promise<ImportJob> {
  return (await loadImport(services, viewer.workspace, id)).doc;
}

/** Which imports of the ledger. */
export interface LedgerFilter {
  dataset?: string;
  state?: ImportState;
}

/** The ledger, newest first. */
export async function listImports(
  services: Pick<Services, "documents">,
  viewer: Viewer,
  options: { limit?: number; cursor?: string } & LedgerFilter = {},
): Promise<{ imports: ImportJob[]; cursor: string | null }> {
  const { limit = 100, cursor, dataset, state } = options;
  const index = dataset === undefined
    ? (state === undefined ? "byCreated" : "byState")
    : (state === undefined ? "byDataset" : "byDatasetState");
  const page = await services.documents.list(importsCollection, viewer.workspace, {
    index,
    equals: [dataset, state].filter((value) => value !== undefined),
    direction: "descending",
    limit,
    cursor,
  });
  return { imports: page.items.map(({ doc }) => doc), cursor: page.cursor };
}

/** Takes answers; the import goes on by itself. Throws `ConflictError` unless it waits for some. */
export async function answerImport(
  services: Pick<Services, "documents" | "events" | "clock" | "jobs">,
  viewer: Viewer,
  id: string,
  answers: Record<string, string>,
): Promise<ImportJob> {
  const { workspace } = viewer;
  const job = await changeImport(services, workspace, id, (doc) => {
    expectState(doc, ["needs-mapping"], "answer");
    for (const [question, answer] of Object.entries(answers)) checkAnswer(doc, question, answer);
    return { state: "queued", answers: { ...doc.answers, ...answers }, questions: [] };
  });
  await services.jobs.enqueue(workspace, IMPORT_JOB, id, { id });
  return job;
}

/**
 * Publishes an import that waits in `ready`, in another mode than it was previewed in where one is given. Throws
 * `ConflictError` in any other state.
 */
export async function publishImport(
  services: Pick<Services, "documents" | "events" | "clock" | "jobs">,
  viewer: Viewer,
  id: string,
  options: { mode?: ImportJob["mode"] } = {},
): Promise<ImportJob> {
  const { workspace } = viewer;
  const job = await changeImport(services, workspace, id, (doc) => {
    expectState(doc, ["ready"], "publish");
    return { state: "queued", confirmed: true, mode: options.mode ?? doc.mode };
  });
  await services.jobs.enqueue(workspace, IMPORT_JOB, id, { id });
  return job;
}

/** Cancels an import that is not published; what it staged is dropped. Its file is kept, unless it has not arrived. */
export async function cancelImport(
  services: Pick<Services, "documents" | "events" | "clock" | "staging" | "files">,
  viewer: Viewer,
  id: string,
): Promise<ImportJob> {
  const before = await getImport(services, viewer, id);
  const job = await changeImport(services, viewer.workspace, id, (doc) => {
    expectState(doc, ["uploading", "queued", "running", "needs-mapping", "ready"], "cancel");
    if (doc.state === "running" && doc.step === "publish") {
      throw new ConflictError(`Cannot cancel import "${id}": it is being published; roll it back afterwards`, { id });
    }
    return { state: "cancelled", questions: [] };
  });
  if (before.state === "uploading") await dropUpload(services, viewer.workspace, id);
  // A running import drops its own when it sees that it was cancelled.
  if (before.state !== "running") await services.staging.discard(viewer.workspace, id);
  return job;
}

/** Takes a published import back: a new version of the dataset without it. */
export function rollbackImport(
  services: Pick<Services, "documents" | "warehouse" | "events" | "clock" | "jobs">,
  viewer: Viewer,
  id: string,
): Promise<ImportJob> {
  return turn(services, viewer, id, "rollback");
}

/** Puts a rolled-back import in its place again. */
export function restoreImport(
  services: Pick<Services, "documents" | "warehouse" | "events" | "clock" | "jobs">,
  viewer: Viewer,
  id: string,
): Promise<ImportJob> {
  return turn(services, viewer, id, "restore");
}

/** The rows that an import set aside. Throws `NotFoundError`. */
export async function rejectedRows(
  services: Pick<Services, "documents" | "staging">,
  viewer: Viewer,
  id: string,
  options: { offset: number; limit: number },
): Promise<{ total: number; rows: RejectedRow[] }> {
  const { doc } = await loadImport(services, viewer.workspace, id);
  return await rowsOfParts(doc, options, (part, slice) => services.staging.rejected(viewer.workspace, part, slice));
}

/** The rows of an import that went in although they break a rule. Throws `NotFoundError`. */
export async function flaggedRows(
  services: Pick<Services, "documents" | "staging">,
  viewer: Viewer,
  id: string,
  options: { offset: number; limit: number },
): Promise<{ total: number; rows: FlaggedRow[] }> {
  const { doc } = await loadImport(services, viewer.workspace, id);
  return await rowsOfParts(doc, options, (part, slice) => services.staging.flagged(viewer.workspace, part, slice));
}

/** Queues again what a process left unfinished. Call it once at start; answers how many imports go on. */
export async function resumeImports(
  services: Pick<Services, "documents" | "jobs" | "events" | "clock">,
  workspace: string,
): Promise<number> {
  let count = 0;
  for (const state of ["queued", "running"]) {
    let cursor: string | undefined;
    do {
      const page = await services.documents.list(importsCollection, workspace, {
        index: "byState",
        equals: [state],
        limit: 500,
        cursor,
      });
      for (const { doc } of page.items) {
        await services.jobs.enqueue(workspace, IMPORT_JOB, doc.id, { id: doc.id });
        count++;
      }
      cursor = page.cursor ?? undefined;
    } while (cursor);
  }
  return count + await resumeArrived(services, workspace);
}

/** Imports whose last chunk was kept by a process that was killed before it could set them going. */
async function resumeArrived(
  services: Pick<Services, "documents" | "jobs" | "events" | "clock">,
  workspace: string,
): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await services.documents.list(uploadsCollection, workspace, { limit: 500, cursor });
    for (const { doc: { id, offset, size } } of page.items) {
      if (offset < size || !await services.documents.get(importsCollection, workspace, id)) continue;
      await beginImport(services, workspace, id);
      count++;
    }
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return count;
}

/** Turns that an import remembers. */
const MOST_TURNS = 50;

async function turn(
  services: Pick<Services, "documents" | "warehouse" | "events" | "clock" | "jobs">,
  viewer: Viewer,
  id: string,
  action: "rollback" | "restore",
): Promise<ImportJob> {
  const { workspace } = viewer;
  const before = action === "rollback" ? "published" : "rolled-back";
  const { doc } = await loadImport(services, workspace, id);
  expectState(doc, [before], action);
  const versions = await turnParts(services, workspace, doc, action);
  const job = await changeImport(services, workspace, id, (current) => {
    expectState(current, [before], action);
    const to = action === "rollback" ? "rolled-back" as const : "published" as const;
    return { state: to, turns: [...current.turns, { at: services.clock.now().toISOString(), to }].slice(-MOST_TURNS) };
  });
  for (const [dataset, version] of versions) {
    await services.events.publish(workspace, { type: "dataset", dataset, version });
    await services.jobs.enqueue(workspace, ROLLUPS_JOB, dataset);
  }
  return job;
}

function expectState(job: ImportJob, states: ImportJob["state"][], action: string): void {
  if (states.includes(job.state)) return;
  throw new ConflictError(
    `Cannot ${action} import "${job.id}": it is ${job.state}, not ${states.join(" or ")}`,
    { id: job.id, state: job.state },
  );
}

/** An answer must be one of the choices, where the question has choices; account and range take any text. */
function checkAnswer(job: ImportJob, question: string, answer: string): void {
  const asked = job.questions.find((q) => q.id === question);
  if (!asked) {
    if (question.startsWith("column:") || question === "platform") return; // a mapping changed by hand
    const known = job.questions.map((q) => `"${q.id}"`).join(", ");
    throw new InputError("unknown-question", `Cannot take the answer to "${question}": asked was ${known}`, {
      question,
    });
  }
  const free = asked.kind === "account" || asked.kind === "range" || asked.choices.length === 0;
  if (free ? answer.trim() !== "" : asked.choices.some((choice) => choice.value === answer)) return;
  const choices = asked.choices.map((choice) => `"${choice.value}"`).join(", ");
  throw new InputError(
    "bad-answer",
    `Cannot take "${answer}" as the answer to "${question}": choose ${choices || "a text that is not empty"}`,
    { question },
  );
}
