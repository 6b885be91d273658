import type { AnyComponent, ComponentType } from "preact";
import * as path from "node:path";
import { setBuildId } from "./build_id.ts";
import type { Command } from "./commands.ts";
import type { ServerIslandRegistry } from "./context.ts";
import { fsItemsToCommands, type FsRouteFile } from "./fs_routes.ts";
import { UniqueNamer } from "./utils.ts";

/** A static file as a build wrote it down. */
export interface FileSnapshot {
  name: string;
  filePath: string;
  hash: string | null;
  contentType: string;
}

/** What a build leaves for the server. */
export interface BuildSnapshot<State> {
  version: string;
  clientEntry: string;
  fsRoutes: FsRouteFile<State>[];
  staticFiles: Map<string, FileSnapshot>;
  islands: ServerIslandRegistry;
}

/** A static file that is about to be served. */
export interface StaticFile {
  hash: string | null;
  size: number;
  contentType: string;
  readable: ReadableStream<Uint8Array> | Uint8Array;
  /** Whether its address changes with its content, so that it can be cached for ever. */
  immutable?: boolean;
  /** Must be called when the file is not read. */
  close(): void;
}

/** What the server knows of a build. */
// deno-lint-ignore no-explicit-any -- routes of any state can be kept here
export interface BuildCache<State = any> {
  root: string;
  islandRegistry: ServerIslandRegistry;
  /** Address of the script that boots islands. */
  clientEntry: string;
  /** Address of the script that reloads pages; set while developing. */
  hmrClientEntry?: string;
  features: { errorOverlay: boolean };
  getFsRoutes(): Command<State>[];
  readFile(pathname: string): Promise<StaticFile | null>;
}

/** An app without a build: no islands, no static files, no routes from files. */
export class EmptyBuildCache<State> implements BuildCache<State> {
  root = "";
  clientEntry = "";
  islandRegistry: ServerIslandRegistry = new Map();
  features: { errorOverlay: boolean };

  constructor(mode: "development" | "production") {
    this.features = { errorOverlay: mode === "development" };
  }

  getFsRoutes(): Command<State>[] {
    return [];
  }

  readFile(_pathname: string): Promise<StaticFile | null> {
    return Promise.resolve(null);
  }
}

/** Serves what a build wrote to disk. */
export class ProdBuildCache<State> implements BuildCache<State> {
  #snapshot: BuildSnapshot<State>;
  islandRegistry: ServerIslandRegistry;
  clientEntry: string;
  features = { errorOverlay: false };

  constructor(public root: string, snapshot: BuildSnapshot<State>) {
    setBuildId(snapshot.version);
    this.#snapshot = snapshot;
    this.islandRegistry = snapshot.islands;
    this.clientEntry = snapshot.clientEntry;
  }

  getFsRoutes(): Command<State>[] {
    return fsItemsToCommands(this.#snapshot.fsRoutes);
  }

  async readFile(pathname: string): Promise<StaticFile | null> {
    // Only names in the snapshot are ever opened, so no path can lead out of it.
    const info = this.#snapshot.staticFiles.get(pathname);
    if (info === undefined) return null;
    return await openStaticFile(path.resolve(this.root, info.filePath), info);
  }
}

/** Open a file of the disk for serving. */
export async function openStaticFile(
  filePath: string,
  info: { hash: string | null; contentType: string },
): Promise<StaticFile> {
  const file = await Deno.open(filePath);
  try {
    const { size } = await file.stat();
    return {
      hash: info.hash,
      contentType: info.contentType,
      size,
      readable: file.readable,
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Puts the components of island modules into the registry, under unique names. */
export class IslandPreparer {
  #namer = new UniqueNamer();

  /** Register every component that the module exports. */
  prepare(
    registry: ServerIslandRegistry,
    mod: Record<string, unknown>,
    chunkName: string,
    modName: string,
    css: string[],
  ): void {
    for (const [exportName, value] of Object.entries(mod)) {
      if (typeof value !== "function") continue;
      const name = this.#namer.getUniqueName(exportName === "default" ? modName : exportName);
      const fn = value as AnyComponent as ComponentType;
      registry.set(fn, { exportName, file: chunkName, fn, name, css });
    }
  }
}
