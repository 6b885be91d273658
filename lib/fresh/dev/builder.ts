import * as path from "node:path";
import { App, createOnListen, type ListenOptions, setBuildCache } from "../app.ts";
import { BUILD_ID, setBuildId } from "../build_id.ts";
import { parseDirPath } from "../config.ts";
import { JS_PREFIX, TEST_FILE_PATTERN } from "../constants.ts";
import { fsAdapter } from "../fs.ts";
import { UniqueNamer } from "../utils.ts";
import { bundle, type BundledFile, type SourceMapOptions } from "./bundle.ts";
import { type DevBuildCache, type FsRoute, HIDDEN, MemoryBuildCache } from "./dev_build_cache.ts";
import { createDevApp } from "./dev_app.ts";
import { DiskBuildCache } from "./disk_build_cache.ts";
import { cssAssetHash, FileTransformer, type OnTransformOptions, type TransformFn } from "./file_transformer.ts";
import { crawlFsItem } from "./fs_crawl.ts";
import { hashContent, hashFiles } from "./hash.ts";
import { specToName } from "./spec_to_name.ts";

export { specToName };

/** Where things lie. Paths may be absolute, `file:` URLs, or relative to `root`. */
export interface BuildOptions {
  /** Browsers to build for; handed to transformers. */
  target?: string | string[];
  /** @default Deno.cwd() */
  root?: string;
  /** @default "_fresh" */
  outDir?: string;
  /** @default "static" */
  staticDir?: string | string[];
  /** @default "islands" */
  islandDir?: string;
  /** @default "routes" */
  routeDir?: string;
  /** @default "main.ts" */
  serverEntry?: string;
  /** Files that are neither routes nor islands; tests if left out. */
  ignore?: RegExp[];
  /** Source maps in production; none if left out. They hold paths of one machine, so the build's id is then its own. */
  sourceMap?: SourceMapOptions;
}

/** The options with all defaults filled in. */
export type ResolvedBuildConfig = Required<Omit<BuildOptions, "staticDir" | "sourceMap">> & {
  staticDir: string[];
  mode: "development" | "production";
  buildId: string;
  sourceMap?: SourceMapOptions;
};

/**
 * Builds islands, and serves an app while it is being developed.
 *
 * @example
 * ```ts
 * import { Builder } from "fresh/dev";
 *
 * const builder = new Builder();
 * if (Deno.args.includes("build")) await builder.build();
 * else await builder.listen(() => import("./main.ts"));
 * ```
 */
// deno-lint-ignore no-explicit-any -- by default an app of any state can be built
export class Builder<State = any> {
  /** Where everything lies. */
  config: ResolvedBuildConfig;
  #transformer: FileTransformer;
  #islandSpecifiers = new Set<string>();
  #fsRoutes: FsRoute<State>;

  constructor(options: BuildOptions = {}) {
    const root = parseDirPath(options.root ?? ".", Deno.cwd());
    const inRoot = (dir: string) => parseDirPath(dir, root);
    this.config = {
      root,
      target: options.target ?? ["chrome99", "firefox99", "safari15"],
      outDir: inRoot(options.outDir ?? "_fresh"),
      staticDir: [options.staticDir ?? "static"].flat().map(inRoot),
      islandDir: inRoot(options.islandDir ?? "islands"),
      routeDir: inRoot(options.routeDir ?? "routes"),
      serverEntry: inRoot(options.serverEntry ?? "main.ts"),
      ignore: options.ignore ?? [TEST_FILE_PATTERN],
      mode: "production",
      buildId: BUILD_ID,
      sourceMap: options.sourceMap,
    };
    this.#fsRoutes = { id: "default", dir: this.config.routeDir, files: [] };
    this.#transformer = new FileTransformer(fsAdapter, root);
    cssAssetHash(this.#transformer);
  }

  /** Add an island that lies outside of the islands' folder, by path or URL. */
  registerIsland(specifier: string): void {
    const isRelative = /^\.{1,2}\//.test(specifier);
    this.#islandSpecifiers.add(isRelative ? path.join(this.config.root, specifier) : specifier);
  }

  /** Have static files changed as they are built. */
  onTransformStaticFile(options: OnTransformOptions, callback: TransformFn): void {
    this.#transformer.onTransform(options, callback);
  }

  /** Serve an app; open pages are loaded anew when the process is started again. */
  async listen(
    importApp: () => Promise<{ app: App<State> } | App<State>>,
    options: ListenOptions = {},
  ): Promise<void> {
    this.config.mode = "development";
    const [imported, buildCache] = await Promise.all([importApp(), this.#build("memory")]);
    const app = imported instanceof App ? imported : imported.app;
    setBuildCache(app, buildCache, "development");
    const devApp = createDevApp(app, this.config.root);
    await devApp.listen({ ...options, onListen: options.onListen ?? createOnListen(app.config.basePath, options) });
  }

  /**
   * Build for production, to disk unless told otherwise.
   *
   * @returns Function that has an app serve the build; of use with `snapshot: "memory"`, as in tests.
   */
  async build(
    options: { mode?: ResolvedBuildConfig["mode"]; snapshot?: "disk" | "memory" } = {},
  ): Promise<(app: App<State>) => void> {
    this.config.mode = options.mode ?? "production";
    const snapshot = options.snapshot ?? "disk";
    const buildCache = await this.#build(snapshot);
    if (snapshot === "disk") console.log(`Assets written to: ${this.config.outDir}`);
    return (app) => setBuildCache(app, buildCache, app.config.mode);
  }

  async #build(snapshot: "disk" | "memory"): Promise<DevBuildCache<State>> {
    const { config } = this;
    const isDevelopment = config.mode === "development";
    const { islands, routes } = await crawlFsItem<State>(config);
    this.#fsRoutes.files = routes;

    const modules = nameIslands([...islands, ...this.#islandSpecifiers]);
    const entries = new Map(modules).set("fresh-runtime", import.meta.resolve("../runtime/client/mod.ts"));
    if (isDevelopment) entries.set("fresh-dev", import.meta.resolve("../runtime/client/dev.ts"));
    const scripts = await bundle({ entries, isDevelopment, sourceMap: config.sourceMap });

    config.buildId = await this.#hashBuild(scripts);
    setBuildId(config.buildId);
    const prefix = `${JS_PREFIX}/${config.buildId}/`;

    const Cache = snapshot === "memory" ? MemoryBuildCache : DiskBuildCache;
    if (snapshot === "disk") await removeFolder(path.join(config.outDir, "static"));
    const buildCache: DevBuildCache<State> = new Cache(config, this.#fsRoutes, this.#transformer);
    if (isDevelopment) buildCache.hmrClientEntry = `${prefix}fresh-dev.js`;
    for (const [name, server] of modules) {
      buildCache.islandModNameToChunk.set(name, { name, server, browser: `${prefix}${name}.js`, css: [] });
    }
    for (const { name, content } of scripts) {
      await buildCache.addProcessedFile(prefix + name, content, await hashContent(content));
    }
    await buildCache.flush();
    return buildCache;
  }

  /** The same sources make the same id on every machine, so that several servers can answer for each other. */
  async #hashBuild(scripts: BundledFile[]): Promise<string> {
    const files = [...scripts];
    for (const dir of this.config.staticDir) {
      if (!await fsAdapter.isDirectory(dir)) continue;
      for await (const entry of fsAdapter.walk(dir, { includeDirs: false })) {
        const name = path.relative(dir, entry.path);
        const isOutput = !path.relative(this.config.outDir, entry.path).startsWith("..");
        if (isOutput || HIDDEN.test(`/${name}`)) continue;
        files.push({ name: `static/${name}`, content: await Deno.readFile(entry.path) });
      }
    }
    return await hashFiles(files);
  }
}

function nameIslands(specifiers: string[]): Map<string, string> {
  const namer = new UniqueNamer();
  return new Map(specifiers.map((specifier) => [namer.getUniqueName(specToName(specifier)), specifier]));
}

async function removeFolder(dir: string): Promise<void> {
  try {
    await Deno.remove(dir, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
