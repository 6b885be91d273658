import { App, setBuildCache } from "./app.ts";
import { EmptyBuildCache, IslandPreparer, type StaticFile } from "./build_cache.ts";
import type { Command } from "./commands.ts";
import { crawlRouteDir } from "./dev/fs_crawl.ts";
import { getContentType } from "./dev/media_types.ts";
import type { FsAdapter, WalkEntry } from "./fs.ts";
import { type FreshFsMod, fsItemsToCommands } from "./fs_routes.ts";

/** A build that is given to an app in a test, without bundling anything. */
export class FakeBuild extends EmptyBuildCache<unknown> {
  override clientEntry = "/_fresh/js/test/fresh-runtime.js";
  files = new Map<string, { content: string; hash: string | null }>();
  commands: Command<unknown>[] = [];

  constructor(mode: "development" | "production" = "production") {
    super(mode);
  }

  /** Register the components of an island module. */
  addIslands(name: string, mod: Record<string, unknown>): this {
    new IslandPreparer().prepare(this.islandRegistry, mod, `/_fresh/js/test/${name}.js`, name, []);
    return this;
  }

  /** Have an app serve this build. */
  applyTo<State>(app: App<State>): App<State> {
    setBuildCache(app as App<unknown>, this, app.config.mode);
    return app;
  }

  override getFsRoutes(): Command<unknown>[] {
    return this.commands;
  }

  override readFile(pathname: string): Promise<StaticFile | null> {
    const file = this.files.get(pathname);
    if (file === undefined) return Promise.resolve(null);
    const readable = new TextEncoder().encode(file.content);
    const contentType = getContentType(pathname);
    return Promise.resolve({ hash: file.hash, size: readable.length, contentType, readable, close: () => {} });
  }
}

/** Files by their paths, as the crawler sees them. */
export function fakeFs(paths: string[]): FsAdapter {
  async function* walk(_root: string | URL, { skip = [] }: { skip?: RegExp[] } = {}): AsyncIterableIterator<WalkEntry> {
    await Promise.resolve();
    for (const path of paths) {
      if (skip.some((pattern) => pattern.test(path))) continue;
      yield { path, name: path, isFile: true, isDirectory: false, isSymlink: false };
    }
  }
  return {
    cwd: () => ".",
    walk,
    isDirectory: (dir) => Promise.resolve(paths.some((path) => path.startsWith(`${dir}/`))),
    mkdirp: () => Promise.resolve(),
    readFile: () => Promise.resolve(new Uint8Array()),
    readTextFile: () => Promise.resolve(""),
  };
}

/** An app whose routes are the given modules, by the path of their file. */
export async function appOfFiles<State = unknown>(
  files: Record<string, FreshFsMod<State>>,
  mountPath?: string,
): Promise<App<State>> {
  const found = await crawlRouteDir<State>(fakeFs(Object.keys(files)), "routes", [], () => {});
  const build = new FakeBuild();
  build.commands = fsItemsToCommands(found.map((file) => ({ ...file, mod: files[file.filePath]! }))) as Command<
    unknown
  >[];
  return build.applyTo(new App<State>().fsRoutes(mountPath));
}

/** Ask an app for something. */
export async function ask<State>(app: App<State>, path: string, init?: RequestInit): Promise<Response> {
  return await app.handler()(new Request(new URL(path, "http://localhost"), init));
}

/** Ask an app for something and answer its text. */
export async function askText<State>(app: App<State>, path: string, init?: RequestInit): Promise<string> {
  return await (await ask(app, path, init)).text();
}

/** Run `fn` while errors are kept from the console, and answer what would have been written. */
export async function silently(fn: () => Promise<void>): Promise<unknown[]> {
  const { error, warn } = console;
  const written: unknown[] = [];
  console.error = console.warn = (...args: unknown[]) => void written.push(...args);
  try {
    await fn();
  } finally {
    Object.assign(console, { error, warn });
  }
  return written;
}
