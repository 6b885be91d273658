// @ts-types="./yauzl.d.ts"
import { type Entry, openPromise } from "yauzl";
import { InputError } from "@/lib/errors.ts";
import type { TextHead } from "./recognise_text.ts";
import { takeHead, type TextPieces, unpackedLimit, writeText } from "./write_text.ts";

/** A ZIP archive whose list of entries was found safe before anything is unpacked. */
export interface ZipArchive {
  entries: readonly { name: string; bytes: number }[];
  has(name: string): boolean;
  read(name: string): TextPieces;
  head(name: string, length: number): Promise<TextHead>;
  extract(name: string, target: string, signal?: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

const MAX_ENTRIES = 1_000;
const MAX_BYTES = 8 * 2 ** 30;
const LINK = 0o120000;
const KIND = 0o170000;

/** Opens an archive. Throws `InputError` for one with too many or too large entries, links, or paths that lead out. */
export async function openZip(path: string): Promise<ZipArchive> {
  const { size } = await Deno.stat(path);
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true })
    .catch((error) => Promise.reject(damaged(error)));
  const found = new Map<string, Entry>();
  try {
    if (zip.entryCount > MAX_ENTRIES) {
      throw refused("too-many-files", `holds ${zip.entryCount} files, at most ${MAX_ENTRIES} are taken`);
    }
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (((entry.externalFileAttributes >>> 16) & KIND) === LINK) {
        throw refused("unsafe-archive", `"${name}" is a link to another file`);
      }
      if (name.endsWith("/")) continue;
      if (entry.isEncrypted()) throw refused("encrypted", `"${name}" is protected by a password; take it off`);
      total += entry.uncompressedSize;
      if (total > Math.min(MAX_BYTES, unpackedLimit(size))) {
        throw refused(
          "unpacks-too-large",
          `its ${size} bytes would become more than ${Math.round(total / 2 ** 20)} MiB`,
        );
      }
      if (found.has(name)) throw refused("unsafe-archive", `two files are called "${name}"`);
      found.set(name, entry);
    }
  } catch (error) {
    zip.close();
    throw error instanceof InputError ? error : damaged(error);
  }
  async function* read(name: string): TextPieces {
    const entry = found.get(name);
    if (!entry) throw new InputError("damaged-archive", `Cannot unpack the file: "${name}" is missing in it`);
    try {
      const stream = await zip.openReadStreamPromise(entry);
      try {
        for await (const piece of stream) yield piece as Uint8Array;
      } finally {
        stream.destroy();
      }
    } catch (error) {
      throw error instanceof InputError ? error : damaged(error, name);
    }
  }
  return {
    entries: [...found.values()].map((entry) => ({ name: entry.fileName, bytes: entry.uncompressedSize })),
    has: (name) => found.has(name),
    read,
    head: (name, length) => takeHead(read(name), length),
    // The size that the archive's own list says; more than that is an error of the reader.
    extract: (name, target, signal) =>
      writeText(read(name), target, { maxBytes: found.get(name)?.uncompressedSize ?? 0, signal }),
    close() {
      zip.close();
      return Promise.resolve();
    },
  };
}

function refused(code: string, why: string): InputError {
  return new InputError(code, `Cannot unpack the archive: ${why}`);
}

function damaged(error: unknown, name?: string): InputError {
  const why = error instanceof Error ? error.message : String(error);
  const path = /invalid relative path|absolute path|invalid characters in fileName/.exec(why);
  if (path) return refused("unsafe-archive", `a name in it leads out of the archive (${why})`);
  return refused("damaged-archive", `${name ? `"${name}" in it` : "it"} is damaged or cut off (${why})`);
}
