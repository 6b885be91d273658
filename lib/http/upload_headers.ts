import { InputError, TesseraError } from "@/lib/errors.ts";
import type { UploadState } from "@/lib/ingest/uploads.ts";

/** What a chunk comes as. */
const CHUNK_TYPE = "application/offset+octet-stream";

/** How far an upload is, as headers: a client that goes on asks with HEAD. */
export function uploadHeaders({ size, offset }: UploadState): Record<string, string> {
  return { "upload-offset": String(offset), "upload-length": String(size) };
}

/** Where a chunk begins. Throws `TesseraError` 415 for another content type, `InputError` 400 for no usable offset. */
export function readChunkOffset(headers: Headers): number {
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== CHUNK_TYPE) {
    const text = `Cannot take the chunk: its content type is "${type ?? ""}"; send ${CHUNK_TYPE}`;
    throw new TesseraError("not-a-chunk", text, 415);
  }
  const offset = headers.get("upload-offset");
  if (offset !== null && /^\d{1,15}$/.test(offset)) return Number(offset);
  const text = "Cannot take the chunk: send the place of its first byte as Upload-Offset, 0 for the first chunk";
  throw new InputError("bad-offset", text, {}, 400);
}
