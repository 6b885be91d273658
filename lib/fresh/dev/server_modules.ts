import type { FileSnapshot } from "../build_cache.ts";
import type { IslandModChunk } from "./dev_build_cache.ts";
import type { FsRouteFileNoMod } from "./fs_crawl.ts";
import { toPosix } from "./static_file.ts";

const NOTICE = "// Written by the build. Changes are lost when it runs again.";
/** What the modules of a build import. */
export const INTERNAL: string = import.meta.resolve("../internal.ts");

/** What a build knows and the server must be told. */
export interface SnapshotOptions {
  buildId: string;
  clientEntry: string;
  islands: IslandModChunk[];
  routes: FsRouteFileNoMod<unknown>[];
  files: FileSnapshot[];
  /** Specifier by which the module imports a file. */
  toSpec: (file: string) => string;
}

/** Source of the module that holds the result of a build. */
export function snapshotModule({ buildId, clientEntry, islands, routes, files, toSpec }: SnapshotOptions): string {
  const json = JSON.stringify;
  const imports = [
    `import { IslandPreparer } from ${json(toSpec(INTERNAL))};`,
    ...islands.map(({ server }, i) => `import * as island_${i} from ${json(toSpec(server))};`),
    ...routes.map(({ filePath }, i) => `import * as route_${i} from ${json(toSpec(filePath))};`),
  ];
  const prepared = islands.map(({ browser, name, css }, i) =>
    `preparer.prepare(islands, island_${i}, ${json(browser)}, ${json(name)}, ${json(css)});`
  );
  const fsRoutes = routes.map(({ id, filePath, type, pattern, routePattern }, i) =>
    `  { ...${json({ id, filePath: toSpec(filePath), type, pattern, routePattern })}, mod: route_${i} },`
  );
  const staticFiles = files.map((file) => `  [${json(file.name)}, ${json(file)}],`);
  return [
    NOTICE,
    ...imports,
    `export const version = ${json(buildId)};`,
    `export const clientEntry = ${json(clientEntry)};`,
    "export const islands = new Map();",
    "const preparer = new IslandPreparer();",
    ...prepared,
    "export const staticFiles = new Map([",
    ...staticFiles,
    "]);",
    "export const fsRoutes = [",
    ...fsRoutes,
    "];",
    "",
  ].join("\n");
}

/** Where the modules lie that a build's server is made of. */
export interface ServerEntryOptions {
  /** Folder of the project, as seen from the build's. */
  root: string;
  /** The module with the app. */
  serverEntry: string;
  snapshotSpecifier: string;
  internalSpecifier?: string;
}

/** Source of the module that `deno serve` starts. */
export function generateServerEntry(
  { root, serverEntry, snapshotSpecifier, internalSpecifier = INTERNAL }: ServerEntryOptions,
): string {
  const text = (file: string) => JSON.stringify(toPosix(file));
  return [
    NOTICE,
    `import * as path from "node:path";`,
    `import { ProdBuildCache, setBuildCache } from ${text(internalSpecifier)};`,
    `import * as snapshot from ${text(snapshotSpecifier)};`,
    `import { app } from ${text(serverEntry)};`,
    "",
    `const root = path.resolve(import.meta.dirname, ${text(root)});`,
    `setBuildCache(app, new ProdBuildCache(root, snapshot), "production");`,
    "",
    "export default { fetch: app.handler() };",
    "",
  ].join("\n");
}

/** Source of the module that `deno compile` makes a program of; it listens on `HOSTNAME` and `PORT`. */
export function compiledModule(): string {
  return [
    NOTICE,
    `import server from "./server.js";`,
    "",
    `const port = Deno.env.get("PORT");`,
    `Deno.serve({ port: port ? Number(port) : undefined, hostname: Deno.env.get("HOSTNAME") }, server.fetch);`,
    "",
  ].join("\n");
}
