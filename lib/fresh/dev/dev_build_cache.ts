import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { type BuildCache, IslandPreparer, openStaticFile, type StaticFile } from "../build_cache.ts";
import type { Command } from "../commands.ts";
import { JS_PREFIX } from "../constants.ts";
import type { ServerIslandRegistry } from "../context.ts";
import { fsItemsToCommands } from "../fs_routes.ts";
import type { ResolvedBuildConfig } from "./builder.ts";
import type { FileTransformer } from "./file_transformer.ts";
import type { FsRouteFileNoMod } from "./fs_crawl.ts";
import { getContentType } from "./media_types.ts";

export { generateServerEntry } from "./server_modules.ts";
export { type PendingStaticFile, prepareStaticFile } from "./static_file.ts";
export { getContentType };

/** An island's module on the server and its script in the browser. */
export interface IslandModChunk {
  name: string;
  server: string;
  browser: string;
  css: string[];
}

/** The route files of a folder. */
export interface FsRoute<State> {
  id: string;
  dir: string;
  files: FsRouteFileNoMod<State>[];
}

/** A build that is being made. */
export interface DevBuildCache<State> extends BuildCache<State> {
  /** The islands, by the name of their module. */
  islandModNameToChunk: Map<string, IslandModChunk>;
  /** Add a file that is served as it is given. */
  addProcessedFile(pathname: string, content: Uint8Array, hash: string | null): Promise<void>;
  /** Everything was added. */
  flush(): Promise<void>;
}

/** A hidden file or folder, apart from the one that is meant for the outside. */
export const HIDDEN: RegExp = /\/\.(?!well-known(\/|$))[^/]*/;

/** What the system says of names that no file has. */
const NO_FILE = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP", "EINVAL"]);

/** Keeps a build in memory; static files are read from their folders as they are asked for. */
export class MemoryBuildCache<State> implements DevBuildCache<State> {
  #files = new Map<string, { hash: string | null; content: Uint8Array }>();
  #config: ResolvedBuildConfig;
  #fsRoutes: FsRoute<State>;
  #transformer: FileTransformer;
  #commands: Command<State>[] = [];
  islandModNameToChunk: Map<string, IslandModChunk> = new Map();
  islandRegistry: ServerIslandRegistry = new Map();
  root: string;
  clientEntry: string;
  hmrClientEntry: string | undefined;
  features: { errorOverlay: boolean };

  constructor(config: ResolvedBuildConfig, fsRoutes: FsRoute<State>, transformer: FileTransformer) {
    this.#config = config;
    this.#fsRoutes = fsRoutes;
    this.#transformer = transformer;
    this.root = config.root;
    this.clientEntry = clientEntry(config.buildId);
    this.features = { errorOverlay: config.mode === "development" };
  }

  getFsRoutes(): Command<State>[] {
    return this.#commands;
  }

  async readFile(pathname: string): Promise<StaticFile | null> {
    const inMemory = this.#files.get(pathname);
    if (inMemory !== undefined) return toStaticFile(pathname, inMemory.content, inMemory.hash);
    for (const staticDir of [this.#config.staticDir].flat()) {
      const file = await this.#readStatic(staticDir, pathname);
      if (file !== null) return file;
    }
    return null;
  }

  async #readStatic(staticDir: string, pathname: string): Promise<StaticFile | null> {
    const filePath = path.join(staticDir, pathname);
    if (path.relative(staticDir, filePath).startsWith("..")) {
      throw new Error(`Processed file resolved outside of static dir ${filePath}`);
    }
    if (HIDDEN.test(`/${path.relative(staticDir, filePath)}`) || pathname.includes("\0")) return null;
    try {
      if (!(await Deno.stat(filePath)).isFile) return null;
    } catch (error) {
      if (NO_FILE.has((error as { code?: string }).code ?? "")) return null;
      throw error;
    }
    const { mode, target } = this.#config;
    const transformed = await this.#transformer.process(filePath, mode, target);
    if (transformed === null) {
      return await openStaticFile(filePath, { hash: null, contentType: getContentType(filePath) });
    }
    const own = transformed.find((file) => file.path === filePath);
    return own === undefined ? null : toStaticFile(pathname, own.content, null);
  }

  addProcessedFile(pathname: string, content: Uint8Array, hash: string | null): Promise<void> {
    this.#files.set(pathname, { content, hash });
    return Promise.resolve();
  }

  async flush(): Promise<void> {
    const preparer = new IslandPreparer();
    for (const [name, chunk] of this.islandModNameToChunk) {
      preparer.prepare(this.islandRegistry, await import(toUrl(chunk.server)), chunk.browser, name, chunk.css);
    }
    const files = await Promise.all(
      this.#fsRoutes.files.map(async (file) => ({ ...file, mod: await import(toUrl(file.filePath)) })),
    );
    this.#commands = fsItemsToCommands<State>(files);
  }
}

function toStaticFile(pathname: string, content: Uint8Array, hash: string | null): StaticFile {
  const contentType = getContentType(pathname);
  return { hash, readable: content, size: content.byteLength, contentType, close: () => {} };
}

function toUrl(specifier: string): string {
  return path.isAbsolute(specifier) ? pathToFileURL(specifier).href : specifier;
}

/** Address of the script that boots islands. */
export function clientEntry(buildId: string): string {
  return `${JS_PREFIX}/${buildId}/fresh-runtime.js`;
}
