import * as path from "node:path";
import type { FileSnapshot } from "../build_cache.ts";
import { hashContent } from "./hash.ts";
import { getContentType } from "./media_types.ts";

/** A static file of which only the place is known. */
export interface PendingStaticFile {
  /** Where it is served. */
  pathname: string;
  filePath: string;
  /** Hash of its content, if it is known already. */
  hash: string | null;
}

/** What the server must know of a file; its path is written as seen from `root`, with slashes on every system. */
export async function prepareStaticFile(
  { pathname, filePath, hash }: PendingStaticFile,
  root: string,
): Promise<FileSnapshot & { hash: string }> {
  return {
    name: toPosix(pathname),
    hash: hash ?? await hashContent(await Deno.readFile(filePath)),
    filePath: toPosix(path.isAbsolute(filePath) ? path.relative(root, filePath) : filePath),
    contentType: getContentType(filePath),
  };
}

/** A path that is the same in a build made on Windows. */
export function toPosix(filePath: string): string {
  return filePath.replaceAll("\\", "/");
}
