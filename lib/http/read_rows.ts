import { InputError, TesseraError } from "@/lib/errors.ts";
import { ndjsonToCsv } from "@/lib/ingest/ndjson_to_csv.ts";
import { readBytes } from "./read_bytes.ts";

/** A request holds no more: what is larger is a file, or several requests. */
export const MAX_ROWS_BYTES = 2 ** 20;

const TYPES = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"];

/**
 * Reads rows as JSON objects, one a line, as the CSV they make. Throws `TesseraError` 415 for another content type, 413
 * past 1 MiB, `InputError` 400 naming the line of what cannot be taken.
 */
export async function readRows(request: Request): Promise<Blob> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (!TYPES.includes(type ?? "")) {
    const text = `Cannot take the rows: their content type is "${type ?? ""}"; send ${TYPES[0]}`;
    throw new TesseraError("not-rows", text, 415);
  }
  const bytes = await readBytes(request, MAX_ROWS_BYTES, "rows");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError("not-utf-8", "Cannot take the rows: they are not in UTF-8", {}, 400);
  }
  return new Blob([ndjsonToCsv(text)]);
}
