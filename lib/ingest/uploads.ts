/**
 * Files that arrive in pieces: created with their size, sent in chunks that say where they begin. What is kept survives
 * a closed tab, a lost connection and a restart, and each chunk may reach another instance: bytes lie in `Files`, and
 * how far they reach stands in one document. An upload is an import in state `uploading`, with the same id.
 */
import { createHash } from "node:crypto";
import { getDataset } from "@/lib/dataset/datasets.ts";
import type { Stored } from "@/lib/documents/mod.ts";
import { ConflictError, InputError, NotFoundError } from "@/lib/errors.ts";
import { newId, type Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { importsCollection } from "./collections.ts";
import { draftImport, type ImportDraft } from "./draft_import.ts";
import { IMPORT_JOB } from "./job_names.ts";
import { changeImport } from "./ledger.ts";
import { MAX_CHUNK_BYTES, UPLOAD_KEEP_MS, type UploadDocument, uploadsCollection } from "./upload_document.ts";

type UploadServices = Pick<Services, "documents" | "files" | "events" | "clock" | "jobs" | "config">;

/** A file that will arrive in pieces. */
export interface CreateUploadInput extends ImportDraft {
  /** Bytes. */
  size: number;
  /** Tells the same file again: name, size and time of change, say. Without it every upload is a new one. */
  fingerprint?: string;
}

/** How far an upload is, as the API answers it. */
export interface UploadState {
  /** The import's id too. */
  id: string;
  size: number;
  /** Where the next chunk begins; equal to `size` once everything is here. */
  offset: number;
  /** The longest chunk that is taken, in bytes. */
  chunkBytes: number;
}

/**
 * Begins an upload, or answers the one that the same file began earlier. Throws `NotFoundError` for a dataset that is
 * not there, `InputError` 413 for a file that is too long.
 */
export async function createUpload(
  services: UploadServices,
  viewer: Viewer,
  input: CreateUploadInput,
): Promise<{ upload: UploadState; created: boolean }> {
  const { workspace, actor } = viewer;
  const { documents, config } = services;
  if (input.dataset !== undefined) await getDataset(services, workspace, input.dataset);
  if (input.size > config.maxUploadBytes) {
    const { maxUploadBytes: maxBytes } = config;
    throw new InputError("too-large", `Cannot keep the file: it is larger than ${maxBytes} bytes`, { maxBytes }, 413);
  }
  const { dataset, filename, mode, again, confirm, size, fingerprint } = input;
  const resumeKey = fingerprint === undefined ? undefined : createHash("sha256")
    .update(JSON.stringify([actor, dataset, filename, mode, again, confirm, size, fingerprint])).digest("hex");
  for (;;) {
    const present = resumeKey === undefined ? null : await findByKey(services, workspace, resumeKey);
    if (present) {
      await ensureImport(services, viewer, input, present.doc);
      return { upload: stateOf(present.doc), created: false };
    }
    const expiresAt = await documents.now() + UPLOAD_KEEP_MS;
    const doc: UploadDocument = { id: newId(services.clock.now().getTime()), size, offset: 0, parts: [], expiresAt };
    if (resumeKey !== undefined) doc.resumeKey = resumeKey;
    try {
      await documents.create(uploadsCollection, workspace, doc);
    } catch (error) {
      if (error instanceof ConflictError) continue; // another tab began the same file at this moment
      throw error;
    }
    await ensureImport(services, viewer, input, doc);
    return { upload: stateOf(doc), created: true };
  }
}

/** How far an upload is. Throws `NotFoundError`, also for one that was given up. */
export async function getUpload(
  services: Pick<Services, "documents">,
  viewer: Viewer,
  id: string,
): Promise<UploadState> {
  const stored = await services.documents.get(uploadsCollection, viewer.workspace, id);
  if (stored) return stateOf(stored.doc);
  const job = await services.documents.get(importsCollection, viewer.workspace, id);
  if (!job || job.doc.sha256 === "") throw unknown(id);
  // Everything arrived, and what it was in pieces is forgotten.
  return stateOf({ id, size: job.doc.bytes, offset: job.doc.bytes });
}

/**
 * Keeps the chunk that begins at `offset`; the last one sets the import going. All of a chunk counts or nothing of it.
 * Throws `ConflictError` `wrong-offset` (`extra.offset`: where to go on) where another place is next, `InputError` 413
 * for a chunk that is too long or goes past the file's end.
 */
export async function writeChunk(
  services: UploadServices,
  viewer: Viewer,
  id: string,
  chunk: { offset: number; body: ReadableStream<Uint8Array> },
): Promise<UploadState> {
  const { workspace } = viewer;
  const { documents, files } = services;
  const stored = await documents.get(uploadsCollection, workspace, id);
  if (!stored) {
    const whole = await getUpload(services, viewer, id);
    if (chunk.offset !== whole.offset) throw wrongOffset(whole, chunk.offset);
    return whole;
  }
  const { doc, version } = stored;
  if (chunk.offset !== doc.offset) throw wrongOffset(doc, chunk.offset);
  let next = doc;
  if (doc.offset < doc.size) {
    const part = newId();
    const bytes = await keepChunk(files, workspace, doc, part, chunk.body);
    const expiresAt = await documents.now() + UPLOAD_KEEP_MS;
    next = { ...doc, offset: doc.offset + bytes, parts: [...doc.parts, part], expiresAt };
    try {
      await documents.put(uploadsCollection, workspace, next, version);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      throw wrongOffset(await getUpload(services, viewer, id), chunk.offset);
    }
  }
  if (next.offset === next.size) await beginImport(services, workspace, id);
  return stateOf(next);
}

/** Files of which a part has arrived, newest first. */
export async function listUnfinished(
  services: Pick<Services, "documents">,
  viewer: Viewer,
): Promise<{ id: string; filename: string; size: number; offset: number }[]> {
  const page = await services.documents.list(importsCollection, viewer.workspace, {
    index: "byState",
    equals: ["uploading"],
    direction: "descending",
    limit: 20,
  });
  const found = await Promise.all(page.items.map(async ({ doc: { id, filename } }) => {
    const upload = await services.documents.get(uploadsCollection, viewer.workspace, id);
    return upload ? [{ id, filename, size: upload.doc.size, offset: upload.doc.offset }] : [];
  }));
  return found.flat();
}

/** Sets an import going whose file has arrived; one that goes already, or was cancelled, is left as it is. */
export async function beginImport(
  services: Pick<Services, "documents" | "events" | "clock" | "jobs">,
  workspace: string,
  id: string,
): Promise<void> {
  const job = await changeImport(
    services,
    workspace,
    id,
    (doc) => doc.state === "uploading" ? { state: "queued" } : {},
  );
  if (job.state === "queued") await services.jobs.enqueue(workspace, IMPORT_JOB, id, { id });
}

function keepChunk(
  files: Services["files"],
  workspace: string,
  { id, offset, size }: UploadDocument,
  part: string,
  body: ReadableStream<Uint8Array>,
): Promise<number> {
  const maxBytes = Math.min(MAX_CHUNK_BYTES, size - offset);
  return files.keepPart(workspace, id, part, body, { maxBytes }).catch((error) => {
    if (!(error instanceof InputError) || error.code !== "too-large") throw error;
    const why = maxBytes < MAX_CHUNK_BYTES
      ? `only ${maxBytes} bytes are missing of the ${size} that the file was said to have`
      : `send at most ${maxBytes} bytes at once`;
    throw new InputError("too-large", `Cannot take the chunk at ${offset}: ${why}`, { maxBytes, offset }, 413);
  });
}

async function findByKey(
  { documents }: Pick<Services, "documents">,
  workspace: string,
  resumeKey: string,
): Promise<Stored<UploadDocument> | null> {
  const page = await documents.list(uploadsCollection, workspace, { index: "byResumeKey", equals: [resumeKey] });
  return page.items[0] ?? null;
}

/** The ledger knows an upload from its first moment; a process killed between the two is made good by the next try. */
async function ensureImport(
  services: UploadServices,
  viewer: Viewer,
  draft: ImportDraft,
  { id, size }: UploadDocument,
): Promise<void> {
  const { documents, events, clock } = services;
  const { workspace } = viewer;
  const more = { id, state: "uploading", step: "upload", bytes: size, sha256: "" } as const;
  try {
    await documents.create(importsCollection, workspace, draftImport(viewer, clock.now(), draft, more));
    await events.publish(workspace, { type: "import", id, state: "uploading" });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error; // it is there
  }
  if (size === 0) await beginImport(services, workspace, id);
}

function stateOf({ id, size, offset }: Pick<UploadDocument, "id" | "size" | "offset">): UploadState {
  return { id, size, offset, chunkBytes: MAX_CHUNK_BYTES };
}

function wrongOffset({ offset, size }: Pick<UploadDocument, "offset" | "size">, asked: number): ConflictError {
  const next = offset === size ? "everything is here already" : `go on at ${offset}`;
  return new ConflictError(`Cannot take a chunk at ${asked}: ${next}`, { offset, size }, "wrong-offset");
}

function unknown(id: string): NotFoundError {
  return new NotFoundError(`There is no upload "${id.slice(0, 200)}"; begin a new one with POST /api/uploads`);
}
