import * as path from "node:path";

/** One file or folder met on a walk. */
export interface WalkEntry {
  /** Path of the entry, beginning with the folder that is walked. */
  path: string;
  /** Last part of the path. */
  name: string;
  isFile: boolean;
  isDirectory: boolean;
  isSymlink: boolean;
}

/** Which entries a walk yields. */
export interface WalkOptions {
  includeDirs?: boolean;
  includeFiles?: boolean;
  followSymlinks?: boolean;
  /** File endings without dot; all if left out. */
  exts?: string[];
  /** Paths that match are left out, folders with everything in them. */
  skip?: RegExp[];
}

/** The part of the file system that crawling and building need. */
export interface FsAdapter {
  cwd(): string;
  walk(root: string | URL, options?: WalkOptions): AsyncIterableIterator<WalkEntry>;
  isDirectory(path: string | URL): Promise<boolean>;
  mkdirp(dir: string): Promise<void>;
  readFile(path: string | URL): Promise<Uint8Array>;
  readTextFile(path: string | URL): Promise<string>;
}

async function* walk(root: string, options: WalkOptions): AsyncIterableIterator<WalkEntry> {
  const { exts, skip = [], includeFiles = true, includeDirs = true } = options;
  const entries = await Array.fromAsync(Deno.readDir(root));
  // The order of a folder differs between file systems; builds must not.
  entries.sort((a, b) => a.name < b.name ? -1 : 1);
  for (const { name, isSymlink, ...kind } of entries) {
    const full = path.join(root, name);
    if (skip.some((pattern) => pattern.test(full)) || (isSymlink && !options.followSymlinks)) continue;
    const { isFile, isDirectory } = isSymlink ? await Deno.stat(full) : kind;
    const entry: WalkEntry = { path: full, name, isFile, isDirectory, isSymlink };
    if (isDirectory) {
      if (includeDirs) yield entry;
      yield* walk(full, options);
    } else if (includeFiles && (exts === undefined || exts.some((ext) => name.endsWith(`.${ext}`)))) {
      yield entry;
    }
  }
}

/** The real file system. */
export const fsAdapter: FsAdapter = {
  cwd: Deno.cwd,
  walk: (root, options = {}) => walk(String(root), options),
  async isDirectory(dir) {
    try {
      return (await Deno.stat(dir)).isDirectory;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  },
  mkdirp: (dir) => Deno.mkdir(dir, { recursive: true }),
  readFile: (file) => Deno.readFile(file),
  readTextFile: (file) => Deno.readTextFile(file),
};
