/** What becomes of the parts of an upload: one kept file, or nothing. */
import { TesseraError } from "@/lib/errors.ts";
import type { ImportJob } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import { importsCollection } from "./collections.ts";
import { changeImport, FINAL_STATES, loadImport } from "./ledger.ts";
import { type UploadDocument, uploadsCollection } from "./upload_document.ts";

type FinishServices = Pick<Services, "documents" | "files" | "events" | "clock">;

/**
 * Makes the kept file of an upload's parts and notes it on the import; an import that did not arrive in pieces is left
 * as it is. Safe to repeat after a kill anywhere. Where the parts cannot be put together the import fails and says why.
 */
export async function finishUpload(
  services: FinishServices,
  workspace: string,
  id: string,
  options: { signal?: AbortSignal } = {},
): Promise<ImportJob> {
  const { documents, files } = services;
  const upload = await documents.get(uploadsCollection, workspace, id);
  let { doc: job } = await loadImport(services, workspace, id);
  if (!upload) return job;
  if (job.sha256 === "" && !FINAL_STATES.includes(job.state)) {
    const change = await join();
    options.signal?.throwIfAborted();
    job = await changeImport(services, workspace, id, (now) => FINAL_STATES.includes(now.state) ? {} : change);
  }
  await dropUpload(services, workspace, id);
  return job;

  async function join(): Promise<Partial<ImportJob>> {
    try {
      return { ...await files.joinParts(workspace, id, upload!.doc.parts, options) };
    } catch (error) {
      if (!(error instanceof TesseraError)) throw error;
      return { state: "failed", error: { code: error.code, message: error.message } };
    }
  }
}

/** Forgets an upload, first its bytes. Safe to repeat. */
export async function dropUpload(
  { documents, files }: Pick<Services, "documents" | "files">,
  workspace: string,
  id: string,
): Promise<void> {
  await files.dropParts(workspace, id);
  await documents.delete(uploadsCollection, workspace, id);
}

/**
 * Removes uploads whose next chunk never came, and parts that no document knows; answers how many uploads. Their
 * imports say what happened.
 */
export async function expireUploads(
  services: FinishServices,
  workspace: string,
  signal: AbortSignal,
): Promise<number> {
  const { documents, files } = services;
  let count = 0;
  let cursor: string | undefined;
  const to = await documents.now();
  do {
    const page = await documents.list(uploadsCollection, workspace, { index: "byExpiry", to, cursor });
    for (const { doc } of page.items) {
      signal.throwIfAborted();
      if (!await giveUp(services, workspace, doc)) continue;
      await dropUpload(services, workspace, doc.id);
      count++;
    }
    cursor = page.cursor ?? undefined;
  } while (cursor);
  for await (const id of files.listUploads(workspace)) {
    signal.throwIfAborted();
    if (await documents.get(uploadsCollection, workspace, id)) continue;
    // No document is made after its parts: whatever lies here was left by a try that came too late.
    await files.dropParts(workspace, id);
    count++;
  }
  return count;
}

/** False where the file is here and its import only waits for its turn: after a long rest of the server, say. */
async function giveUp(
  services: FinishServices,
  workspace: string,
  { id, offset, size }: UploadDocument,
): Promise<boolean> {
  const stored = await services.documents.get(importsCollection, workspace, id);
  if (!stored || FINAL_STATES.includes(stored.doc.state)) return true;
  if (offset === size) return false;
  const message = "The rest of the file did not come within seven days; send it again";
  await changeImport(
    services,
    workspace,
    id,
    (job) => job.state === "uploading" ? { state: "cancelled", error: { code: "upload-expired", message } } : {},
  );
  return true;
}
