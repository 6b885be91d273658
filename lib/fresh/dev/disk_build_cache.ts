import * as path from "node:path";
import type { StaticFile } from "../build_cache.ts";
import type { Command } from "../commands.ts";
import type { ServerIslandRegistry } from "../context.ts";
import { fsAdapter } from "../fs.ts";
import { assertInDir, pathToSpec } from "../utils.ts";
import type { ResolvedBuildConfig } from "./builder.ts";
import { clientEntry, type DevBuildCache, type FsRoute, HIDDEN, type IslandModChunk } from "./dev_build_cache.ts";
import type { FileTransformer } from "./file_transformer.ts";
import { compiledModule, generateServerEntry, INTERNAL, snapshotModule } from "./server_modules.ts";
import { prepareStaticFile, toPosix } from "./static_file.ts";

/** Writes a build to disk, as a server module that can be started on its own. */
export class DiskBuildCache<State> implements DevBuildCache<State> {
  #config: ResolvedBuildConfig;
  #fsRoutes: FsRoute<State>;
  #transformer: FileTransformer;
  /** Files to serve: where they lie, and the hash of what is in them, where it is known. */
  #files = new Map<string, { filePath: string; hash: string | null }>();
  islandModNameToChunk: Map<string, IslandModChunk> = new Map();
  islandRegistry: ServerIslandRegistry = new Map();
  root: string;
  clientEntry: string;
  features = { errorOverlay: false };

  constructor(config: ResolvedBuildConfig, fsRoutes: FsRoute<State>, transformer: FileTransformer) {
    this.#config = config;
    this.#fsRoutes = fsRoutes;
    this.#transformer = transformer;
    this.root = config.root;
    this.clientEntry = clientEntry(config.buildId);
  }

  getFsRoutes(): Command<State>[] {
    return [];
  }

  readFile(_pathname: string): Promise<StaticFile | null> {
    return Promise.reject(new Error(`Cannot serve from a build on disk: start "${this.#config.outDir}/server.js"`));
  }

  async addProcessedFile(pathname: string, content: Uint8Array, hash: string | null): Promise<void> {
    const folder = path.join(this.#config.outDir, "static");
    const filePath = path.join(folder, pathname);
    assertInDir(filePath, folder);
    await Deno.mkdir(path.dirname(filePath), { recursive: true });
    await Deno.writeFile(filePath, content);
    this.#files.set(pathname, { filePath, hash });
  }

  async flush(): Promise<void> {
    for (const staticDir of this.#config.staticDir) await this.#addStaticDir(staticDir);

    const { outDir, root, buildId, serverEntry } = this.#config;
    const toSpec = (file: string) => pathToSpec(outDir, file);
    const files = Array.from(this.#files, ([pathname, file]) => prepareStaticFile({ pathname, ...file }, root));
    const snapshot = snapshotModule({
      buildId,
      clientEntry: this.clientEntry,
      islands: [...this.islandModNameToChunk.values()],
      routes: this.#fsRoutes.files,
      files: await Promise.all(files),
      toSpec,
    });
    const server = generateServerEntry({
      root: path.relative(outDir, root),
      serverEntry: toSpec(serverEntry),
      snapshotSpecifier: "./snapshot.js",
      internalSpecifier: toSpec(INTERNAL),
    });
    await Deno.mkdir(outDir, { recursive: true });
    await Deno.writeTextFile(path.join(outDir, "snapshot.js"), snapshot);
    await Deno.writeTextFile(path.join(outDir, "server.js"), server);
    await Deno.writeTextFile(path.join(outDir, "compiled-entry.js"), compiledModule());
  }

  async #addStaticDir(staticDir: string): Promise<void> {
    if (!await fsAdapter.isDirectory(staticDir)) return;
    const { outDir, target } = this.#config;
    for await (const entry of fsAdapter.walk(staticDir, { includeDirs: false })) {
      const pathname = `/${toPosix(path.relative(staticDir, entry.path))}`;
      // What was built may lie inside of the folder.
      const isOutput = !path.relative(outDir, entry.path).startsWith("..");
      if (isOutput || HIDDEN.test(pathname) || this.#files.has(pathname)) continue;

      const transformed = await this.#transformer.process(entry.path, "production", target);
      if (transformed === null) {
        this.#files.set(pathname, { filePath: entry.path, hash: null });
        continue;
      }
      for (const file of transformed) {
        assertInDir(file.path, staticDir);
        await this.addProcessedFile(
          `/${toPosix(path.relative(staticDir, file.path))}`,
          file.content,
          null,
        );
      }
    }
  }
}
