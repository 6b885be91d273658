import { TesseraError } from "@/lib/errors.ts";

/** Reads a whole body that may be so long and no longer. Throws `TesseraError` 413 as soon as it is. */
export async function readBytes(
  request: Request,
  maxBytes: number,
  what: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLong = () =>
    new TesseraError("too-large", `Cannot read the ${what}: it is longer than ${maxBytes} bytes`, 413, { maxBytes });
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLong();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw tooLong();
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
