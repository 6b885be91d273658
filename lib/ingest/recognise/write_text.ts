import { InputError } from "@/lib/errors.ts";
import type { TextHead } from "./recognise_text.ts";

/** Text of a container, in pieces of any size. */
export type TextPieces = AsyncIterable<Uint8Array>;

/** The first bytes, and whether they are all. The rest is not read. */
export async function takeHead(pieces: TextPieces, length: number): Promise<TextHead> {
  const taken: Uint8Array[] = [];
  let size = 0;
  let complete = true;
  for await (const piece of pieces) {
    if (size >= length) {
      complete = false;
      break;
    }
    taken.push(piece.slice(0, length - size));
    size += piece.length;
  }
  const bytes = new Uint8Array(Math.min(size, length));
  let at = 0;
  for (const piece of taken) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return { bytes, complete: complete && size <= length };
}

/** Writes pieces to a path while counting them; past `maxBytes` throws `InputError`, and nothing stays behind. */
export async function writeText(
  pieces: TextPieces,
  target: string,
  { maxBytes, signal }: { maxBytes: number; signal?: AbortSignal },
): Promise<string> {
  let size = 0;
  try {
    using file = await Deno.open(target, { write: true, create: true, truncate: true });
    for await (const piece of pieces) {
      signal?.throwIfAborted();
      size += piece.length;
      if (size > maxBytes) {
        throw new InputError(
          "unpacks-too-large",
          `Cannot unpack the file: its text is larger than ${Math.round(maxBytes / 2 ** 20)} MiB, far more than its ` +
            "size lets expect; unpack it yourself and take the files one by one",
        );
      }
      for (let at = 0; at < piece.length;) at += await file.write(piece.subarray(at));
    }
    return target;
  } catch (error) {
    await Deno.remove(target).catch((missing) => {
      if (!(missing instanceof Deno.errors.NotFound)) throw missing;
    });
    throw error;
  }
}

/** How large a text packed into so many bytes may be: real tables shrink to a hundredth at the very most. */
export function unpackedLimit(packedBytes: number): number {
  return Math.max(16 * 2 ** 20, packedBytes * 200);
}
