import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { InputError } from "@/lib/errors.ts";
import type { Container } from "./container.ts";
import { HEAD_BYTES } from "./recognise_text.ts";
import { archiveKind } from "./sniff_bytes.ts";
import { takeHead, type TextPieces, unpackedLimit, writeText } from "./write_text.ts";

/** Opens a gzip file: one text. Unpacks in small pieces, so a bomb is stopped while it is small. */
export function openGzip(path: string): Container {
  const entry = {
    name: null,
    async head() {
      const head = await takeHead(gunzip(path), HEAD_BYTES);
      if (archiveKind(head.bytes)) {
        throw new InputError("nested-archive", "Cannot read the file: an archive is packed in it; unpack it");
      }
      return head;
    },
    async extract(target: string, signal?: AbortSignal) {
      const { size } = await Deno.stat(path);
      return await writeText(gunzip(path), target, { maxBytes: unpackedLimit(size), signal });
    },
  };
  return { kind: "gzip", entries: [entry], findings: [], close: () => Promise.resolve() };
}

async function* gunzip(path: string): TextPieces {
  const source = createReadStream(path, { highWaterMark: 1 << 16 });
  const text = createGunzip({ chunkSize: 1 << 16 });
  source.on("error", (error) => text.destroy(error));
  try {
    for await (const piece of source.pipe(text)) yield piece;
  } catch (error) {
    const { size } = await Deno.stat(path);
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(
      "damaged-archive",
      `Cannot unpack the file: its ${size} bytes are damaged or cut off (${why})`,
    );
  } finally {
    source.destroy();
    text.destroy();
  }
}
