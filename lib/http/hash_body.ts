import { createHash } from "node:crypto";

/** The SHA-256 of a body, lower-case hex, read to its end; null where it is longer than it may be. */
export async function hashBody(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<string | null> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    hash.update(chunk);
  }
  return hash.digest("hex");
}
