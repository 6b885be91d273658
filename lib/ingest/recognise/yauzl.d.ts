/** The part of `yauzl` that is used; the package brings no types, and those of others bring all of Node's. */
import type { Readable } from "node:stream";

/** One file or folder in an archive. */
export interface Entry {
  fileName: string;
  uncompressedSize: number;
  compressedSize: number;
  externalFileAttributes: number;
  isEncrypted(): boolean;
}

/** An open archive. */
export interface ZipFile {
  entryCount: number;
  eachEntry(): AsyncIterable<Entry>;
  openReadStreamPromise(entry: Entry): Promise<Readable>;
  close(): void;
}

/** Opens the archive at a path. */
export function openPromise(
  path: string,
  options: { lazyEntries: boolean; autoClose: boolean; validateEntrySizes: boolean },
): Promise<ZipFile>;
